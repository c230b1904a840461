import type { Clock } from '../../../ports/clock.ts';

/** Holds all requests back while the host wants us to wait. */
export interface Gate {
  /** Resolves once requests may go out. */
  pass(signal: AbortSignal): Promise<void>;
  /** Keeps requests back until then, in milliseconds since 1970; says so once. */
  closeUntil(ms: number, why: string): void;
}

export function createGate(clock: Clock, say: (message: string) => void): Gate {
  let openMs = 0;
  return {
    async pass(signal) {
      for (let wait = openMs - clock.now(); wait > 0; wait = openMs - clock.now()) await clock.sleep(wait, signal);
    },
    closeUntil(ms, why) {
      if (ms <= openMs) return;
      openMs = ms;
      const seconds = Math.max(0, Math.ceil((ms - clock.now()) / 1000));
      say(`GitHub: ${why}; going on in ${seconds} s, at ${new Date(ms).toISOString()}`);
    },
  };
}
