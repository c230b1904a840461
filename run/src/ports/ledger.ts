import type { LedgerLine } from '../domain/ledger.ts';

/** What became of every input of a run. One writer; the last line of a stage and key wins. */
export interface Ledger extends AsyncDisposable {
  /** The last line of this stage and key. */
  find(stage: string, key: string): Promise<LedgerLine | undefined>;
  /** Resolves once the line is with the operating system. Throws BoundaryError('disk'); the line is then owed again. */
  append(line: LedgerLine): Promise<void>;
  /** How many keys have a line. */
  readonly size: number;
  /** Lines that were torn or unknown when the ledger was opened. */
  readonly skippedLines: number;
}
