import { describe, expect, it } from 'vitest';
import { Constraint, type Node } from '../../../src/domain/constraint.ts';
import { LEVELS } from '../../../src/domain/task.ts';
import { Tool } from '../../../src/domain/tool.ts';
import { Table } from '../../../src/domain/world.ts';
import { toClause } from '../../../src/engine/constraints/says/index.ts';
import { type Bound, bind } from '../../../src/engine/search/bind.ts';
import { createModel } from '../../../src/engine/search/model.ts';
import { search } from '../../../src/engine/search/solver.ts';
import type { ProposeContext, Rule, Witness } from '../../../src/stages/synthesize/pack.ts';
import { createRng } from '../../../src/util/rng.ts';
import { pack } from './index.ts';
import { HORIZON } from './terms.ts';

const SEEDS = Array.from({ length: 20 }, (_, at) => `seed ${at}`);
const TRIES = 8;

interface Planted {
  readonly seed: string;
  readonly context: Omit<ProposeContext, 'rng' | 'slack'>;
  readonly values: Int32Array;
  bind(constraint: Constraint): Bound;
}

/** A frame with a schedule that the solver finds for its own rules. */
function plant(seed: string, size: number): Planted {
  const world = pack.createWorld(createRng(seed));
  const frame = pack.frame(world, size, createRng(seed));
  const model = createModel(frame.shape, world.rows);
  const bounds = frame.rules.map(({ constraint }) => bind(model, Constraint.parse(constraint)));
  const found = Array.from({ length: TRIES }, (_, at) => at + 1)
    .values()
    .map((start) => search(model, bounds, { seed: start, nodeLimit: 800, solutions: 1 }).solutions[0])
    .find((values) => values !== undefined);
  if (!found) throw new Error(`no schedule for ${seed}`);
  const witness: Witness = {
    value(part, key, field) {
      const slot = model.slot(part, key, field);
      return model.slots[slot]?.labels[found[slot] as number] as string | number;
    },
    row: () => {
      throw new Error('not needed by this pack');
    },
  };
  return {
    seed,
    context: { world, frame, witness, rules: frame.rules },
    values: found,
    bind: (constraint) => bind(model, constraint),
  };
}

const planted = SEEDS.map((seed, at) => plant(seed, 2 + (at % 5)));

/** What an entry proposes over all seeds, at a slack. */
function proposals(id: string, slack: number): { rule: Rule; from: Planted }[] {
  const entry = pack.palette.find((one) => one.id === id);
  return planted.flatMap((from) => {
    const rule = entry?.propose({ ...from.context, rng: createRng(`${from.seed}/${id}`), slack });
    return rule ? [{ rule, from }] : [];
  });
}

describe('the palette of the job shop', () => {
  it('has at least fourteen entries with unique ids, four of them conditional', () => {
    const ids = pack.palette.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(14);
    expect(pack.palette.filter(({ role }) => role === 'conditional').length).toBeGreaterThanOrEqual(4);
  });

  describe.each(pack.palette.map(({ id }) => id))('%s', (id) => {
    it.each([0, 0.01, 0.35])('proposes rules that parse and that the witness keeps, with slack %s', (slack) => {
      const all = proposals(id, slack);

      if (slack < 0.1) expect(all.length).toBeGreaterThan(0);
      for (const { rule, from } of all) {
        const bound = from.bind(Constraint.parse(rule.constraint));
        expect(bound.test(from.values), JSON.stringify(rule)).toBe(true);
      }
    });

    it('says the rule in every wording, with no placeholder left', () => {
      for (const { rule } of proposals(id, 0.05)) {
        for (let variant = 0; variant < 6; variant++) {
          const clause = toClause(rule.constraint, rule.wording, variant);
          expect(clause).toMatch(/^[A-Z{].*[^.]\.$/s);
          expect(clause).not.toMatch(/[{}]|undefined|NaN|-\d+ slots|at (at|no) /);
        }
      }
    });

    it('does not propose the same twice', () => {
      for (const { rule, from } of proposals(id, 0.05)) {
        const entry = pack.palette.find((one) => one.id === id);
        const rules = [...from.context.rules, rule];

        const again = entry?.propose({ ...from.context, rules, rng: createRng(`${from.seed}/${id}`), slack: 0.05 });

        expect(again?.constraint).not.toEqual(rule.constraint);
      }
    });
  });

  it('says nothing that can be read in two ways, or whose verb depends on a number', () => {
    const clauses = (id: string): string[] =>
      proposals(id, 0.05).flatMap(({ rule }) =>
        [0, 1, 2].map((variant) => toClause(rule.constraint, rule.wording, variant)),
      );

    for (const clause of pack.palette.flatMap(({ id }) => clauses(id)))
      expect(clause).not.toMatch(
        /(?<!must )(?:lie|pass)(?:es)? (?:at least|no more)|starts of any .* lie|of the machine that does \S+ and|run there|on it without|only \d+ .* (?:are|is) |in today/,
      );
    for (const clause of clauses('transfers')) expect(clause).toMatch(/from .* to .* or from .* to /);
    for (const clause of clauses('staggered')) expect(clause).toMatch(/ apart/);
  });

  it('says that loads are equal where they may not differ', () => {
    for (const { rule } of proposals('balanced', 0.05)) {
      const node = { ...(rule.constraint as Node<'balance'>), spread: 0 };
      for (let variant = 0; variant < 2; variant++) expect(toClause(node, rule.wording, variant)).toMatch(/ equal\.$/);
    }
  });

  it('gives tiers that cover 0 and above without gap or overlap', () => {
    const tiers = pack.palette.flatMap(({ id }) => proposals(id, 0.05)).map(({ rule }) => rule.constraint);
    const cuts = tiers.flatMap((constraint) => (constraint.kind === 'tier' ? [constraint.tiers] : []));

    expect(cuts.length).toBeGreaterThan(10);
    for (const list of cuts) {
      expect(list[0]?.from).toBe(0);
      expect(list.at(-1)?.until).toBeNull();
      list.slice(1).forEach(({ from }, at) => {
        expect(from).toBe(list[at]?.until);
        expect(from).toBeGreaterThan(list[at]?.from as number);
      });
    }
  });

  it('gives the witness itself as bound without slack', () => {
    for (const { rule, from } of proposals('total-cost', 0)) {
      if (rule.constraint.kind !== 'aggregate') throw new Error('the total cost is a sum');
      const tighter = from.bind({ ...rule.constraint, bound: rule.constraint.bound - 1 });

      expect(tighter.test(from.values)).toBe(false);
    }
  });
});

describe('the frame of the job shop', () => {
  it('extends the smaller frame: keys come after those that were there', () => {
    for (const seed of SEEDS) {
      const world = pack.createWorld(createRng(seed));
      const keys = [2, 3, 4, 5, 6].map(
        (size) => pack.frame(world, size, createRng(seed)).shape.parts[0]?.key.values ?? [],
      );

      expect(keys.map(({ length }) => length)).toEqual([7, 11, 14, 18, 21]);
      keys.slice(1).forEach((more, at) => {
        const fewer = keys[at] ?? [];
        expect(more.slice(0, fewer.length)).toEqual(fewer);
      });
    }
  });

  it('says every rule in every wording', () => {
    for (const { constraint, wording } of planted[0]?.context.frame.rules ?? []) {
      for (let variant = 0; variant < 4; variant++) {
        expect(toClause(constraint, wording, variant)).not.toMatch(/[{}]/);
      }
    }
  });

  it('rejects a start in the last slot for an operation that takes longer', () => {
    const { context, bind: bound, values } = planted[0] as Planted;
    const rule = context.frame.rules.find(({ id }) => id === 'shift-end') as Rule;
    const late = Int32Array.from(values, (value, slot) => (slot % 2 === 1 ? HORIZON - 1 : value));

    expect(bound(rule.constraint).test(values)).toBe(true);
    expect(bound(rule.constraint).test(late)).toBe(false);
  });
});

describe('the prompts of the job shop', () => {
  it('name the hall, every operation and the length of a slot, in different words', () => {
    const intros = planted.map(({ context: { world, frame } }, at) => {
      const { intro, lead, notes } = pack.narrate(frame, world, createRng(`prompt ${at}`));
      const text = [...intro, lead, ...notes].join('\n');
      expect(text).toContain(frame.facts.hall);
      expect(text).toContain('15 minutes');
      expect(text).not.toMatch(/undefined|NaN|[{}]/);
      for (const key of frame.shape.parts[0]?.key.values ?? []) expect(text).toContain(String(key));
      return intro[0]?.slice(0, 12);
    });

    expect(new Set(intros).size).toBeGreaterThanOrEqual(6);
  });

  it('tell that set-ups come on top of a duration, and name the slots of a short one', () => {
    const said = Array.from({ length: 60 }, (_, at) => {
      const { world, frame } = (planted[0] as Planted).context;
      return pack.narrate(frame, world, createRng(`note ${at}`)).notes.join('\n');
    });

    for (const text of said) {
      expect(text).toMatch(/slots \((?:the set-up before it is not part of that|set-ups not included)\)/);
      for (const [, from, to] of text.matchAll(/occupies the slots (\d+) to (\d+)/g))
        expect(Number(to) - Number(from)).toBeGreaterThan(1);
      expect(text).not.toMatch(/machines are otherwise free/);
    }
    expect(said.some((text) => /occupies the slots \d+ and \d+/.test(text))).toBe(true);
  });

  it('describe a name by what fits no other row of its table', () => {
    const world = pack.createWorld(createRng('describe'));
    const names = (world.rows.machine ?? []).map(({ name }) => name as string);

    for (const name of names) {
      const description = pack.describe?.(world, name, createRng(name));
      const fitting = (world.rows[description?.table ?? ''] ?? []).filter((row) =>
        Object.entries(description?.where ?? {}).every(([column, value]) => row[column] === value),
      );
      expect(fitting.map((row) => row[description?.column ?? ''])).toEqual([name]);
      expect(description?.says).not.toContain(name);
    }
    expect(pack.describe?.(world, 'nobody', createRng('x'))).toBeNull();
  });
});

describe('the levels of the job shop', () => {
  it('never ask for less than the level below', () => {
    for (const level of LEVELS.slice(1)) {
      const [below, here] = [pack.levels[(level - 1) as 1], pack.levels[level]];
      expect(here.size).toBeGreaterThanOrEqual(below.size);
      expect(here.rules).toBeGreaterThan(below.rules);
      expect(here.conditionals).toBeGreaterThanOrEqual(below.conditionals);
      expect(here.slack).toBeLessThan(below.slack);
      for (const flag of ['indirect', 'forbidGreedy', 'narrowTools'] as const) {
        expect(Number(here[flag])).toBeGreaterThanOrEqual(Number(below[flag]));
      }
    }
  });

  it('have entries enough at every level', () => {
    for (const level of LEVELS) {
      const open = pack.palette.filter(({ from }) => from <= level);
      const conditional = open.filter(({ role }) => role === 'conditional');
      expect(open.reduce((sum, { times }) => sum + times, 0)).toBeGreaterThan(2 * pack.levels[level].rules);
      expect(conditional.length).toBeGreaterThanOrEqual(pack.levels[level].conditionals);
    }
  });
});

describe('the declarations of the job shop', () => {
  it('parse', () => {
    for (const table of pack.tables) expect(() => Table.parse(table)).not.toThrow();
    for (const tool of pack.tools) expect(() => Tool.parse(tool)).not.toThrow();
    expect(pack.tools.map(({ name }) => name)).toEqual(expect.arrayContaining([...pack.aggregateTools]));
  });
});
