import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseLedgerLine } from '../../src/domain/ledger.ts';

/** How long the items of a stage were worked, in milliseconds, as the ledger has it. */
export interface StageTimes {
  readonly stage: string;
  readonly ms: readonly number[];
}

/** Reads the ledger of a run line by line; of several lines for an item the last one counts. */
export async function readStageTimes(run: string): Promise<StageTimes[]> {
  const stages = new Map<string, Map<string, number>>();
  for await (const text of createInterface({ input: createReadStream(join(run, 'ledger.jsonl')) })) {
    const line = parseLedgerLine(text);
    if (!line) continue;
    const items = stages.get(line.stage) ?? new Map<string, number>();
    stages.set(line.stage, items.set(line.key, line.ms));
  }
  return [...stages].map(([stage, items]) => ({ stage, ms: [...items.values()] }));
}
