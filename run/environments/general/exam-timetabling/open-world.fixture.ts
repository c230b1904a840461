import { DatabaseSync } from 'node:sqlite';
import type { World } from '../../../src/domain/world.ts';

/** A world in a database in memory. The caller disposes it. */
export function openWorld({ tables, rows }: World): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  for (const { name, columns, key } of tables) {
    const typed = columns.map((column) => `${column.name} ${column.type} NOT NULL`).join(', ');
    database.exec(`CREATE TABLE ${name} (${typed}, PRIMARY KEY (${key.join(', ')}))`);
    const insert = database.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of rows[name] ?? []) insert.run(...columns.map((column) => row[column.name] ?? null));
  }
  return database;
}
