import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/util/rng.ts';
import { invariants } from './invariants.ts';
import { openWorld } from './open-world.fixture.ts';
import { tables } from './tables.ts';
import { createWorld } from './world/index.ts';

const SEEDS = Array.from({ length: 20 }, (_, at) => `seed ${at}`);

/** A change for each invariant that breaks it. */
const BREAKS: Readonly<Record<string, string>> = {
  'A name stands for one thing in the whole world.':
    'UPDATE room SET name = (SELECT name FROM building LIMIT 1) WHERE rowid = 1',
  'A sitting has the place of its room and building.': 'UPDATE sitting SET seats = seats + 1 WHERE rowid = 1',
  'A sitting has the time of its period.': 'UPDATE sitting SET day = day + 1 WHERE rowid = 1',
  'A sitting lies within the opening hours of its building.': 'UPDATE building SET closes = opens',
  'A room is offered once in a period.':
    'UPDATE sitting SET period = 1, room = (SELECT name FROM room LIMIT 1) WHERE rowid < 3',
  'A duty has the time of its period and the details of its person.':
    'UPDATE duty SET years = years + 1 WHERE rowid = 1',
  'A person offers one duty in a period.':
    'UPDATE duty SET period = 1, staff = (SELECT name FROM staff LIMIT 1) WHERE rowid < 3',
  'The candidates of an exam are its enrolments.': 'UPDATE exam SET enrolled = enrolled - 1 WHERE rowid = 1',
  'A student sits three to six exams.': 'DELETE FROM enrolment WHERE student = (SELECT name FROM student LIMIT 1)',
  'An enrolment names a student and an exam.': "UPDATE enrolment SET exam = 'XXX-000' WHERE rowid = 1",
  'A paper is set by a member of its department, and its code tells the year of study.':
    'UPDATE exam SET year = year + 1 WHERE rowid = 1',
  'Departments of staff, exams and students exist.':
    "UPDATE student SET department = 'Department of Magic' WHERE rowid = 1",
  'A badge names a member of staff and a building.': "UPDATE badge SET building = 'Nowhere' WHERE rowid = 1",
  'Periods are numbered without gap in the order of time, and none lies on a Sunday.':
    'UPDATE period SET starts = 60 WHERE number = 2',
  'Days are numbered without gap in the order of dates.': 'UPDATE period SET day = day + 1',
  'Every exam has at least three sittings that fit it by itself.': 'UPDATE exam SET minutes = 600 WHERE rowid = 1',
  'Money, seats, years and ratings lie in their ranges.': 'UPDATE sitting SET fee = 1 WHERE rowid = 1',
};

describe('the world of an exam week', () => {
  it.each(SEEDS)('satisfies every invariant: %s', (seed) => {
    using database = openWorld(createWorld(createRng(seed)));

    for (const { says, sql } of invariants) expect(database.prepare(sql).all(), says).toEqual([]);
  });

  it.each(invariants)('has an invariant that can be broken: $says', ({ says, sql }) => {
    using database = openWorld(createWorld(createRng('broken')));

    database.exec(BREAKS[says] as string);

    expect(database.prepare(sql).all()).not.toEqual([]);
  });

  it('is the same for the same seed, and another for another', () => {
    const [first, again, other] = ['a', 'a', 'b'].map((seed) => JSON.stringify(createWorld(createRng(seed)).rows));

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each(SEEDS)(
    'has 700 to 1,400 rows, of which at most 150 can stand in a slot and 680 are enrolments: %s',
    (seed) => {
      const { rows } = createWorld(createRng(seed));
      const total = Object.values(rows).reduce((sum, list) => sum + list.length, 0);

      expect(total).toBeGreaterThanOrEqual(700);
      expect(total).toBeLessThanOrEqual(1400);
      expect(rows.sitting?.length).toBeLessThanOrEqual(150);
      expect(rows.duty?.length).toBeLessThanOrEqual(150);
      expect(rows.enrolment?.length).toBeLessThanOrEqual(680);
    },
  );

  it('has rows in each table, with exactly its columns', () => {
    const { rows } = createWorld(createRng('columns'));

    for (const { name, columns } of tables) {
      const expected = columns.map((column) => column.name).sort();
      expect(rows[name]?.length, name).toBeGreaterThan(0);
      for (const row of rows[name] ?? []) expect(Object.keys(row).sort(), name).toEqual(expected);
    }
  });

  it.each(SEEDS)('has names that are short, plain and no part of another name: %s', (seed) => {
    const { rows } = createWorld(createRng(seed));
    const names = tables.flatMap(({ name, columns }) =>
      columns
        .filter((column) => column.role === 'name')
        .flatMap((column) => (rows[name] ?? []).map((row) => String(row[column.name]))),
    );
    const text = `\n${names.join('\n')}\n`;

    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(/^[\w -]{1,60}$/);
      expect(text.split(name).length - 1, name).toBe(1);
    }
  });

  it.each(SEEDS)('has a conflict graph that is dense but not complete: %s', (seed) => {
    const { rows } = createWorld(createRng(seed));
    const exams = (rows.exam ?? []).map((exam) => exam.code);
    const sitters = Map.groupBy(rows.enrolment ?? [], (row) => row.exam);
    const clash = (a: unknown, b: unknown) =>
      (sitters.get(a as string) ?? []).some((x) =>
        (sitters.get(b as string) ?? []).some((y) => x.student === y.student),
      );

    const pairs = exams.flatMap((a, i) => exams.slice(i + 1).map((b) => clash(a, b)));
    const density = pairs.filter(Boolean).length / pairs.length;

    expect(density).toBeGreaterThan(0.55);
    expect(density).toBeLessThan(0.85);
  });

  it('has no person who is both cheaper and better rated than all others', () => {
    const { rows } = createWorld(createRng('market'));
    const best = Math.max(...(rows.duty ?? []).map((duty) => Number(duty.score)));
    const cheapest = (rows.duty ?? []).reduce((a, b) => (Number(b.pay) < Number(a.pay) ? b : a));

    expect(Number(cheapest.score)).toBeLessThan(best - 5);
  });
});
