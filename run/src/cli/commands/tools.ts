import type { Command } from 'commander';
import { openWorld, toolSchema } from '../../adapters/sqlite/index.ts';
import type { Tool } from '../../domain/tool.ts';
import { UsageError } from '../../util/errors.ts';
import type { CliDeps } from '../deps.ts';
import { jsonOption } from '../options.ts';
import { findEnvironment, readEnvironment } from '../task-folder.ts';

const examples = `
Examples:
  $ envmint tools demo/travel-planning-1a2b3c4d                            what can be asked
  $ envmint tools demo/travel-planning-1a2b3c4d list_hotels city=Lisbon    ask it
  $ envmint tools demo/travel-planning-1a2b3c4d list_hotels '{"city": "Lisbon"}'
  $ envmint tools demo/travel-planning-1a2b3c4d --json                     the schemas that a model is given`;

export function addTools(program: Command, deps: CliDeps): void {
  program
    .command('tools')
    .description("list an environment's tools, or call one")
    .argument('<env>', 'an environment folder, or RUN/ENVIRONMENT')
    .argument('[name]', 'the tool to call')
    .argument('[args...]', 'its arguments as name=value, or all in one JSON object')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(async (...[text, name, args, { json }]: [string, string | undefined, string[], { json: boolean }]) => {
      const folder = await readEnvironment(await findEnvironment(text));
      const { tools } = folder.environment;
      if (name === undefined) return deps.stdout.write(json ? toSchemas(tools) : tools.map(toText).join('\n'));
      using world = openWorld(folder.world);
      const outcome = world.createToolbox(tools).call(
        name,
        parseArguments(
          args,
          tools.find((tool) => tool.name === name),
        ),
      );
      if (outcome.kind === 'error') throw new UsageError(outcome.message);
      const result = outcome.kind === 'result' ? outcome.value : 'submit_result ends an episode; there is none here';
      deps.stdout.write(`${JSON.stringify(result, null, json ? 0 : 2)}\n`);
    });
}

function toSchemas(tools: readonly Tool[]): string {
  return `${JSON.stringify(tools.map(toolSchema), null, 2)}\n`;
}

/** A tool as `show` and `tools` list it. */
export function toText({ name, description, parameters }: Tool): string {
  const known = Object.entries(parameters);
  const lines = known.map(([parameter, { type, description: says }]) => `    ${parameter} (${type}): ${says}`);
  return `${[`${name}(${known.map(([parameter]) => parameter).join(', ')})`, `  ${description}`, ...lines].join('\n')}\n`;
}

/** `["a=1", "b=x"]` or `['{"a": 1}']`; integers are read as such where the tool wants them. */
function parseArguments(args: readonly string[], tool: Tool | undefined): unknown {
  const [first] = args;
  if (args.length === 1 && first?.trimStart().startsWith('{')) return parseJson(first);
  const entries = args.map((arg): [string, unknown] => {
    const at = arg.indexOf('=');
    if (at <= 0)
      throw new UsageError(`argument ${JSON.stringify(arg)}: write it as name=value, or all in one JSON object`);
    const [name, value] = [arg.slice(0, at), arg.slice(at + 1)];
    const isInteger = tool?.parameters[name]?.type === 'integer' && /^-?\d+$/.test(value);
    return [name, isInteger ? Number(value) : value];
  });
  return Object.fromEntries(entries);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`the arguments are no JSON object: ${(cause as Error).message}`, { cause });
  }
}
