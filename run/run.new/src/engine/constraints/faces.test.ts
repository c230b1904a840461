import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArena } from '../../../test/arena/arena.ts';
import { ALL_KINDS, randomNode } from '../../../test/arena/nodes.ts';
import { Constraint } from '../../domain/constraint.ts';
import { createRng } from '../../util/rng.ts';
import { toAnswer, toValues } from '../search/answer.ts';
import { bind } from '../search/bind.ts';
import { createModel, type Model } from '../search/model.ts';
import { search } from '../search/solver.ts';
import { findNearMiss } from './near-miss.ts';

const everything = { seed: 1, nodeLimit: 1_000_000, solutions: 1_000_000 };

/** A random assignment of every slot. */
function draw(model: Model, rng: ReturnType<typeof createRng>): Int32Array {
  return Int32Array.from(model.slots, (slot) => rng.int(0, slot.labels.length - 1));
}

/** Every assignment of the slots. */
function* all(model: Model, slot = 0, values = new Int32Array(model.slots.length)): Generator<Int32Array> {
  if (slot === model.slots.length) {
    yield values;
    return;
  }
  for (let value = 0; value < (model.slots[slot]?.labels.length ?? 0); value++) {
    values[slot] = value;
    yield* all(model, slot + 1, values);
  }
}

describe.each(ALL_KINDS)('a constraint of kind %s', (kind) => {
  it('is judged alike by its check and by its test, whatever the answer', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = createRng(`faces/${kind}/${seed}`);
        const arena = createArena(rng);
        const node = Constraint.parse(randomNode(kind, rng));
        const model = createModel(arena.shape, arena.rows);
        const bound = bind(model, node);
        for (let i = 0; i < 12; i++) {
          const values = draw(model, rng);
          const answer = toAnswer(model, values);

          expect(toValues(model, answer)).toEqual(values);
          expect({ node, answer, holds: bound.test(values) }).toEqual({
            node,
            answer,
            holds: !arena.violates(node, answer),
          });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('loses no solution to propagation and lets no other through', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = createRng(`prune/${kind}/${seed}`);
        const arena = createArena(rng);
        const model = createModel(arena.shape, { ...arena.rows, item: (arena.rows.item ?? []).slice(0, 2) });
        const bounds = [randomNode(kind, rng), randomNode(rng.pick(ALL_KINDS), rng)].map((node) => bind(model, node));

        let expected = 0;
        for (const values of all(model)) if (bounds.every((bound) => bound.test(values))) expected++;
        const found = search(model, bounds, everything);

        expect(found.complete).toBe(true);
        expect(found.solutions.length).toBe(expected);
      }),
      { numRuns: 12 },
    );
  });

  it('has near misses that break it and nothing else', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = createRng(`miss/${kind}/${seed}`);
        const arena = createArena(rng);
        const model = createModel(arena.shape, arena.rows);
        const node = randomNode(kind, rng);
        const [target, other] = [bind(model, node), bind(model, randomNode(rng.pick(ALL_KINDS), rng))];
        const { solutions } = search(model, [target, other], { ...everything, solutions: 1 });

        const miss = findNearMiss({ model, target, others: [other] }, { rng, nodeLimit: 5000, ways: 40, solutions });

        if (miss.kind === 'found') expect([target.test(miss.values), other.test(miss.values)]).toEqual([false, true]);
        for (let i = 0; miss.kind === 'implied' && i < 500; i++) {
          const values = draw(model, rng);
          if (other.test(values)) expect(target.test(values)).toBe(true);
        }
      }),
      { numRuns: 10 },
    );
  });
});
