import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/util/rng.ts';
import { invariants } from './invariants.ts';
import { openWorld } from './open-world.fixture.ts';
import { tables } from './tables.ts';
import { createWorld } from './world.ts';

const SEEDS = Array.from({ length: 20 }, (_, at) => `seed ${at}`);

describe('the world of a job shop', () => {
  it.each(SEEDS)('satisfies every invariant: %s', (seed) => {
    using database = openWorld(createWorld(createRng(seed)));

    for (const { says, sql } of invariants) expect(database.prepare(sql).all(), says).toEqual([]);
  });

  it('is the same for the same seed, and another for another', () => {
    const [first, again, other] = ['a', 'a', 'b'].map((seed) => JSON.stringify(createWorld(createRng(seed)).rows));

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('has 400 to 1,500 rows, with fewer than 50 machines to choose from', () => {
    for (const seed of SEEDS) {
      const { rows } = createWorld(createRng(seed));
      const total = Object.values(rows).reduce((sum, list) => sum + list.length, 0);

      expect(total).toBeGreaterThanOrEqual(400);
      expect(total).toBeLessThanOrEqual(1500);
      expect(rows.machine?.length).toBeLessThan(50);
    }
  });

  it('has rows in each table, with exactly its columns', () => {
    const { rows } = createWorld(createRng('columns'));

    for (const { name, columns } of tables) {
      const expected = columns.map((column) => column.name).sort();
      expect(rows[name]?.length, name).toBeGreaterThan(0);
      for (const row of rows[name] ?? []) expect(Object.keys(row).sort()).toEqual(expected);
    }
  });

  it('has whole numbers and short texts without control characters', () => {
    const { rows } = createWorld(createRng('columns'));
    const values = Object.values(rows).flatMap((list) => list.flatMap((row) => Object.values(row)));

    for (const value of values.filter((one) => typeof one !== 'string')) expect(Number.isSafeInteger(value)).toBe(true);
    for (const value of values.filter((one) => typeof one === 'string')) expect(value).toMatch(/^[\w .-]{1,60}$/);
  });

  it('is violated by a broken row: every invariant that speaks of durations can fail', () => {
    const world = createWorld(createRng('broken'));
    const routing = (world.rows.routing ?? []).map((row, at) =>
      at ? row : { ...row, slots: (row.slots as number) + 9 },
    );
    using database = openWorld({ ...world, rows: { ...world.rows, routing } });

    const broken = invariants.filter(({ sql }) => database.prepare(sql).all().length > 0).map(({ says }) => says);

    expect(broken).toContain(
      'an operation ends within the shift when it starts at its latest start, and not when later',
    );
    expect(broken).toContain('energy is power for the duration');
  });
});
