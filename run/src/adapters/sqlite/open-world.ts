import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BoundaryError } from '../../domain/boundary.ts';
import type { Row, Rows, Table } from '../../domain/world.ts';
import type { OpenWorld } from '../../ports/world-store.ts';
import { quoted } from './schema-sql.ts';
import { createStatements } from './statements.ts';
import { createToolbox } from './toolbox.ts';
import { createVerifier } from './verifier.ts';

/** Opens a world for look-ups only. The caller disposes it. Throws BoundaryError('database') where it is no readable database. */
export function openWorld(source: string | Uint8Array): OpenWorld {
  const bytes = typeof source === 'string' ? readBytes(source) : source;
  const database = openCopy(bytes, typeof source === 'string' ? source : 'world.sqlite');
  // A copy in memory could be written to: this makes every attempt an error.
  database.exec('PRAGMA query_only = ON');
  let hash: string | undefined;
  const prepare = createStatements(database);
  return {
    get hash() {
      hash ??= worldHash(bytes);
      return hash;
    },
    rows: (tables) => readRows(database, tables),
    query: (sql, parameters = {}) => prepare(sql).all(parameters) as Row[],
    createToolbox: (tools) => createToolbox(database, tools),
    createVerifier: (task) => createVerifier(task, database),
    [Symbol.dispose]: () => database.close(),
  };
}

/** A writable copy of a world in memory, for one episode. The caller closes it. */
export function copyWorld(bytes: Uint8Array): DatabaseSync {
  return openCopy(bytes, 'world.sqlite');
}

/** sha-256 of the bytes of world.sqlite, as 64 hex digits. */
export function worldHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function openCopy(bytes: Uint8Array, name: string): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  try {
    database.deserialize(bytes);
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (cause) {
    database.close();
    throw unopened(`${name}: it is damaged or no SQLite database; make it again`, cause);
  }
}

function unopened(what: string, cause: unknown): BoundaryError {
  return new BoundaryError('database', `open ${what}`, { cause });
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw unopened(`${path}: ${(cause as Error).message}`, cause);
  }
}

function readRows(database: DatabaseSync, tables: readonly Table[]): Rows {
  const entries = tables.map(({ name, columns }) => {
    const list = columns.map((column) => quoted(column.name)).join(', ');
    const rows = database.prepare(`SELECT ${list} FROM ${quoted(name)} ORDER BY rowid`).all();
    return [name, rows.map((row) => ({ ...row }) as Row)] as const;
  });
  return Object.fromEntries(entries);
}
