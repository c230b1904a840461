import { describe, expect, it } from 'vitest';
import { Constraint, type Node } from '../../../src/domain/constraint.ts';
import { LEVELS } from '../../../src/domain/task.ts';
import { toClause } from '../../../src/engine/constraints/says/index.ts';
import { bind } from '../../../src/engine/search/bind.ts';
import { createModel } from '../../../src/engine/search/model.ts';
import type { Frame, Rule } from '../../../src/stages/synthesize/pack.ts';
import { createRng } from '../../../src/util/rng.ts';
import { pack } from './index.ts';
import { fakeWitness } from './play.fixture.ts';

const SEEDS = Array.from({ length: 20 }, (_, at) => `seed ${at}`);
const VARIANTS = [0, 1, 2, 3, 4, 5];

/** What every entry of the palette proposes for some frame of each seed, and whether the witness keeps it. */
const proposals: { rule: Rule; kept: boolean }[] = SEEDS.flatMap((seed, at) => {
  const rng = createRng(seed);
  const world = pack.createWorld(rng.fork('world'));
  const frame = pack.frame(world, 5 + (at % 18), rng.fork('frame'));
  const witness = fakeWitness(world, frame, rng.fork('witness'));
  const slack = (at % 4) / 10;
  const model = createModel(frame.shape, world.rows);
  const values = model.slots.map((slot) => slot.labels.indexOf(witness.value(slot.part, slot.key, slot.field)));
  return pack.palette.flatMap((entry) => {
    const rule = entry.propose({ world, frame, witness, rng: rng.fork(entry.id), slack, rules: frame.rules });
    return rule ? [{ rule, kept: bind(model, Constraint.parse(rule.constraint)).test(values) }] : [];
  });
});

const proposed = proposals.map(({ rule }) => rule);
const keysOf = (frame: Frame) => frame.shape.parts[0]?.key.values ?? [];

describe('the frame', () => {
  it.each(SEEDS.slice(0, 5))('of a larger size extends that of a smaller one: %s', (seed) => {
    const world = pack.createWorld(createRng(seed));
    const frames = LEVELS.map((level) => pack.frame(world, pack.levels[level].size, createRng(`${seed}/frame`)));

    frames.slice(1).forEach((large, i) => {
      const small = frames[i] as Frame;
      expect(keysOf(large).slice(0, small.size)).toEqual(keysOf(small));
      expect(large.rules.map((rule) => rule.id)).toEqual(small.rules.map((rule) => rule.id));
      expect({ ...large.facts, exams: 0 }).toEqual({ ...small.facts, exams: 0 });
    });
  });

  it('has rules that parse and that can be said', () => {
    const world = pack.createWorld(createRng('frame'));

    for (const { constraint, wording } of pack.frame(world, 6, createRng('f')).rules) {
      const node = Constraint.parse(constraint);
      for (const variant of VARIANTS) expect(toClause(node, wording, variant)).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('the palette', () => {
  it('has at least ten kinds of constraint together with the frame, four of its entries conditional', () => {
    const frame = pack.frame(pack.createWorld(createRng('kinds')), 6, createRng('f'));
    const kinds = new Set([...frame.rules, ...proposed].map((rule) => rule.constraint.kind));

    expect(kinds.size).toBeGreaterThanOrEqual(10);
    expect(pack.palette.filter((entry) => entry.role === 'conditional').length).toBeGreaterThanOrEqual(4);
    expect(new Set(pack.palette.map((entry) => entry.id)).size).toBe(pack.palette.length);
  });

  it.each(pack.palette)('proposes a rule of its own id for some seed: $id', ({ id }) => {
    expect(proposed.some((rule) => rule.id === id)).toBe(true);
  });

  it('proposes rules that parse and whose clauses have no hole', () => {
    for (const { id, constraint, wording } of proposed) {
      const node = Constraint.parse(constraint);
      for (const variant of VARIANTS) {
        const clause = toClause(node, wording, variant);
        expect(clause, id).toMatch(/^[A-Z].*\.$/);
        expect(clause, id).not.toMatch(/[{}]|undefined|NaN|null|Infinity/);
      }
    }
  });

  it('says nothing that can be read in two ways, or whose noun depends on a number', () => {
    for (const { id, constraint, wording } of proposed)
      for (const variant of VARIANTS)
        expect(toClause(constraint, wording, variant), id).not.toMatch(
          /lead all exams|in use by|people must lead|papers are packed|where that convenor|as its own convenor|, the room must|no less than \d+ more|open (?:at most|no more than)|sum of the seats of the rooms of [^,]*\(/i,
        );
  });

  it('says that days are equal where they may not differ', () => {
    for (const { constraint, wording } of proposed.filter(({ id }) => id === 'even-days'))
      for (const variant of VARIANTS)
        expect(toClause({ ...(constraint as Node<'balance'>), spread: 0 }, wording, variant)).toMatch(/ equal\b/);
  });

  it('proposes rules that the witness keeps, also where they have no slack', () => {
    expect(proposals.filter(({ kept }) => !kept).map(({ rule }) => rule.id)).toEqual([]);
  });

  it('refers only to exams of the frame', () => {
    const world = pack.createWorld(createRng('keys'));
    const frame = pack.frame(world, 8, createRng('f'));
    const witness = fakeWitness(world, frame, createRng('w'));
    const codes = new Set((world.rows.exam ?? []).map((exam) => String(exam.code)));

    for (const entry of pack.palette) {
      const rule = entry.propose({ world, frame, witness, rng: createRng(entry.id), slack: 0, rules: frame.rules });
      const named = JSON.stringify(rule?.constraint ?? '').match(/[A-Z]{3}-\d{3}/g) ?? [];
      expect(named.filter((code) => codes.has(code) && !keysOf(frame).includes(code))).toEqual([]);
    }
  });

  it('has tiers that are half-open, touch each other, and cover the whole domain', () => {
    const lowest: Readonly<Record<string, number>> = { day: 1, fee: 0, years: 0 };
    const tiers = proposed.map((rule) => rule.constraint).filter((node): node is Node<'tier'> => node.kind === 'tier');

    expect(tiers.length).toBeGreaterThan(20);
    for (const { on, tiers: spans } of tiers) {
      expect(spans[0]?.from).toBe(lowest[on.attr.column ?? '']);
      expect(spans.at(-1)?.until).toBeNull();
      spans.slice(1).forEach((span, i) => {
        expect(spans[i]?.until).toBe(span.from);
      });
      for (const span of spans) expect(span.then.length).toBeGreaterThan(0);
    }
  });

  it('has a consequence for each branch that differs from doing nothing', () => {
    for (const { constraint } of proposed) {
      if (constraint.kind !== 'tier') continue;
      for (const { then } of constraint.tiers) {
        for (const node of then) expect(node).toMatchObject({ kind: 'aggregate', bound: expect.any(Number) });
      }
    }
  });

  it('gives the same rule for the same draw', () => {
    const world = pack.createWorld(createRng('again'));
    const run = () => {
      const frame = pack.frame(world, 9, createRng('f'));
      const witness = fakeWitness(world, frame, createRng('w'));
      return pack.palette.map((entry) =>
        entry.propose({ world, frame, witness, rng: createRng(entry.id), slack: 0.1, rules: frame.rules }),
      );
    };

    expect(run()).toEqual(run());
  });
});

describe('the levels', () => {
  it('ask for at least as much as the one below, up to at least 44 slots', () => {
    LEVELS.slice(1).forEach((level, i) => {
      const [low, high] = [pack.levels[LEVELS[i] as (typeof LEVELS)[number]], pack.levels[level]];
      expect(high.size).toBeGreaterThan(low.size);
      expect(high.rules).toBeGreaterThanOrEqual(low.rules);
      expect(high.conditionals).toBeGreaterThanOrEqual(low.conditionals);
      expect(high.slack).toBeLessThan(low.slack);
    });
    expect(2 * pack.levels[8].size).toBeGreaterThanOrEqual(44);
  });

  it('find enough entries that may appear', () => {
    for (const level of LEVELS) {
      const open = pack.palette.filter((entry) => entry.from <= level);
      expect(open.length).toBeGreaterThanOrEqual(2 * pack.levels[level].rules);
      expect(open.filter((entry) => entry.role === 'conditional').length).toBeGreaterThanOrEqual(
        pack.levels[level].conditionals,
      );
    }
  });
});

describe('the narrative', () => {
  it('is told in at least six different openings and says when the exams are', () => {
    const world = pack.createWorld(createRng('story'));
    const frame = pack.frame(world, 6, createRng('f'));

    const stories = Array.from({ length: 60 }, (_, i) => pack.narrate(frame, world, createRng(`story ${i}`)));

    expect(new Set(stories.map((story) => story.intro[0])).size).toBeGreaterThanOrEqual(6);
    for (const story of stories) {
      expect(story.intro.join(' ')).toContain(frame.facts.first_date?.toString().slice(0, 4));
      expect(story.notes.length).toBeGreaterThanOrEqual(5);
    }
  });
});

describe('a description', () => {
  it.each(SEEDS.slice(0, 5))('fits one row alone, which has the name: %s', (seed) => {
    const world = pack.createWorld(createRng(seed));
    const names = ['building', 'department'].flatMap((table) =>
      (world.rows[table] ?? []).map((row) => String(row.name)),
    );

    for (const name of names) {
      const found = pack.describe?.(world, name, createRng(name));
      if (!found) continue;
      const fitting = (world.rows[found.table] ?? []).filter((row) =>
        Object.entries(found.where).every(([column, value]) => row[column] === value),
      );
      expect(fitting.map((row) => row[found.column])).toEqual([name]);
      expect(found.says).not.toContain(name);
    }
    expect(pack.describe?.(world, 'North', createRng('x'))).toBeNull();
  });
});
