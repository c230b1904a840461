import { createForkPool } from '../adapters/fork/index.ts';
import type { RunFolder } from '../adapters/run-folder/index.ts';
import type { RunConfig } from '../domain/run.ts';
import type { Chain } from '../pipeline/flow.ts';
import { type PipelineNeeds, runPipeline } from '../pipeline/run-pipeline.ts';
import type { WorkerPool } from '../ports/workers.ts';
import type { CliDeps } from './deps.ts';
import type { ExitCode } from './exit.ts';
import { inRunFolder } from './in-run-folder.ts';
import type { RunOptions } from './options.ts';

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
  flow(folder: RunFolder, pool: WorkerPool): Chain<I>;
}

/** How worker processes are started, whatever they work on. */
export const workerProcess = {
  entry: new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url),
  // Twice what tasks of our packs were seen to need.
  heapMb: 96,
  graceMs: 1000,
} as const;

/** Runs or resumes a batch in its run folder and shows it. Returns once all is written and no worker process is left. */
export async function runBatch<I>(batch: Batch<I>, options: RunOptions, deps: CliDeps): Promise<ExitCode> {
  const { config, inputs, total } = batch;
  const work = async (folder: RunFolder, needs: PipelineNeeds) => {
    await using pool = createForkPool({
      ...workerProcess,
      setup: batch.workerSetup(folder),
      size: options.jobs,
      jobMs: batch.jobMs,
    });
    return await runPipeline({ flow: batch.flow(folder, pool), inputs }, { ...needs, total }, deps.signal);
  };
  return await inRunFolder({ config, work }, options, deps);
}
