import { describe, expect, it } from 'vitest';
import { AnswerShape } from '../../../src/domain/answer.ts';
import { Constraint, type ConstraintKind, type Node } from '../../../src/domain/constraint.ts';
import { LEVELS } from '../../../src/domain/task.ts';
import { Tool } from '../../../src/domain/tool.ts';
import { Provenance, type Row, Table, type World } from '../../../src/domain/world.ts';
import { toClause } from '../../../src/engine/constraints/says/index.ts';
import { type Bound, bind } from '../../../src/engine/search/bind.ts';
import { createModel, type Model } from '../../../src/engine/search/model.ts';
import { search } from '../../../src/engine/search/solver.ts';
import type { Frame, PaletteEntry, ProposeContext, Rule, Witness } from '../../../src/stages/synthesize/pack.ts';
import { createRng } from '../../../src/util/rng.ts';
import { pack } from './index.ts';
import { staysIn } from './plan.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => `pack-${i}`);
const SIZES = [2, 3, 4, 5, 6, 7, 8];

interface Planted {
  readonly world: World;
  readonly frame: Frame;
  readonly model: Model;
  readonly values: Int32Array;
  readonly witness: Witness;
}

function plant(seed: string, size: number): Planted {
  const rng = createRng(seed);
  const world = worldOf(seed);
  const frame = pack.frame(world, size, rng.fork('frame'));
  const model = createModel(frame.shape, world.rows);
  const bounds: Bound[] = frame.rules.map((rule) => bind(model, Constraint.parse(rule.constraint)));
  const values = search(model, bounds, { seed: 7, nodeLimit: 20_000, solutions: 1 }).solutions[0];
  if (!values) throw new Error(`no trip of ${size} days in the world of ${seed}`);
  const at = (part: string, key: string | number, field: string) => model.slots[model.slot(part, key, field)];
  const witness: Witness = {
    value: (part, key, field) => {
      const slot = at(part, key, field);
      return slot?.labels[values[slot.index] as number] as string | number;
    },
    row: (part, key, field) => {
      const slot = at(part, key, field);
      return model.rows[slot?.table ?? '']?.[values[slot?.index ?? -1] as number] ?? {};
    },
  };
  return { world, frame, model, values, witness };
}

const worlds = new Map<string, World>();
function worldOf(seed: string): World {
  const found = worlds.get(seed) ?? pack.createWorld(createRng(seed).fork('world'));
  worlds.set(seed, found);
  return found;
}

const planted = new Map<string, Planted>();
function trip(seed: string, size: number): Planted {
  const id = `${seed}/${size}`;
  const found = planted.get(id) ?? plant(seed, size);
  planted.set(id, found);
  return found;
}

const contextOf = ({ world, frame, witness }: Planted, seed: string, slack: number): ProposeContext => ({
  world,
  frame,
  witness,
  rng: createRng(`propose/${seed}`),
  slack,
  rules: [],
});

/** What an entry proposes over seeds and slacks, with the trip it was proposed for. */
function proposals(entry: PaletteEntry): { rule: Rule; of: Planted }[] {
  return SEEDS.flatMap((seed, i) => {
    const of = trip(seed, [3, 5, 8][i % 3] as number);
    const rule = entry.propose(contextOf(of, seed, [0, 0.05, 0.2, 0.35][i % 4] as number));
    return rule ? [{ rule, of }] : [];
  });
}

describe('the pack', () => {
  it('declares tables, tools and provenance in the forms of the domain', () => {
    for (const table of pack.tables) Table.parse(table);
    for (const tool of pack.tools) Tool.parse(tool);
    for (const one of pack.provenance) Provenance.parse(one);
    const names = new Set(pack.tools.map((tool) => tool.name));

    expect(pack.aggregateTools.filter((name) => !names.has(name))).toEqual([]);
    expect(pack.tools.filter((tool) => !/ ORDER BY /.test(tool.sql))).toEqual([]);
  });

  it('asks for more at every level', () => {
    for (const level of LEVELS.slice(1)) {
      const [below, here] = [pack.levels[(level - 1) as 1], pack.levels[level]];
      expect(here.size).toBeGreaterThanOrEqual(below.size);
      expect(here.rules).toBeGreaterThan(below.rules);
      expect(here.conditionals).toBeGreaterThanOrEqual(below.conditionals);
      expect(here.slack).toBeLessThan(below.slack);
    }
  });

  it('has at least ten kinds of constraint, four of its entries conditional', () => {
    const kinds = new Set<ConstraintKind>(trip('pack-0', 8).frame.rules.map((rule) => rule.constraint.kind));
    for (const entry of pack.palette) for (const { rule } of proposals(entry)) kinds.add(rule.constraint.kind);

    expect(kinds.size).toBeGreaterThanOrEqual(10);
    expect(pack.palette.filter((entry) => entry.role === 'conditional').length).toBeGreaterThanOrEqual(4);
    expect(new Set(pack.palette.map((entry) => entry.id)).size).toBe(pack.palette.length);
  });
});

const clausesOf = (id: string): string[] => {
  const entry = pack.palette.find((one) => one.id === id) as PaletteEntry;
  return proposals(entry).flatMap(({ rule }) =>
    [0, 1, 2].map((variant) => toClause(rule.constraint, rule.wording, variant)),
  );
};

describe('the wording', () => {
  it('has nothing that can be read in two ways, or whose noun or verb depends on a number', () => {
    const all = pack.palette.flatMap(({ id }) => clausesOf(id));

    expect(all.length).toBeGreaterThan(500);
    for (const clause of all)
      expect(clause).not.toMatch(
        /^That day's|(?:lie|lies) at least|\d different operators|, as well as \d{4}|which concerns|this concerns/,
      );
  });

  it.each(['dinner-elsewhere', 'cuisine-within-day', 'lunch-near-sight'])(
    'says of more dates than one that the rule holds on each: %s',
    (id) => {
      const several = clausesOf(id).filter((clause) => (clause.match(/\d{4}-\d\d-\d\d/g) ?? []).length > 1);

      expect(several.length).toBeGreaterThan(0);
      for (const clause of several) expect(clause).toMatch(/on each of \d{4}-/i);
    },
  );

  it('parts pairs of dates', () => {
    const pairs = ['dinner-changes', 'sight-changes'].flatMap(clausesOf).filter((clause) => /\d.*\d/.test(clause));
    const several = pairs.filter((clause) => (clause.match(/\d{4}-/g) ?? []).length > 2);

    expect(several.length).toBeGreaterThan(0);
    for (const clause of several) expect(clause).toMatch(/each of these pairs of dates \(\S+ and \S+; \S+ and [^)]+\)/);
  });

  it('parts the nights of several stays', () => {
    const rules = SEEDS.flatMap((seed) => trip(seed, 8).frame.rules.filter(({ id }) => id === 'one-hotel-per-stay'));
    const several = rules.filter(({ constraint }) => constraint.kind === 'relate' && constraint.pairs.length > 1);

    expect(several.length).toBeGreaterThan(0);
    for (const { constraint, wording } of several)
      expect(toClause(constraint, wording, 0)).toMatch(/\(\S+ and \S+; \S+ and [^)]+\)/);
  });

  it('says that categories are equally frequent where they may not differ', () => {
    const entry = pack.palette.find((one) => one.id === 'category-balance') as PaletteEntry;
    for (const { rule } of proposals(entry)) {
      const node = { ...(rule.constraint as Node<'balance'>), spread: 0 };
      for (const variant of [0, 1]) expect(toClause(node, rule.wording, variant)).toMatch(/ equal\b/);
    }
  });

  it('describes a city without a verb at the end of the description', () => {
    const world = worldOf('pack-0');
    for (const { name } of world.rows.city ?? [])
      for (const seed of SEEDS)
        expect(pack.describe?.(world, String(name), createRng(seed))?.says ?? '').not.toMatch(/ is$/);
  });
});

describe('a frame', () => {
  it.each(SEEDS.slice(0, 8))('of a larger size begins as the smaller one (%s)', (seed) => {
    const world = worldOf(seed);
    const frames = SIZES.map((size) => pack.frame(world, size, createRng(`frame/${seed}`)));

    frames.slice(1).forEach((larger, i) => {
      const smaller = frames[i] as Frame;
      smaller.shape.parts.forEach((part, at) => {
        const keys = larger.shape.parts[at]?.key.values.slice(0, part.key.values.length);
        expect(keys).toEqual(part.key.values);
        expect(larger.shape.parts[at]?.fields).toEqual(part.fields);
      });
      for (const fact of ['home', 'first_date', 'travellers', 'nights_by_stay']) {
        expect(larger.facts[fact]).toBe(smaller.facts[fact]);
      }
    });
  });

  it.each(SEEDS)('can be satisfied at every size (%s)', (seed) => {
    for (const size of SIZES) {
      const { frame } = trip(seed, size);
      AnswerShape.parse(frame.shape);
      expect(new Set(frame.rules.map((rule) => rule.id)).size).toBe(frame.rules.length);
      expect(staysIn(frame).flatMap((stay) => stay.dates).length).toBe(size);
    }
  });

  it('gives the longest trip 35 to 48 slots', () => {
    for (const seed of SEEDS) {
      const { model } = trip(seed, 8);
      expect(model.slots.length).toBeGreaterThanOrEqual(35);
      expect(model.slots.length).toBeLessThanOrEqual(48);
    }
  });
});

describe.each(pack.palette)('the entry $id', (entry) => {
  it('proposes rules that parse, read as a clause and hold of the witness', () => {
    const found = proposals(entry);

    expect(found.length).toBeGreaterThan(0);
    for (const { rule, of } of found) {
      const constraint = Constraint.parse(rule.constraint);
      expect(rule.id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      expect({ rule, holds: bind(of.model, constraint).test(of.values) }).toEqual({ rule, holds: true });
      for (let variant = 0; variant < 12; variant++)
        expect(toClause(constraint, rule.wording, variant)).not.toMatch(/[{}]|undefined|NaN/);
    }
  });

  it('covers the whole domain with half-open tiers', () => {
    for (const { rule } of proposals(entry)) {
      if (rule.constraint.kind !== 'tier') continue;
      const { tiers } = rule.constraint;
      expect(tiers[0]?.from).toBe(0);
      expect(tiers.at(-1)?.until).toBeNull();
      expect(tiers.slice(1).map((tier) => tier.from)).toEqual(tiers.slice(0, -1).map((tier) => tier.until));
      const asked = tiers.map((tier) => JSON.stringify(tier.then));
      expect(new Set(asked).size).toBe(tiers.length);
    }
  });

  it('never proposes a rule that the task has', () => {
    const of = trip('pack-2', 8);
    const ctx = contextOf(of, 'again', 0);
    const first = entry.propose(ctx);
    const again = first && entry.propose({ ...contextOf(of, 'again', 0), rules: [first] });

    expect(again).toBeNull();
  });
});

describe('narrate', () => {
  it('gives every fact of the trip, in many voices', () => {
    const { world, frame } = trip('pack-1', 6);
    const voices = Array.from({ length: 60 }, (_, i) => pack.narrate(frame, world, createRng(`voice/${i}`)));

    expect(new Set(voices.map((one) => one.intro[0])).size).toBeGreaterThanOrEqual(6);
    expect(new Set(voices.map((one) => one.lead)).size).toBeGreaterThanOrEqual(3);
    for (const { intro, notes } of voices) {
      const text = [...intro, ...notes].join(' ');
      for (const fact of [frame.facts.home, frame.facts.first_date, frame.facts.last_date, frame.facts.back_date])
        expect(text).toContain(fact);
      expect(text).not.toMatch(/undefined|\{|submit|tool/);
      for (const date of frame.shape.parts[0]?.key.values ?? []) expect(text).toContain(date);
    }
  });
});

describe('describe', () => {
  it.each(SEEDS)('fits exactly one row, the one that is named (%s)', (seed) => {
    const world = worldOf(seed);
    const rng = createRng(`describe/${seed}`);
    const names = ['city', 'restaurant', 'attraction'].flatMap((table) =>
      (world.rows[table] ?? []).map((row) => String(row.name)),
    );
    const described = names.flatMap((name) => {
      const found = pack.describe?.(world, name, rng);
      return found ? [{ name, found }] : [];
    });

    expect(described.length).toBeGreaterThan(10);
    for (const { name, found } of described) {
      const fits = (row: Row): boolean => Object.entries(found.where).every(([column, value]) => row[column] === value);
      expect((world.rows[found.table] ?? []).filter(fits).map((row) => row[found.column])).toEqual([name]);
    }
  });

  it('knows nothing of other words', () => {
    expect(pack.describe?.(trip('pack-0', 3).world, 'Atlantis', createRng('x'))).toBeNull();
  });
});
