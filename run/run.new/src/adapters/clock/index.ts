import { setTimeout as sleep } from 'node:timers/promises';
import { isAbort } from '../../domain/boundary.ts';
import type { Clock } from '../../ports/clock.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: Date.now,
  async sleep(ms, signal) {
    try {
      await sleep(ms, undefined, { signal });
    } catch (error) {
      throw isAbort(error) ? signal.reason : error;
    }
  },
};
