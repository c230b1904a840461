import type { Clock } from '../../src/ports/clock.ts';

/** A clock on which a sleep takes no time, and which says how long it has been slept. */
export function createFakeClock(): Clock & { readonly slept: number[] } {
  let nowMs = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => nowMs,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      slept.push(ms);
      nowMs += ms;
    },
  };
}
