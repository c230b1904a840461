import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { createSolverIsolate } from '../../adapters/quickjs/index.ts';
import { openWorld } from '../../adapters/sqlite/index.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { SolverRun, TracedCall } from '../../ports/solver-isolate.ts';
import type { CliDeps } from '../deps.ts';
import { exitCodes } from '../exit.ts';
import { jsonOption } from '../options.ts';
import { findTask, readEnvironmentOf, readNamed, readTask } from '../task-folder.ts';
import { toClauses, verdictToText } from './verify.ts';

const examples = `
Examples:
  $ envmint solve demo/travel-planning-1a2b3c4d-l3                       the reference solution, its calls and its verdict
  $ envmint solve demo/travel-planning-1a2b3c4d-l3 --all                 every call
  $ envmint solve demo/travel-planning-1a2b3c4d-l3 --solution mine.js    a solution of yours
  $ envmint solve demo/travel-planning-1a2b3c4d-l3 --answer-only > answer.json`;

const FIRST_CALLS = 20;
const LINE = 160;

interface SolveOptions {
  readonly solution?: string;
  readonly all: boolean;
  readonly answerOnly: boolean;
  readonly json: boolean;
}

export function addSolve(program: Command, deps: CliDeps): void {
  program
    .command('solve')
    .description('run the reference solution of a task in its isolate, with its tool calls')
    .argument('<task>', 'a task folder, or RUN/TASK')
    .addOption(new Option('--solution <file>', 'another solution (default: solution.js of the task)'))
    .addOption(new Option('--all', 'show every tool call').default(false))
    .addOption(new Option('--answer-only', 'print the answer and nothing else').default(false))
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(async (text: string, options: SolveOptions) => {
      const folder = await findTask(text);
      const task = await readTask(folder);
      const { environment, world: path } = await readEnvironmentOf(folder);
      const source = (await readNamed(options.solution ?? join(folder, 'solution.js'))).toString();
      using world = openWorld(path);
      const toolbox = world.createToolbox(environment.tools.filter((tool) => task.tools.includes(tool.name)));
      const run = await createSolverIsolate().run(source, toolbox);
      const verdict = run.kind === 'submitted' ? world.createVerifier(task).verify(run.answer) : null;
      deps.stdout.write(print(run, verdict, options));
      if (verdict && !options.json && !options.answerOnly) deps.stdout.write(verdictToText(verdict, toClauses(task)));
      if (run.kind !== 'submitted' && !options.json) deps.stderr.write(`envmint: ${describeEnd(run)}\n`);
      if (verdict?.verdict !== 'pass') deps.exitWith(exitCodes.failed);
    });
}

function print(run: SolverRun, verdict: Verdict | null, { all, answerOnly, json }: SolveOptions): string {
  if (json) return `${JSON.stringify({ ...run, verdict })}\n`;
  const answer = run.kind === 'submitted' ? `${JSON.stringify(JSON.parse(run.answer), null, 2)}\n` : '';
  if (answerOnly) return answer;
  const calls = run.trace.filter(({ tool }) => tool !== 'submit_result');
  const shown = all ? calls : calls.slice(0, FIRST_CALLS);
  const rest = calls.length - shown.length;
  const more = rest > 0 ? [`… and ${rest} more calls (--all shows them)`] : [];
  return `${[...shown.map(toLine), ...more, `${calls.length} calls`].join('\n')}\n${answer}`;
}

function toLine({ tool, args, result, error }: TracedCall): string {
  const line = `${tool} ${JSON.stringify(args)} → ${error === undefined ? JSON.stringify(result) : `error: ${error}`}`;
  return line.length > LINE ? `${line.slice(0, LINE - 1)}…` : line;
}

function describeEnd(run: SolverRun): string {
  if (run.kind === 'threw') return `the solution threw ${run.message}`;
  return run.kind === 'limit' ? `the solution met its limit of ${run.limit}` : 'the solution ended without an answer';
}
