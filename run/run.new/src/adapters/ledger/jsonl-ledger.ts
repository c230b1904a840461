import { type FileHandle, open } from 'node:fs/promises';
import { toDiskError } from '../../domain/disk-error.ts';
import { formatLedgerLine, type LedgerLine, parseLedgerLine, readLedgerName } from '../../domain/ledger.ts';
import type { Ledger } from '../../ports/ledger.ts';
import { UsageError } from '../../util/errors.ts';
import { createBlockReader, type Place } from './block-reader.ts';
import { takeLock } from './lock.ts';
import { readLines } from './read-lines.ts';

/**
 * Opens the ledger at `path`, or begins it, and holds its lock until it is disposed. Keeps the places of lines in memory, not the lines.
 * Throws UsageError while another process writes to it, BoundaryError('disk') when the file cannot be read or written.
 */
export async function openJsonlLedger(path: string): Promise<Ledger> {
  await using opening = new AsyncDisposableStack();
  try {
    opening.use(await takeLock(`${path}.lock`));
    const file = opening.use(await open(path, 'a+'));
    const places = new Map<string, Place>();
    const skippedLines = await index(file, places);
    const tail = await readTail(file);
    const resources = opening.move();
    return createLedger({ path, file, places, skippedLines, tail, resources });
  } catch (error) {
    throw error instanceof UsageError ? error : toDiskError(`open the ledger ${path}`, error);
  }
}

interface Opened {
  readonly path: string;
  readonly file: FileHandle;
  readonly places: Map<string, Place>;
  readonly skippedLines: number;
  readonly tail: Tail;
  readonly resources: AsyncDisposableStack;
}

function createLedger({ path, file, places, skippedLines, tail: firstTail, resources }: Opened): Ledger {
  let tail: Tail | undefined = firstTail;
  let last: Promise<void> = Promise.resolve();
  const readPlace = createBlockReader(file);

  return {
    async find(stage, key) {
      const place = places.get(idOf(stage, key));
      return place && (await readAt(place));
    },
    append(line) {
      // One at a time, since a write may be done in pieces. A failed one does not stop the next.
      const appended = last.then(() => write(line));
      last = appended.catch(() => {});
      return appended;
    },
    get size() {
      return places.size;
    },
    skippedLines,
    async [Symbol.asyncDispose]() {
      await last;
      await resources.disposeAsync();
    },
  };

  async function write(line: LedgerLine): Promise<void> {
    try {
      const { sizeBytes, isTorn } = tail ?? (await readTail(file));
      // Unknown until the write is done: it may fail in the middle.
      tail = undefined;
      const lead = isTorn ? '\n' : '';
      const bytes = Buffer.from(lead + formatLedgerLine(line));
      await file.appendFile(bytes);
      tail = { sizeBytes: sizeBytes + bytes.length, isTorn: false };
      const place = { offset: sizeBytes + lead.length, length: bytes.length - lead.length - 1 };
      places.set(idOf(line.stage, line.key), place);
    } catch (error) {
      throw toDiskError(`append to the ledger ${path}`, error);
    }
  }

  async function readAt(place: Place): Promise<LedgerLine | undefined> {
    try {
      return parseLedgerLine((await readPlace(place)).toString('utf8'));
    } catch (error) {
      throw toDiskError(`read the ledger ${path}`, error);
    }
  }
}

interface Tail {
  readonly sizeBytes: number;
  /** Whether the file ends in the middle of a line. */
  readonly isTorn: boolean;
}

async function readTail(file: FileHandle): Promise<Tail> {
  const { size } = await file.stat();
  if (size === 0) return { sizeBytes: 0, isTorn: false };
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return { sizeBytes: size, isTorn: buffer[0] !== 0x0a };
}

/** Notes where the last line of each stage and key lies. Returns how many lines were torn or unknown. */
async function index(file: FileHandle, places: Map<string, Place>): Promise<number> {
  let skipped = 0;
  for await (const lines of readLines(file)) {
    for (const { text, offset, length } of lines) {
      const line = readLedgerName(text);
      if (line) places.set(idOf(line.stage, line.key), { offset, length });
      else skipped++;
    }
  }
  return skipped;
}

/** A string of its own: one put together from parts of a line would keep all of the line in memory. */
function idOf(stage: string, key: string): string {
  return Buffer.from(`${stage} ${key}`).toString();
}
