import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toDiskError } from '../../../domain/disk-error.ts';
import type { GithubRecord, RecordBatch, RecordKind } from '../../../ports/github-record.ts';

/** GitHub's objects in a file of their own, so that memory does not grow with their number. */
export interface RecordStore extends Disposable {
  /** Files what is not filed yet. Another process may do the same at the same time. */
  import(batches: readonly RecordBatch[], options: ImportOptions, signal: AbortSignal): Promise<void>;
  /** The texts of all records of this kind and number, in the order of their ids. */
  texts(kind: RecordKind, repository: string, number: number): string[];
  has(kind: RecordKind, repository: string, number: number): boolean;
  /** Pull requests by repository and number, from `pull` and `index` records. */
  pulls(): Iterable<FiledPull>;
  /** A hash of all that is known of a repository. */
  edition(repository: string): string;
}

export interface ImportOptions {
  /** Told before each batch, with how many there are. */
  readonly onBatch?: (name: string, position: number, count: number) => void;
}

export interface FiledPull {
  readonly kind: 'pull' | 'index';
  readonly repository: string;
  readonly number: number;
  /** Null for never, undefined for unknown. */
  readonly mergedAt: string | null | undefined;
  readonly author: GithubRecord['author'];
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 600000;
  CREATE TABLE IF NOT EXISTS batch (name TEXT PRIMARY KEY) STRICT;
  CREATE TABLE IF NOT EXISTS record (
    kind TEXT NOT NULL, repository TEXT NOT NULL COLLATE NOCASE, number INTEGER NOT NULL, id TEXT NOT NULL,
    at TEXT NOT NULL, merged_at TEXT, is_merge_known INTEGER NOT NULL, author TEXT, text TEXT NOT NULL,
    UNIQUE (kind, repository, number, id)
  ) STRICT;`;

const upsert = `
  INSERT INTO record (kind, repository, number, id, at, merged_at, is_merge_known, author, text)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (kind, repository, number, id) DO UPDATE SET
    at = excluded.at, merged_at = excluded.merged_at, is_merge_known = excluded.is_merge_known,
    author = excluded.author, text = excluded.text
  WHERE excluded.at >= record.at`;

/** Opens the store at `path`, or begins it. Throws BoundaryError('disk'). */
export async function openRecordStore(path: string): Promise<RecordStore> {
  try {
    await mkdir(dirname(path), { recursive: true });
    return createStore(new DatabaseSync(path));
  } catch (error) {
    throw toDiskError(`open the index ${path} (another folder: --cache)`, error);
  }
}

function createStore(database: DatabaseSync): RecordStore {
  database.exec(schema);
  const insert = database.prepare(upsert);
  const find = database.prepare(
    'SELECT text FROM record WHERE kind = ? AND repository = ? AND number = ? ORDER BY length(id), id',
  );
  return {
    async import(batches, { onBatch }, signal) {
      for (const [index, batch] of batches.entries()) {
        if (isDone(batch)) continue;
        onBatch?.(batch.name, index + 1, batches.length);
        await importOne(batch, signal);
      }
    },
    texts: (kind, repository, number) => find.all(kind, repository, number).map((row) => String(row.text)),
    has: (kind, repository, number) => find.get(kind, repository, number) !== undefined,
    pulls: () => listPulls(database),
    edition: (repository) => hashRecords(database, repository),
    [Symbol.dispose]: () => database.close(),
  };

  function isDone({ name }: RecordBatch): boolean {
    return database.prepare('SELECT 1 FROM batch WHERE name = ?').get(name) !== undefined;
  }

  async function importOne(batch: RecordBatch, signal: AbortSignal): Promise<void> {
    database.exec('BEGIN IMMEDIATE');
    try {
      if (!isDone(batch)) {
        for await (const record of batch.records(signal)) insert.run(...valuesOf(record));
        database.prepare('INSERT INTO batch (name) VALUES (?)').run(batch.name);
      }
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }
}

function valuesOf(record: GithubRecord): (string | number | null)[] {
  const { kind, repository, number, id, at, mergedAt, author, text } = record;
  const isMergeKnown = mergedAt === undefined ? 0 : 1;
  const account = author === undefined ? null : JSON.stringify(author);
  return [kind, repository, number, id, at, mergedAt ?? null, isMergeKnown, account, text];
}

function hashRecords(database: DatabaseSync, repository: string): string {
  const rows = database
    .prepare('SELECT kind, number, text FROM record WHERE repository = ? ORDER BY kind, number, length(id), id')
    .iterate(repository);
  const hash = createHash('sha256');
  for (const { kind, number, text } of rows) hash.update(`${JSON.stringify([kind, number, text])}\n`);
  return hash.digest('hex').slice(0, 32);
}

/** By code unit, so that the order is the same on every machine; a full record comes before an index entry of the same number. */
function* listPulls(database: DatabaseSync): Iterable<FiledPull> {
  const rows = database
    .prepare(`SELECT kind, repository, number, merged_at, is_merge_known, author FROM record
      WHERE kind IN ('pull', 'index') ORDER BY lower(repository), number, kind DESC`)
    .iterate();
  let last = '';
  for (const row of rows) {
    const address = `${String(row.repository).toLowerCase()}#${row.number}`;
    if (address === last) continue;
    last = address;
    yield {
      kind: row.kind === 'pull' ? 'pull' : 'index',
      repository: String(row.repository),
      number: Number(row.number),
      mergedAt: row.is_merge_known === 1 ? (row.merged_at as string | null) : undefined,
      author: row.author === null ? undefined : JSON.parse(String(row.author)),
    };
  }
}
