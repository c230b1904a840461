import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Column, Row, Table, World } from '../../domain/world.ts';
import { quoted, tableSql } from './schema-sql.ts';

/** Header fields that count changes or name the library's version (https://sqlite.org/fileformat.html, sections 1.3.7 and 1.3.18). */
const volatile = [
  [24, 28],
  [92, 100],
] as const;

/** The bytes of `world` as a database. The same rows give the same bytes. Throws RangeError where rows do not fit their tables. */
export function encodeWorld({ tables, rows }: World): Uint8Array {
  using database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  database.exec('PRAGMA page_size = 4096; BEGIN');
  for (const table of tables) for (const sql of tableSql(table, tables)) database.exec(sql);
  for (const table of tables) insertRows(database, table, rows[table.name] ?? []);
  database.exec('COMMIT');
  const [broken] = database.prepare('PRAGMA foreign_key_check').all();
  if (broken) throw new RangeError(`row ${broken.rowid} of ${broken.table} refers to no row of ${broken.parent}`);
  const bytes = database.serialize();
  for (const [from, until] of volatile) bytes.fill(0, from, until);
  return bytes;
}

function insertRows(database: DatabaseSync, table: Table, rows: readonly Row[]): void {
  const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
  const marks = table.columns.map(() => '?').join(', ');
  const insert = database.prepare(`INSERT INTO ${quoted(table.name)} (${columns}) VALUES (${marks})`);
  for (const [index, row] of rows.entries()) {
    const cells = table.columns.map((column) => cellOf(row, column));
    const wrong = cells.indexOf(undefined);
    if (wrong >= 0) throw unfit({ table, index, row, column: table.columns[wrong] });
    try {
      insert.run(...(cells as SQLInputValue[]));
    } catch (cause) {
      throw new RangeError(`row ${index} of ${table.name}: ${(cause as Error).message}`, { cause });
    }
  }
}

/** Undefined where the row has no such cell, or one of another type. */
function cellOf(row: Row, { name, type }: Column): SQLInputValue | undefined {
  const cell = row[name];
  if (cell === null) return null;
  if (type === 'text') return typeof cell === 'string' ? cell : undefined;
  // As a BigInt, because node:sqlite binds a number as a float where it is negative zero or large.
  return Number.isSafeInteger(cell) ? BigInt(cell as number) : undefined;
}

interface UnfitCell {
  readonly table: Table;
  readonly index: number;
  readonly row: Row;
  readonly column: Column | undefined;
}

function unfit({ table, index, row, column }: UnfitCell): RangeError {
  const found = column && row[column.name];
  return new RangeError(`row ${index} of ${table.name}: ${column?.name} is ${found}, which is no ${column?.type}`);
}
