import { type Command, Option } from 'commander';
import { judgeApart } from '../../adapters/sqlite/index.ts';
import type { Task } from '../../domain/task.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { CliDeps } from '../deps.ts';
import { exitCodes } from '../exit.ts';
import { jsonOption } from '../options.ts';
import { findTask, readNamed, readTask } from '../task-folder.ts';

const examples = `
Examples:
  $ envmint verify demo/travel-planning-1a2b3c4d-l3 --answer answer.json
  $ envmint solve demo/travel-planning-1a2b3c4d-l3 --answer-only | envmint verify demo/travel-planning-1a2b3c4d-l3 --answer -
  $ envmint verify some/task --answer - --world elsewhere/world.sqlite --json`;

/** Longer answers are refused anyway. */
const MAX_BYTES = 2 ** 20 + 1;

interface VerifyOptions {
  readonly answer: string;
  readonly world?: string;
  readonly json: boolean;
}

export function addVerify(program: Command, deps: CliDeps): void {
  program
    .command('verify')
    .description('judge an answer: verdict, score, and what is violated')
    .argument('<task>', 'a task folder, or RUN/TASK')
    .addOption(
      new Option('--answer <file>', 'a file with the answer as JSON, - is standard input').makeOptionMandatory(),
    )
    .addOption(new Option('--world <file>', 'world.sqlite, where it is not in the folder or the two above'))
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(async (text: string, { answer, world, json }: VerifyOptions) => {
      const folder = await findTask(text);
      const bytes = answer === '-' ? await readStream(deps.stdin) : await readNamed(answer);
      const verdict = await judgeApart(bytes.subarray(0, MAX_BYTES), { folder, world }, deps.signal);
      deps.stdout.write(
        json ? `${JSON.stringify(verdict)}\n` : verdictToText(verdict, await clausesOf(folder, verdict)),
      );
      if (verdict.verdict !== 'pass') deps.exitWith(exitCodes.failed);
    });
}

/** The verdict for a person; `clauses` are the task's own words, by check. */
export function verdictToText({ verdict, score, violations }: Verdict, clauses: ReadonlyMap<string, string>): string {
  const lines = violations.flatMap(({ check, pointer, message }) => {
    const where = pointer === undefined ? '' : ` at ${pointer === '' ? 'the whole answer' : pointer}`;
    const clause = clauses.get(check);
    return [`  ${check}${where}: ${message}`, ...(clause === undefined ? [] : [`    broken: ${clause}`])];
  });
  return `${[`${verdict}, score ${score}`, ...lines].join('\n')}\n`;
}

export function toClauses({ checks }: Pick<Task, 'checks'>): Map<string, string> {
  return new Map(checks.map(({ id, says }) => [id, says]));
}

/** A damaged task has no words to show: the verdict says what is wrong with it. */
async function clausesOf(folder: string, { verdict }: Verdict): Promise<Map<string, string>> {
  return verdict === 'fail' ? toClauses(await readTask(folder)) : new Map();
}

async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunks.push(chunk) && chunk.length;
    if (size >= MAX_BYTES) break;
  }
  return Buffer.concat(chunks);
}
