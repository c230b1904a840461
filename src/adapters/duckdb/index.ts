import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { BoundaryError } from '../../domain/boundary.ts';
import type { GithubRecord, RecordBatch } from '../../ports/github-record.ts';
import { type ArchiveFile, bringHere, isWhole } from './archive-files.ts';
import { decode, EventRow } from './decode.ts';
import { endOfEvents, eventsSql } from './events-sql.ts';

export { type ArchiveFile, findArchiveFiles } from './archive-files.ts';

export interface ArchiveOptions {
  /** Told of what is left out of a file. */
  readonly say: (message: string) => void;
  /** What DuckDB may use, in bytes. */
  readonly memoryBytes?: number;
}

export const defaultMemoryBytes = 512 * 2 ** 20;

/** Hours of GH Archive as records, one batch a file. Memory does not grow with the number of files or of events. */
export function toArchiveBatches(files: readonly ArchiveFile[], options: ArchiveOptions): RecordBatch[] {
  return files.map((file) => ({ name: file.identity, records: (signal) => readArchiveFile(file, options, signal) }));
}

async function* readArchiveFile(
  file: ArchiveFile,
  { say, memoryBytes = defaultMemoryBytes }: ArchiveOptions,
  signal: AbortSignal,
): AsyncGenerator<GithubRecord> {
  await using here = await bringHere(file, signal);
  using database = await openDatabase(memoryBytes);
  let strangers = 0;
  try {
    for await (const event of readEvents(database.connection, here.path)) {
      signal.throwIfAborted();
      if (event.type === null) strangers++;
      yield* decode(event);
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : unreadable(file, error);
  }
  if (strangers === 0) return;
  // DuckDB takes the end of a file that is cut off for a line that is no event.
  await checkWhole(file, here.path, signal);
  say(`${file.from}: ${strangers} lines are no events and were left out`);
}

async function* readEvents(connection: DuckDBConnection, path: string): AsyncGenerator<EventRow> {
  const result = await connection.stream(eventsSql(path));
  let last: EventRow | undefined;
  for await (const rows of result.yieldRowObjectJson()) {
    for (const row of rows) {
      if (last !== undefined) yield last;
      last = EventRow.parse(row);
    }
  }
  if (last?.type !== endOfEvents) throw new Error('DuckDB stopped in the middle: there may be too little memory');
}

async function openDatabase(memoryBytes: number): Promise<{ readonly connection: DuckDBConnection } & Disposable> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.round(memoryBytes / 2 ** 20)}MB`,
    // A packed file is unpacked by one thread anyhow, and every further one takes 32 MB.
    threads: '1',
    // Nothing is fetched from anywhere but by us.
    autoinstall_known_extensions: 'false',
  });
  const connection = await instance.connect();
  return {
    connection,
    [Symbol.dispose]() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function checkWhole(file: ArchiveFile, path: string, signal: AbortSignal): Promise<void> {
  if (!(await isWhole(path, signal))) throw unreadable(file, new Error('the file ends in the middle'));
}

function unreadable({ from }: ArchiveFile, cause: unknown): Error {
  if (cause instanceof BoundaryError) return cause;
  const message = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  const advice =
    'it may be cut off, or from before 2015, when events had another format: download it again, or leave it out';
  return new BoundaryError('database', `read ${from}: ${message}; ${advice}`, { cause });
}
