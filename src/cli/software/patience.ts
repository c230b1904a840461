import { BoundaryError } from '../../domain/boundary.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ContainerRuntime } from '../../ports/container-runtime.ts';

export interface PatienceNeeds {
  readonly clock: Clock;
  /** Tells people why nothing happens. */
  say(line: string): void;
}

/** So long an engine may take to come back: a restart of a large one, or an update of its packages. */
const patienceMs = 5 * 60_000;
const pauseMs = 2000;

/**
 * For an engine that has answered before: one that is away is waited for where work begins (looking up images, starting containers), instead of
 * failing each item that comes along. What was running when it went is lost, and tried again by the pipeline.
 */
export function withPatience(runtime: ContainerRuntime, { clock, say }: PatienceNeeds): ContainerRuntime {
  let waiting: Promise<boolean> | undefined;
  return {
    ...runtime,
    images: (labels, signal) => patiently(() => runtime.images(labels, signal), signal),
    image: (reference, signal) => patiently(() => runtime.image(reference, signal), signal),
    start: (options, signal) => patiently(() => runtime.start(options, signal), signal),
  };

  async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isTrouble(error) || (await isThere(signal))) throw error;
      waiting ??= waitForEngine(signal).finally(() => {
        waiting = undefined;
      });
      if (!(await waiting)) throw error;
    }
    return await work();
  }

  async function waitForEngine(signal: AbortSignal): Promise<boolean> {
    say(`the Docker engine does not answer any more: waiting for it, ${patienceMs / 60_000} minutes at most`);
    const endMs = clock.now() + patienceMs;
    while (clock.now() < endMs) {
      await clock.sleep(pauseMs, signal);
      if (!(await isThere(signal))) continue;
      say('the Docker engine is back');
      return true;
    }
    return false;
  }

  async function isThere(signal: AbortSignal): Promise<boolean> {
    try {
      await runtime.engine(signal);
      return true;
    } catch (error) {
      if (isTrouble(error)) return false;
      throw error;
    }
  }
}

function isTrouble(error: unknown): boolean {
  return error instanceof BoundaryError && error.boundary === 'container' && error.retryable;
}
