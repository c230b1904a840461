import type { Clock } from '../../../ports/clock.ts';
import { HeavyError } from './failures.ts';

/** How many things are asked for at once: halved by what a smaller page may cure, doubled again after a while. */
export interface PageSize {
  /** Throws the last HeavyError where not even pages of one help. */
  ask<T>(work: (size: number) => Promise<T>, signal: AbortSignal): Promise<T>;
}

const successesToGrow = 10;
const pauseMs = 1000;
/** Pages of one are tried that often. */
const smallestTries = 3;

export function createPageSize(largest: number, clock: Clock): PageSize {
  let size = largest;
  let successes = 0;

  return {
    async ask(work, signal) {
      let smallest = 0;
      for (let tries = 0; ; tries++) {
        const asked = size;
        const outcome = await attempt(work, asked);
        if ('answer' in outcome) return outcome.answer;
        if (asked === 1 && ++smallest >= smallestTries) throw outcome.error;
        await clock.sleep(pauseMs * 2 ** Math.min(tries, 4), signal);
      }
    },
  };

  async function attempt<T>(work: (size: number) => Promise<T>, asked: number) {
    try {
      const answer = await work(asked);
      grow();
      return { answer };
    } catch (error) {
      if (!(error instanceof HeavyError)) throw error;
      shrink(asked);
      return { error };
    }
  }

  /** Others may have shrunk it meanwhile. */
  function shrink(asked: number): void {
    size = Math.max(1, Math.min(size, Math.floor(asked / 2)));
    successes = 0;
  }

  function grow(): void {
    if (size === largest || ++successes < successesToGrow) return;
    size = Math.min(largest, size * 2);
    successes = 0;
  }
}
