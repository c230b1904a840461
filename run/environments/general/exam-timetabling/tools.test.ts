import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Cell, Row } from '../../../src/domain/world.ts';
import type { GatherStep } from '../../../src/stages/synthesize/pack.ts';
import { createRng } from '../../../src/util/rng.ts';
import { openWorld } from './open-world.fixture.ts';
import { tables } from './tables.ts';
import { aggregateTools, gather, tools } from './tools.ts';
import { createWorld } from './world/index.ts';

type Rows = Map<string, Record<string, Cell>>;
type Known = Map<string, Rows>;

/** Gathers all tables by the pack's steps and counts the calls. */
function gatherAll(database: DatabaseSync): { known: Known; calls: number } {
  const known: Known = new Map(tables.map((table) => [table.name, new Map()]));
  let calls = 0;
  for (const step of gather) {
    const sql = tools.find((tool) => tool.name === step.tool)?.sql ?? '';
    for (const args of argumentsOf(step, known)) {
      calls++;
      const found = database.prepare(sql).all(args) as Record<string, Cell>[];
      for (const row of found) keep(step, known, { ...row, ...merged(step, args) });
    }
  }
  return { known, calls };
}

function argumentsOf({ args }: GatherStep, known: Known): Record<string, Cell>[] {
  const [parameter, source] = Object.entries(args)[0] ?? [];
  if (!parameter || !source) return [{}];
  const [table, column] = source.split('.') as [string, string];
  const values = new Set([...(known.get(table)?.values() ?? [])].map((row) => row[column] as Cell));
  return [...values].map((value) => ({ [parameter]: value }));
}

function merged({ merge = {} }: GatherStep, args: Record<string, Cell>): Record<string, Cell> {
  return Object.fromEntries(Object.entries(merge).map(([column, parameter]) => [column, args[parameter] ?? null]));
}

function keep({ into }: GatherStep, known: Known, row: Record<string, Cell>): void {
  const keys = tables.find((table) => table.name === into)?.key ?? [];
  const id = JSON.stringify(keys.map((column) => row[column]));
  known.get(into)?.set(id, { ...known.get(into)?.get(id), ...row });
}

const sorted = (rows: Iterable<Row>, columns: readonly string[]): string[] =>
  [...rows].map((row) => JSON.stringify(columns.map((column) => row[column]))).sort();

describe('the tools of exam timetabling', () => {
  it.each(['one', 'two', 'three'])(
    'bring every table but that of students to light in fewer than 900 calls: %s',
    (seed) => {
      const world = createWorld(createRng(seed));
      using database = openWorld(world);

      const { known, calls } = gatherAll(database);

      expect(calls).toBeLessThan(900);
      for (const { name, columns } of tables.filter((table) => table.name !== 'student')) {
        const names = columns.map((column) => column.name);
        expect(sorted(known.get(name)?.values() ?? [], names), name).toEqual(sorted(world.rows[name] ?? [], names));
      }
    },
  );

  it.each(tools)('answers with columns of the world in a stable order: $name', ({ name, sql, parameters }) => {
    const world = createWorld(createRng('order'));
    using database = openWorld(world);
    const values = Object.entries(parameters).map(([parameter, { key = '' }]) => {
      const [table, column] = key.split('.') as [string, string];
      return [parameter, world.rows[table]?.[0]?.[column] ?? null];
    });

    const rows = database.prepare(sql).all(Object.fromEntries(values)) as Row[];

    expect(sql).toContain('ORDER BY');
    expect(rows.length).toBeGreaterThan(0);
    if (aggregateTools.includes(name)) return;
    const columns = new Set(tables.flatMap((table) => table.columns.map((column) => column.name)));
    expect(Object.keys(rows[0] ?? {}).filter((column) => !columns.has(column))).toEqual([]);
  });

  it('names only keys that exist', () => {
    const keys = tools.flatMap((tool) => Object.values(tool.parameters).map((parameter) => parameter.key));
    const columns = tables.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`));

    expect(keys.filter((key) => !columns.includes(key ?? ''))).toEqual([]);
  });
});
