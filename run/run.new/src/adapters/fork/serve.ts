import { Worker } from 'node:worker_threads';
import { BoundaryError } from '../../domain/boundary.ts';
import { type Outcome, toFailed } from '../../domain/outcome.ts';
import type { Stage } from '../../domain/stage.ts';
import { type FromChild, type ToChild, toBug } from './messages.ts';

// biome-ignore lint/suspicious/noExplicitAny: a registry of stages of many types has no other element type.
export type StageRegistry = ReadonlyMap<string, Stage<any, any>>;

/** The life of a worker process: makes its stages once, then works what it is sent until the coordinator is gone. */
export function serveStages(createStages: (setup: unknown) => Promise<StageRegistry>): void {
  const jobs = new Map<number, AbortController>();
  let stages: Promise<StageRegistry> | undefined;
  watchParent();
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message: ToChild) => {
    if (message.type === 'set-up') stages = setUp(message.setup);
    else if (message.type === 'abort') jobs.get(message.id)?.abort();
    else void work(message);
  });

  async function setUp(setup: unknown): Promise<StageRegistry> {
    try {
      const created = await createStages(setup);
      answer({ type: 'ready' });
      return created;
    } catch (error) {
      answer({ type: 'broken', bug: toBug(error) });
      return new Map();
    }
  }

  async function work(job: Extract<ToChild, { type: 'job' }>): Promise<void> {
    const aborting = new AbortController();
    jobs.set(job.id, aborting);
    answer(await settle(job, aborting.signal));
    jobs.delete(job.id);
  }

  async function settle(
    { id, stage: name, input }: Extract<ToChild, { type: 'job' }>,
    signal: AbortSignal,
  ): Promise<FromChild> {
    try {
      const stage = (await stages)?.get(name);
      if (stage === undefined)
        throw new Error(`worker processes know no stage ${name}: register it in src/cli/worker.ts`);
      const outcome: Outcome<unknown> = await stage.work(input, signal);
      return { type: 'outcome', id, outcome };
    } catch (error) {
      if (error instanceof BoundaryError) return { type: 'outcome', id, outcome: toFailed(error) };
      return { type: 'bug', id, bug: toBug(error) };
    }
  }
}

function answer(message: FromChild): void {
  // A coordinator that is gone wants no answer.
  if (process.connected) process.send?.(message, () => {});
}

/** A busy process sees no 'disconnect', so a thread looks whether the coordinator still lives. */
function watchParent(): void {
  const watch = `
    const parent = ${process.ppid};
    setInterval(() => {
      if (process.ppid === parent) return;
      try { process.kill(-${process.pid}, 'SIGKILL'); } catch { process.kill(${process.pid}, 'SIGKILL'); }
    }, 250);`;
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 };
  new Worker(watch, { eval: true, execArgv: [], env: {}, resourceLimits }).unref();
}
