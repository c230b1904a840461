import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArena } from '../../../test/arena/arena.ts';
import { ALL_KINDS, randomNode } from '../../../test/arena/nodes.ts';
import { createRng } from '../../util/rng.ts';
import { type Bound, bind } from './bind.ts';
import { createModel, type Model } from './model.ts';
import { type SearchOptions, search } from './solver.ts';

const options: SearchOptions = { seed: 1, nodeLimit: 100_000, solutions: 1 };

/** Every assignment of the slots, each a fresh array. */
function everything(model: Model): Int32Array[] {
  let all: number[][] = [[]];
  for (const slot of model.slots) all = all.flatMap((head) => slot.labels.map((_, value) => [...head, value]));
  return all.map((values) => Int32Array.from(values));
}

interface Puzzle {
  readonly model: Model;
  readonly bounds: readonly Bound[];
  readonly expected: readonly string[];
}

/** A world small enough for brute force with some random rules over it. */
function draw(seed: number, rules = 3): Puzzle {
  const rng = createRng(`solver/${seed}`);
  const arena = createArena(rng);
  const [days] = arena.shape.parts;
  if (!days) throw new Error('no part');
  const fields = days.fields.map((field) =>
    field.name === 'start' ? { ...field, domain: { min: 0, max: 2 } } : field,
  );
  const shape = { parts: [{ ...days, fields }, ...arena.shape.parts.slice(1)] };
  const model = createModel(shape, { ...arena.rows, item: (arena.rows.item ?? []).slice(0, 2) });
  const bounds = Array.from({ length: rules }, () => bind(model, randomNode(rng.pick(ALL_KINDS), rng)));
  const expected = everything(model).filter((values) => bounds.every((bound) => bound.test(values)));
  return { model, bounds, expected: expected.map(String) };
}

const seeds = fc.integer({ min: 0, max: 1e6 });

describe('search', () => {
  it('finds every solution exactly once, in any order of search', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, reversed) => {
        const { model, bounds, expected } = draw(seed);
        const found = search(model, bounds, { ...options, seed, solutions: 1e6, reversed });

        expect(found.complete).toBe(true);
        expect(found.solutions.map(String).sort()).toEqual([...expected].sort());
      }),
      { numRuns: 25 },
    );
  });

  it('finds a solution where there is one, and proves that there is none where there is none', () => {
    fc.assert(
      fc.property(seeds, fc.nat(3), (seed, way) => {
        const { model, bounds, expected } = draw(seed, 5);
        const prefer = Int32Array.from(model.slots, () => 0);
        const ways: Partial<SearchOptions>[] = [
          {},
          { reversed: true },
          { prefer },
          { first: [model.slots.length - 1] },
        ];
        const { solutions, complete } = search(model, bounds, { ...options, seed, ...ways[way] });

        if (expected.length === 0) expect({ solutions, complete }).toEqual({ solutions: [], complete: true });
        else expect(expected).toContain(String(solutions[0]));
      }),
      { numRuns: 40 },
    );
  });

  it('gives a solution back that it is told to prefer', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model, bounds, expected } = draw(seed);
        fc.pre(expected.length > 0);
        const prefer = Int32Array.from(String(expected[seed % expected.length]).split(','), Number);

        expect(search(model, bounds, { ...options, prefer }).solutions[0]).toEqual(prefer);
      }),
      { numRuns: 25 },
    );
  });

  it('does the same for the same seed', () => {
    const { model, bounds } = draw(7, 1);
    const twice = [0, 1].map(() => search(model, bounds, { ...options, seed: 42 }));

    expect(twice[0]).toEqual(twice[1]);
  });

  it('stops at the number of solutions that was asked for, and does not call that complete', () => {
    const { model } = draw(1);
    const { solutions, complete } = search(model, [], { ...options, solutions: 5 });

    expect(new Set(solutions.map(String)).size).toBe(5);
    expect(complete).toBe(false);
  });

  it('gives up at the node limit without calling that a proof', () => {
    const { model, bounds } = pigeons(9, 8);
    const { solutions, complete, nodes } = search(model, bounds, { ...options, nodeLimit: 300 });

    expect({ found: solutions.length, complete }).toEqual({ found: 0, complete: false });
    expect(nodes).toBeLessThanOrEqual(301);
  });

  it('proves what needs many restarts', () => {
    const { model, bounds } = pigeons(6, 5);
    const { solutions, complete, nodes } = search(model, bounds, options);

    expect({ found: solutions.length, complete }).toEqual({ found: 0, complete: true });
    expect(nodes).toBeGreaterThan(150);
  });

  it('proves a contradiction without a single node', () => {
    const { model } = draw(1);
    const never = bind(model, {
      kind: 'each',
      part: 'days',
      field: 'start',
      condition: { attr: {}, op: '>', values: [99] },
    });

    expect(search(model, [never], options)).toEqual({ solutions: [], complete: true, nodes: 0, backtracks: 0 });
  });
});

/** More pigeons than holes: no solution, and nothing that propagation of pairs sees before the end. */
function pigeons(count: number, holes: number): { model: Model; bounds: Bound[] } {
  const values = Array.from({ length: count }, (_, i) => `p${i}`);
  const field = { name: 'hole', says: 'hole', domain: { min: 1, max: holes } };
  const model = createModel(
    { parts: [{ name: 'days', key: { field: 'day', says: 'pigeon', values }, fields: [field] }] },
    {},
  );
  return {
    model,
    bounds: [bind(model, { kind: 'spacing', terms: [{ part: 'days', field: 'hole', attr: {} }], gap: 1 })],
  };
}
