import { z } from 'zod';
import { Outcome } from './outcome.ts';

/** One line of a run's ledger. `ms` and `at` are the only fields that may differ between two runs of the same config. */
export const LedgerLine = z.object({
  v: z.literal(1),
  stage: z.string().min(1),
  version: z.string(),
  key: z.string().min(1),
  /** What people call the input. */
  item: z.string(),
  outcome: Outcome,
  /** How long the work took, all attempts together, in milliseconds. */
  ms: z.number(),
  attempts: z.number().int().positive(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type LedgerLine = z.infer<typeof LedgerLine>;

/** The text of a line with its end. */
export function formatLedgerLine(line: LedgerLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** Undefined for whatever is not a line of a version that we know: its work is owed again. Never throws. */
export function parseLedgerLine(text: string): LedgerLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = LedgerLine.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

// As `formatLedgerLine` writes a line that was made in the order of the schema, without a character that JSON escapes: most lines by far.
const ownLine =
  /^\{"v":1,"stage":"([^"\\]+)","version":"[^"\\]*","key":"([^"\\]+)","item":".*,"attempts":[1-9]\d*,"at":"[^"\\]*"\}$/;

/** Whose line `text` is, at a fraction of the cost of reading all of it; undefined where it is torn or unknown. Never throws. */
export function readLedgerName(text: string): Pick<LedgerLine, 'stage' | 'key'> | undefined {
  const [, stage, key] = ownLine.exec(text) ?? [];
  return stage === undefined || key === undefined ? parseLedgerLine(text) : { stage, key };
}
