import { z } from 'zod';
import { Boundary, type BoundaryError } from './boundary.ts';

/** What became of one input of a stage. `detail` is for people; counts go by `reason` and by `boundary`. */
export type Outcome<T> =
  | { readonly kind: 'kept'; readonly output: T }
  | { readonly kind: 'rejected'; readonly reason: string; readonly detail?: string | undefined }
  | { readonly kind: 'failed'; readonly boundary: Boundary; readonly message: string; readonly retryable: boolean };

/** An outcome as it is read from a ledger or from another process; its output is not judged here. */
export const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('kept'), output: z.unknown() }),
  z.object({ kind: z.literal('rejected'), reason: z.string().min(1), detail: z.string().optional() }),
  z.object({ kind: z.literal('failed'), boundary: Boundary, message: z.string(), retryable: z.boolean() }),
]);

export function toFailed(error: BoundaryError): Outcome<never> {
  return { kind: 'failed', boundary: error.boundary, message: error.message, retryable: error.retryable };
}
