import { BoundaryError } from '../../src/domain/boundary.ts';
import { formatLedgerLine, type LedgerLine, parseLedgerLine } from '../../src/domain/ledger.ts';
import type { Ledger } from '../../src/ports/ledger.ts';

interface MemoryLedger extends Ledger {
  /** The text that a file would hold. */
  text(): string;
  /** Lets the next append fail as a full disk does. */
  fillDisk(): void;
}

/** A ledger over a text, with the semantics of the one on disk. */
export function createMemoryLedger(start = ''): MemoryLedger {
  const written = start.split('\n').filter((line) => line !== '');
  const lines = new Map<string, LedgerLine>();
  let isFull = false;
  let skippedLines = 0;
  for (const text of written) {
    const line = parseLedgerLine(text);
    if (line) lines.set(`${line.stage} ${line.key}`, line);
    else skippedLines++;
  }
  return {
    find: async (stage, key) => lines.get(`${stage} ${key}`),
    async append(line) {
      if (isFull) throw new BoundaryError('disk', 'append to the ledger: the disk is full');
      const text = formatLedgerLine(line).trimEnd();
      written.push(text);
      lines.set(`${line.stage} ${line.key}`, JSON.parse(text));
    },
    get size() {
      return lines.size;
    },
    get skippedLines() {
      return skippedLines;
    },
    text: () => written.map((line) => `${line}\n`).join(''),
    fillDisk() {
      isFull = true;
    },
    async [Symbol.asyncDispose]() {},
  };
}
