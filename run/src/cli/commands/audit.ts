import { readdir } from 'node:fs/promises';
import { join, parse, relative, resolve } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { createForkPool } from '../../adapters/fork/index.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { GateResult } from '../../domain/proof.ts';
import { settle } from '../../pipeline/settle.ts';
import type { WorkerPool } from '../../ports/workers.ts';
import type { TaskFolder } from '../../stages/audit/index.ts';
import type { InspectOutput } from '../../stages/audit/inspect.ts';
import { UsageError } from '../../util/errors.ts';
import { requirePython } from '../audit-needs.ts';
import type { CliDeps } from '../deps.ts';
import { exitCodes } from '../exit.ts';
import { jobsOption, jsonOption, parseCount } from '../options.ts';
import { workerProcess } from '../run-batch.ts';
import type { WorkerSetup } from '../worker-stages.ts';

const examples = `
Examples:
  $ envmint audit runs/demo/items/*               every gate again, on what lies on disk
  $ envmint audit some/environment --json         the findings for a program
  $ envmint audit theirs/* --limit 60 -j 4        a task that takes longer than a minute fails`;

interface AuditOptions {
  readonly python: string;
  readonly limit: number;
  readonly jobs: number;
  readonly json: boolean;
}

export function addAudit(program: Command, deps: CliDeps): void {
  program
    .command('audit')
    .description('ask every gate again of the tasks of environments on disk')
    .addArgument(new Argument('<environment...>', 'environment folders'))
    .addOption(new Option('--python <program>', 'the Python that audits verify.py').default('python3'))
    .addOption(
      new Option('--limit <seconds>', 'time for one task, which is judged in a process of its own')
        .default(180)
        .argParser(parseCount(1, 86_400)),
    )
    .addOption(jobsOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(async (environments: string[], options: AuditOptions) => {
      await requirePython(options.python);
      // Tasks of strangers may never end, so they are judged where they can be killed.
      await using pool = createForkPool({
        ...workerProcess,
        setup: { itemsPath: ROOT, python: options.python } satisfies WorkerSetup,
        size: options.jobs,
        jobMs: options.limit * 1000,
      });
      let refuted = 0;
      const context: AuditContext = { ...deps, isJson: options.json };
      for (const environment of environments) refuted += await auditEnvironment(resolve(environment), pool, context);
      if (refuted > 0) deps.exitWith(exitCodes.failed);
    });
}

interface AuditContext extends Pick<CliDeps, 'stdout' | 'clock' | 'signal'> {
  readonly isJson: boolean;
}

/** What a task did to its process once, it would do again. */
const ONCE = { attempts: 1, delayMs: 0 };

/** Environments may lie anywhere, so artifacts are those of the whole disk. */
const ROOT = parse(process.cwd()).root;

/** Prints the findings on each task; returns how many tasks fail a gate or are not judged in time. */
async function auditEnvironment(
  path: string,
  pool: WorkerPool,
  { isJson, stdout, clock, signal }: AuditContext,
): Promise<number> {
  const tasks = await tasksOf(path);
  const environment = relative(ROOT, path);
  const outcomes = await Promise.all(
    tasks.map((task) => {
      const input: TaskFolder = { environment, folder: `${environment}/tasks/${task}` };
      return settle(() => pool.run('inspect', input, signal), { retry: ONCE, clock, onRetry: () => {} }, signal);
    }),
  );
  signal.throwIfAborted();
  const findings = outcomes.flatMap((settled) => (settled ? [resultsOf(settled.outcome)] : []));
  for (const [i, results] of findings.entries()) {
    const verdict = results.every((result) => result.holds) ? 'proven' : 'refuted';
    stdout.write(
      isJson ? `${JSON.stringify({ task: tasks[i], verdict, gates: results })}\n` : toText(tasks[i] ?? '', results),
    );
  }
  return findings.filter((results) => results.some((result) => !result.holds)).length;
}

/** A task that breaks or outlives its process is as good as damaged. */
function resultsOf(outcome: Outcome<unknown>): GateResult[] {
  if (outcome.kind === 'kept') return (outcome.output as InspectOutput).results;
  const detail = outcome.kind === 'failed' ? outcome.message : outcome.reason;
  return [{ gate: 'damaged', version: '1', holds: false, detail }];
}

async function tasksOf(path: string): Promise<string[]> {
  const tasks = await readdir(join(path, 'tasks')).catch(() => null);
  if (!tasks)
    throw new UsageError(
      `${path} is no environment folder: it has no folder "tasks"; an environment has world.sqlite, environment.json and tasks/`,
    );
  return tasks.sort();
}

function toText(task: string, results: readonly GateResult[]): string {
  const failed = results.find((result) => !result.holds);
  if (failed) return `${task}: fails ${failed.gate}: ${failed.detail}\n`;
  return `${task}: ${results.length} gates hold; ${results.at(-1)?.detail}\n`;
}
