import { BoundaryError, isAbort } from '../domain/boundary.ts';
import { type Outcome, toFailed } from '../domain/outcome.ts';
import type { Clock } from '../ports/clock.ts';

export interface RetryPolicy {
  /** How often an input is tried, 1 for no retry. */
  readonly attempts: number;
  /** The pause before the second attempt in milliseconds; it doubles with each further one. */
  readonly delayMs: number;
}

export interface SettleNeeds {
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  /** Told before each further attempt. */
  readonly onRetry: (failure: { readonly message: string; readonly attempt: number }) => void;
}

export interface Settled<O> {
  readonly outcome: Outcome<O>;
  readonly attempts: number;
}

/**
 * Works until there is an outcome that another attempt would not better. Undefined when the signal called it off.
 * Throws what has no place in a ledger: a bug, and BoundaryError('disk'), which every other item would meet as well.
 */
export async function settle<O>(
  work: () => Promise<Outcome<O>>,
  needs: SettleNeeds,
  signal: AbortSignal,
): Promise<Settled<O> | undefined> {
  try {
    return await tryUntilSettled(work, needs, signal);
  } catch (error) {
    if (signal.aborted && (error === signal.reason || isAbort(error))) return undefined;
    throw error;
  }
}

async function tryUntilSettled<O>(
  work: () => Promise<Outcome<O>>,
  { retry, clock, onRetry }: SettleNeeds,
  signal: AbortSignal,
): Promise<Settled<O> | undefined> {
  for (let attempts = 1; ; attempts++) {
    const outcome = await attemptOnce(work);
    if (outcome.kind !== 'failed') return { outcome, attempts };
    // A failure beside an abort may be its echo: the input is owed.
    if (signal.aborted) return undefined;
    if (outcome.boundary === 'disk') throw new BoundaryError('disk', outcome.message);
    if (!outcome.retryable || attempts >= retry.attempts) return { outcome, attempts };
    onRetry({ message: outcome.message, attempt: attempts });
    await clock.sleep(retry.delayMs * 2 ** (attempts - 1), signal);
  }
}

async function attemptOnce<O>(work: () => Promise<Outcome<O>>): Promise<Outcome<O>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BoundaryError) || error.boundary === 'disk') throw error;
    return toFailed(error);
  }
}
