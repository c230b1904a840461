import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { ENGINE } from '../../domain/engine.ts';
import { LEVELS, type Level } from '../../domain/task.ts';
import { distribute } from '../../pipeline/distribute.ts';
import { startWith } from '../../pipeline/flow.ts';
import { createAuditStage } from '../../stages/audit/index.ts';
import { createComposeStage } from '../../stages/synthesize/compose-stage.ts';
import { createSynthesizeStage, type EnvironmentOrder } from '../../stages/synthesize/index.ts';
import { planOrders } from '../../stages/synthesize/plan.ts';
import { UsageError } from '../../util/errors.ts';
import { createOfflineNeeds, requirePython } from '../audit-needs.ts';
import type { CliDeps } from '../deps.ts';
import { addRunOptions, parseCount, parseRanges, type RunOptions } from '../options.ts';
import { packs } from '../packs.ts';
import { runBatch } from '../run-batch.ts';
import type { WorkerSetup } from '../worker-stages.ts';

const examples = `
Examples:
  $ envmint synth travel-planning                                 10 environments with 2 tasks each
  $ envmint synth job-shop exam-timetabling --environments 100 --tasks-per-environment 3 --levels 5-8 -j 4
  $ envmint synth travel-planning --seed spring --run-id spring   run it again to resume it
  $ envmint synth travel-planning --environments 1827 --dry-run   what would be made`;

interface SynthOptions extends RunOptions {
  readonly environments: number;
  readonly tasksPerEnvironment: number;
  readonly levels: Level[];
  readonly seed: string;
  readonly python: string;
  readonly dryRun: boolean;
}

export function addSynth(program: Command, deps: CliDeps): void {
  const command = program
    .command('synth')
    .description('make audited environments and tasks of one or more domains')
    .addArgument(new Argument('<domain...>', 'names of domain packs; `envmint domains` lists them'))
    .addOption(
      new Option('--environments <n>', 'how many environments, all domains together')
        .default(10)
        .argParser(parseCount(1, 1_000_000)),
    )
    .addOption(
      new Option('--tasks-per-environment <m>', 'tasks asked of each environment, 2.5 on average is possible')
        .default(2)
        .argParser(parseShare),
    )
    .addOption(
      new Option('--levels <list>', 'levels of difficulty, such as 1-8 or 3,5')
        .default([...LEVELS], '1-8')
        .argParser(parseRanges(1, 8)),
    )
    .addOption(new Option('--seed <seed>', 'any text: the same seed makes the same bytes').default('1'))
    .addOption(new Option('--python <program>', 'the Python that audits verify.py').default('python3'))
    .addOption(new Option('--dry-run', 'say what would be made, and make nothing').default(false));
  addRunOptions(command)
    .addHelpText('after', examples)
    .action(async (domains: string[], options: SynthOptions) => {
      for (const domain of domains) requireDomain(domain);
      const request = {
        domains: [...new Set(domains)],
        environments: options.environments,
        tasksPerEnvironment: options.tasksPerEnvironment,
        levels: options.levels,
        seed: options.seed,
      };
      if (options.dryRun) return deps.stdout.write(describePlan(planOrders(request), options.json));
      await requirePython(options.python);
      deps.exitWith(await synthesize(request, options, deps));
    });
}

async function synthesize(request: Parameters<typeof planOrders>[0], options: SynthOptions, deps: CliDeps) {
  let itemsPath = '';
  const code = await runBatch<EnvironmentOrder>(
    {
      config: { v: 1, command: 'synth', engine: ENGINE, ...request },
      inputs: planOrders(request),
      total: request.environments,
      jobMs: JOB_MS,
      workerSetup: (folder): WorkerSetup => ({ itemsPath: folder.itemsPath, python: options.python }),
      flow(folder, pool) {
        itemsPath = folder.itemsPath;
        const needs = createOfflineNeeds(folder.artifacts, folder.itemsPath, options.python);
        // Their work is done by the pool; here they only tell names, versions and keys.
        const made = distribute(createSynthesizeStage({ ...needs, packs, program: '' }), pool);
        const audited = distribute(createAuditStage(needs), pool);
        return startWith(made)
          .into(createComposeStage(), (output) => output.rungs)
          .into(audited, (task) => [task]);
      },
    },
    options,
    deps,
  );
  if (!deps.signal.aborted) await sweepCandidates(itemsPath);
  return code;
}

/** One environment or one audit that takes longer has gone astray. */
const JOB_MS = 300_000;

/** Removes candidates that were judged; those whose audit failed stay for --retry-failed. */
async function sweepCandidates(itemsPath: string): Promise<void> {
  for (const environment of await readdir(itemsPath)) {
    const folder = join(itemsPath, environment);
    const judged = new Set([...(await names(join(folder, 'tasks'))), ...(await names(join(folder, 'rejected')))]);
    const candidates = await names(join(folder, 'candidates'));
    for (const task of candidates)
      if (judged.has(task)) await rm(join(folder, 'candidates', task), { recursive: true });
    if (candidates.every((task) => judged.has(task)))
      await rm(join(folder, 'candidates'), { recursive: true, force: true });
  }
}

const names = async (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

function requireDomain(domain: string): void {
  if (!packs.has(domain))
    throw new UsageError(
      `there is no domain pack ${JSON.stringify(domain)}; there are ${[...packs.keys()].join(', ')}`,
    );
}

function parseShare(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value < 1 || value > LEVELS.length)
    throw new InvalidArgumentError(`Give a number from 1 to ${LEVELS.length}.`);
  return value;
}

function describePlan(orders: Iterable<EnvironmentOrder>, isJson: boolean): string {
  const counts = new Map<string, { environments: number; tasks: number[] }>();
  for (const { domain, levels } of orders) {
    const one = counts.get(domain) ?? { environments: 0, tasks: LEVELS.map(() => 0) };
    one.environments++;
    for (const level of levels) one.tasks[level - 1] = (one.tasks[level - 1] ?? 0) + 1;
    counts.set(domain, one);
  }
  if (isJson) return `${JSON.stringify(Object.fromEntries(counts))}\n`;
  const lines = [...counts].map(
    ([domain, { environments, tasks }]) =>
      `${domain}: ${environments} environments, tasks by level 1 to 8: ${tasks.join(' ')}`,
  );
  return `${lines.join('\n')}\nnothing was made (--dry-run)\n`;
}
