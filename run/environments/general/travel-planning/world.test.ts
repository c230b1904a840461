import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Row, World } from '../../../src/domain/world.ts';
import { createRng } from '../../../src/util/rng.ts';
import { greatCircleKm } from './geo.ts';
import { pack } from './index.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => `world-${i}`);
const worldOf = (seed: string): World => pack.createWorld(createRng(seed));
const rowsOf = (world: World, table: string): readonly Row[] => world.rows[table] ?? [];

function load(world: World): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  for (const { name, columns, key } of world.tables) {
    const declared = columns.map((column) => `${column.name} ${column.type} NOT NULL`);
    database.exec(`CREATE TABLE ${name} (${declared.join(', ')}, PRIMARY KEY (${key.join(', ')}))`);
    const insert = database.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of rowsOf(world, name)) insert.run(...columns.map((column) => row[column.name] as string | number));
  }
  return database;
}

/** Runs the gather steps by their SQL, as a solution does through tools; counts the calls. */
function gatherAll(database: DatabaseSync): { tables: Map<string, Map<string, Row>>; calls: number } {
  const tables = new Map<string, Map<string, Row>>();
  const known = (source: string): (string | number)[] => {
    const [table = '', column = ''] = source.split('.');
    return [...new Set([...(tables.get(table)?.values() ?? [])].map((row) => row[column] as string | number))];
  };
  let calls = 0;
  for (const step of pack.gather) {
    const tool = pack.tools.find((one) => one.name === step.tool);
    const key = pack.tables.find((table) => table.name === step.into)?.key ?? [];
    const statement = database.prepare(tool?.sql ?? '');
    const into = tables.get(step.into) ?? new Map<string, Row>();
    tables.set(step.into, into);
    const sets = Object.entries(step.args).reduce<Record<string, string | number>[]>(
      (heads, [name, source]) => heads.flatMap((head) => known(source).map((value) => ({ ...head, [name]: value }))),
      [{}],
    );
    for (const args of sets) {
      calls++;
      for (const found of statement.all(args) as Row[]) {
        const merged = Object.entries(step.merge ?? {}).map(([column, name]) => [column, args[name]]);
        const row = { ...found, ...Object.fromEntries(merged) } as Row;
        const id = key.map((column) => row[column]).join('|');
        into.set(id, { ...into.get(id), ...row });
      }
    }
  }
  return { tables, calls };
}

describe('a travel world', () => {
  it('has the same rows for the same seed, and others for another', () => {
    expect(worldOf('a')).toEqual(worldOf('a'));
    expect(worldOf('a').rows).not.toEqual(worldOf('b').rows);
  });

  it.each(SEEDS)('keeps every invariant (%s)', (seed) => {
    using database = load(worldOf(seed));

    for (const { says, sql } of pack.invariants) {
      expect({ says, violations: database.prepare(sql).all() }).toEqual({ says, violations: [] });
    }
  });

  it.each(SEEDS)('has names without control characters and a size that can be gathered (%s)', (seed) => {
    const world = worldOf(seed);
    const names = ['city', 'service', 'hotel', 'restaurant', 'attraction'].flatMap((table) => rowsOf(world, table));
    const total = Object.values(world.rows).reduce((sum, rows) => sum + rows.length, 0);

    expect(new Set(names.map((row) => row.name)).size).toBe(names.length);
    expect(names.filter((row) => /\p{Cc}/u.test(String(row.name)))).toEqual([]);
    expect(total).toBeGreaterThan(400);
    expect(total).toBeLessThan(1500);
    for (const table of ['city', 'service', 'hotel', 'restaurant', 'attraction']) {
      expect(rowsOf(world, table).length).toBeLessThanOrEqual(250);
    }
  });

  it.each(SEEDS.slice(0, 5))('is gathered whole by the declared steps in fewer than 900 calls (%s)', (seed) => {
    const world = worldOf(seed);
    using database = load(world);
    const { tables, calls } = gatherAll(database);

    for (const { name, key } of pack.tables) {
      const id = (row: Row): string => key.map((column) => row[column]).join('|');
      const expected = new Map(rowsOf(world, name).map((row) => [id(row), row]));
      expect(tables.get(name)).toEqual(expected);
    }
    expect(calls).toBeLessThan(900);
  });

  it('says distances between the real places', () => {
    const world = worldOf('km');
    const at = new Map(
      rowsOf(world, 'city').map((row) => [row.name, { lat: Number(row.latitude), lng: Number(row.longitude) }]),
    );

    for (const row of rowsOf(world, 'connection')) {
      const [a, b] = [at.get(row.origin as string), at.get(row.destination as string)];
      expect(row.km).toBe(a && b && greatCircleKm(a, b));
    }
  });

  it('lets price and rating rise together without one telling the other', () => {
    const hotels = SEEDS.flatMap((seed) => rowsOf(worldOf(seed), 'hotel'));
    const r = correlation(hotels.map((row) => [Number(row.price_cents), Number(row.rating_tenths)]));

    expect(r).toBeGreaterThan(0.3);
    expect(r).toBeLessThan(0.85);
  });
});

function correlation(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const sum = (of: (x: number, y: number) => number): number => points.reduce((s, [x, y]) => s + of(x - mx, y - my), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
}

describe('greatCircleKm', () => {
  it.each([
    [{ lat: 488_534, lng: 23_488 }, { lat: 515_074, lng: -1_278 }, 344],
    [{ lat: 0, lng: 1_800_000 }, { lat: 0, lng: -1_790_000 }, 111],
    [{ lat: 900_000, lng: 0 }, { lat: -900_000, lng: 0 }, 20_015],
  ])('from %j to %j is %i km', (a, b, km) => {
    expect(greatCircleKm(a, b)).toBe(km);
  });
});
