import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArena } from '../../../test/arena/arena.ts';
import { ALL_KINDS, randomNode } from '../../../test/arena/nodes.ts';
import { Constraint } from '../../domain/constraint.ts';
import { createRng } from '../../util/rng.ts';
import { bind } from '../search/bind.ts';
import { createModel } from '../search/model.ts';
import { tighten } from './tighten.ts';

const terms = [{ part: 'days', field: 'item', attr: {} }];
const sum = (op: '<' | '<=' | '=' | '<>' | '>=' | '>', bound: number): Constraint => ({
  kind: 'aggregate',
  fn: 'sum',
  terms,
  op,
  bound,
});

describe('tighten', () => {
  it.each<[Constraint, number, number]>([
    [sum('<=', 100), 0.05, 95],
    [sum('<', 100), 0.05, 95],
    [sum('>=', 100), 0.05, 105],
    [sum('>', 100), 0.05, 105],
    [sum('<=', 3), 0.05, 2],
    [sum('<=', 0), 0.05, -1],
    [sum('<=', -100), 0.05, -105],
    [sum('<=', 34_567), 0.05, 32_867],
    [sum('<=', 3456), 0.05, 3286],
  ])('moves the bound of %j by %f to %i', (node, share, bound) => {
    expect(tighten(node, share)).toEqual({ ...node, bound });
  });

  it.each<[string, Constraint]>([
    ['an equation', sum('=', 5)],
    ['an inequation', sum('<>', 5)],
    ['no bound at all', { kind: 'all-different', terms }],
    ['no room left in a window', { kind: 'window', terms, from: 3, until: 4 }],
    ['a spread of nothing', { kind: 'balance', terms, values: ['a', 'b'], spread: 0 }],
    ['a condition', { kind: 'each', part: 'days', field: 'item', condition: { attr: {}, op: '<=', values: [3] } }],
  ])('leaves %s alone', (_, node) => {
    expect(tighten(node, 0.05)).toBeNull();
  });

  it.each(ALL_KINDS)('never lets an answer pass that the looser constraint refused: %s', (kind) => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.01, max: 0.5, noNaN: true }), (seed, share) => {
        const rng = createRng(`tighten/${kind}/${seed}`);
        const arena = createArena(rng);
        const model = createModel(arena.shape, arena.rows);
        const node = randomNode(kind, rng);
        const tighter = tighten(node, share);
        if (!tighter) return;
        const [loose, tight] = [bind(model, node), bind(model, Constraint.parse(tighter))];

        expect(tighter).not.toEqual(node);
        for (let i = 0; i < 20; i++) {
          const values = Int32Array.from(model.slots, (slot) => rng.int(0, slot.labels.length - 1));
          if (tight.test(values)) expect({ node, tighter, holds: loose.test(values) }).toMatchObject({ holds: true });
        }
      }),
      { numRuns: 40 },
    );
  });
});
