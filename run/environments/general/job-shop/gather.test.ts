import { describe, expect, it } from 'vitest';
import type { Row } from '../../../src/domain/world.ts';
import { gather } from '../../../src/engine/search/gather.ts';
import { createRng } from '../../../src/util/rng.ts';
import { pack } from './index.ts';
import { openWorld } from './open-world.fixture.ts';

const TABLES = ['hall', 'machine', 'blocked', 'family', 'setup', 'job', 'operation', 'routing'];
const keysOf = Object.fromEntries(pack.tables.map(({ name, key }) => [name, key]));
const byKey = (table: string, rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [(keysOf[table] ?? []).map((column) => row[column]).join('/'), row]));

describe('gathering a job shop through its tools', () => {
  it('reaches every row and column that a constraint can refer to, in fewer than 900 calls', () => {
    const world = pack.createWorld(createRng('gather'));
    using database = openWorld(world);
    let calls = 0;
    const tools = Object.fromEntries(
      pack.tools.map(({ name, sql, returns }) => [
        name,
        (args: unknown): unknown => {
          calls++;
          const rows = database.prepare(sql).all(args as Record<string, string>);
          return returns === 'rows' ? rows.map((row) => ({ ...row })) : { ...rows[0] };
        },
      ]),
    );

    const found = gather(tools, pack.gather, keysOf);

    expect(calls).toBeLessThan(900);
    for (const table of TABLES) {
      expect(byKey(table, found[table] ?? []), table).toEqual(byKey(table, world.rows[table] ?? []));
    }
  });

  it('needs no tool that finds or sums up for the solver', () => {
    for (const { tool } of pack.gather) expect(pack.aggregateTools).not.toContain(tool);
  });

  it('has tools whose results stand in a stable order', () => {
    for (const { name, sql } of pack.tools) expect(sql, name).toMatch(/ ORDER BY [a-z_, ]+$/);
  });
});
