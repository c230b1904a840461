import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArena } from '../../../test/arena/arena.ts';
import { toAnswer, toValues } from '../../engine/search/answer.ts';
import { createModel } from '../../engine/search/model.ts';
import { createRng } from '../../util/rng.ts';
import { mutantsOf, structuralMutants } from './mutate.ts';

function draw(seed: string) {
  const rng = createRng(seed);
  const arena = createArena(rng);
  const model = createModel(arena.shape, arena.rows);
  const solution = Int32Array.from(model.slots, (slot) => rng.int(0, slot.labels.length - 1));
  return { model, solution, rng };
}

describe('mutantsOf', () => {
  it('gives well-formed answers that differ from the solution, in one slot or by an exchange', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const { model, solution, rng } = draw(seed);
        for (const { operator, values } of mutantsOf(model, solution, rng)) {
          const changed = model.slots.filter(({ index }) => values[index] !== solution[index]);

          expect(toValues(model, toAnswer(model, values))).toEqual(values);
          expect(changed.length).toBe(operator === 'permute' ? 2 : 1);
          if (operator.startsWith('one-'))
            expect(Math.abs((values[changed[0]?.index ?? 0] ?? 0) - (solution[changed[0]?.index ?? 0] ?? 0))).toBe(1);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('leaves the solution as it is, and uses every operator somewhere', () => {
    const { model, solution, rng } = draw('one');
    const before = [...solution];
    const operators = new Set(
      Array.from({ length: 20 }, () => mutantsOf(model, solution, rng))
        .flat()
        .map((mutant) => mutant.operator),
    );

    expect([...solution]).toEqual(before);
    expect([...operators].sort()).toEqual([
      'duplicate',
      'one-less',
      'one-more',
      'permute',
      'random-number',
      'swap-entity',
    ]);
  });
});

describe('structuralMutants', () => {
  it('gives texts of JSON that stand for no assignment, but for a field too many', () => {
    const { model, solution } = draw('two');
    const answer = toAnswer(model, solution);
    const mutants = structuralMutants(answer).filter(({ operator }) => operator !== 'a field too many');

    expect(mutants.length).toBeGreaterThan(20);
    for (const { operator, text } of mutants)
      expect({ operator, values: toValues(model, JSON.parse(text)) }).toEqual({ operator, values: null });
  });

  it('works on answers of one list as well', () => {
    const mutants = structuralMutants([
      { day: 'mon', stall: 'Ada', start: 3 },
      { day: 'tue', stall: 'Bob', start: 4 },
    ]);
    const texts = new Map(mutants.map(({ operator, text }) => [operator, JSON.parse(text)]));

    expect(texts.get('a row dropped')).toEqual([{ day: 'tue', stall: 'Bob', start: 4 }]);
    expect(texts.get('a name in other letters')).toMatchObject([{ stall: 'ADA' }, {}]);
    expect(texts.get('a row in place of another')).toMatchObject([{ day: 'mon' }, { day: 'mon' }]);
  });
});
