import type { z } from 'zod';
import type { Outcome } from './outcome.ts';

/** One step of the way of the data. Everything that a resumed run must not do twice is a stage. */
export interface Stage<I, O> {
  readonly name: string;
  /** Changes whenever the same input may give another outcome: lines of other versions are owed again. */
  readonly version: string;
  /** The hash of the input's content (`contentHash`). */
  key(input: I): string;
  /** What people call this input, for the ledger and for progress; the start of its key where left out. */
  label?(input: I): string;
  /** Parses outputs that come back from the ledger; a line that does not fit is owed again. */
  readonly output?: z.ZodType<O>;
  /** `output` is plain JSON and small, as it stands in the ledger: large things are artifacts. Throws BoundaryError when the world fails. */
  work(input: I, signal: AbortSignal): Promise<Outcome<O>>;
}
