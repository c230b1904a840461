import { DatabaseSync } from 'node:sqlite';
import type { World } from '../../../src/domain/world.ts';
import { tables } from './tables.ts';

/** The world in memory, keys and references as the writer makes them. */
export function openWorld({ rows }: World): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  for (const { name, columns, key } of tables) {
    const types = columns.map((column) => `${column.name} ${column.type.toUpperCase()} NOT NULL`);
    database.exec(`CREATE TABLE ${name} (${types.join(', ')}, PRIMARY KEY (${key.join(', ')}))`);
    const insert = database.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of rows[name] ?? []) insert.run(...columns.map((column) => row[column.name] as string | number));
  }
  return database;
}
