import { createForkPool } from '../adapters/fork/index.ts';
import { openJsonlLedger } from '../adapters/ledger/index.ts';
import { openRunFolder, type RunFolder } from '../adapters/run-folder/index.ts';
import { defaultRunId, type RunConfig } from '../domain/run.ts';
import type { Summary } from '../domain/summary.ts';
import { createEvents } from '../pipeline/events.ts';
import type { Flow } from '../pipeline/flow.ts';
import { runPipeline } from '../pipeline/run-pipeline.ts';
import type { RunEvent } from '../ports/events.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { WorkerPool } from '../ports/workers.ts';
import type { CliDeps } from './deps.ts';
import { openEventLog } from './event-log.ts';
import { type ExitCode, exitOfSummary } from './exit.ts';
import type { RunOptions } from './options.ts';
import { createRenderer } from './render.ts';

export interface Batch<I> {
  /** All that decides the bytes of the run. */
  readonly config: RunConfig;
  readonly inputs: Iterable<I> | AsyncIterable<I>;
  readonly total?: number;
  /** After that long the process of a job is killed, in milliseconds. */
  readonly jobMs: number;
  /** What `createWorkerStages` gets in each worker process: plain data. */
  workerSetup(folder: RunFolder): unknown;
  /** The stages; those that burn CPU go through `distribute(stage, pool)`. */
  flow(folder: RunFolder, pool: WorkerPool): Flow<I, unknown>;
}

/** How worker processes are started, whatever they work on. */
export const workerProcess = {
  entry: new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url),
  // Twice what tasks of our packs were seen to need.
  heapMb: 96,
  graceMs: 1000,
} as const;
const retry = { attempts: 3, delayMs: 500 };

/** Runs or resumes a batch in its run folder and shows it. Returns once all is written and no worker process is left. */
export async function runBatch<I>(batch: Batch<I>, options: RunOptions, deps: CliDeps): Promise<ExitCode> {
  const { clock, signal } = deps;
  const runId = options.runId ?? defaultRunId(batch.config);
  const folder = await openRunFolder({ out: options.out, runId }, batch.config);
  await using ledger = await openJsonlLedger(folder.ledgerPath);
  await folder.sweep();
  sayOpening(ledger, folder, deps);
  await using log = openEventLog(folder.eventsPath);
  await using pool = createForkPool({
    ...workerProcess,
    setup: batch.workerSetup(folder),
    size: options.jobs,
    jobMs: batch.jobMs,
  });

  let summary: Summary | undefined;
  const keepSummary = (event: RunEvent) => {
    if (event.type === 'summary') summary = event.summary;
  };
  const render = createRenderer({ ...deps, isJson: options.json });
  const events = createEvents(log.listen, keepSummary, render);
  const { retryFailed, jobs: concurrency } = options;
  const { total, inputs } = batch;
  try {
    const flow = batch.flow(folder, pool);
    const needs = { ledger, clock, events, retry, concurrency, retryFailed, total };
    return exitOfSummary(await runPipeline({ flow, inputs }, needs, signal));
  } finally {
    if (summary) await folder.writeSummary(summary);
  }
}

function sayOpening(ledger: Ledger, folder: RunFolder, { stderr }: CliDeps): void {
  const resumed = ledger.size > 0 ? `, resumed with ${ledger.size} outcomes` : '';
  stderr.write(`run folder ${folder.path}${resumed}\n`);
  if (ledger.skippedLines > 0) {
    stderr.write(`${folder.ledgerPath}: ${ledger.skippedLines} torn or unknown lines; their work is done again\n`);
  }
}
