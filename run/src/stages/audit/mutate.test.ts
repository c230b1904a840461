import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArena } from '../../../test/arena/arena.ts';
import { toAnswer, toValues } from '../../engine/search/answer.ts';
import { createModel } from '../../engine/search/model.ts';
import { createRng } from '../../util/rng.ts';
import { strangersOf, structuralMutants } from './misfits.ts';
import { mutantsOf } from './mutate.ts';

function draw(seed: string) {
  const rng = createRng(seed);
  const arena = createArena(rng);
  const model = createModel(arena.shape, arena.rows);
  const solution = Int32Array.from(model.slots, (slot) => rng.int(0, slot.labels.length - 1));
  return { model, solution, rng };
}

/** By how much each slot differs that does. */
const movesOf = (before: Int32Array, after: Int32Array): number[] =>
  Array.from(after, (value, slot) => value - (before[slot] ?? 0)).filter((by) => by !== 0);

/** What is known of the moves of an operator; one of any size where nothing is said. */
const MOVES: Readonly<Record<string, unknown[]>> = {
  permute: [expect.any(Number), expect.any(Number)],
  'one-more': [1],
  'one-less': [-1],
};

describe('mutantsOf', () => {
  it('gives well-formed answers that differ from the solution, in one slot or by an exchange', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const { model, solution, rng } = draw(seed);
        for (const { operator, values } of mutantsOf(model, solution, rng)) {
          const moves = movesOf(solution, values);

          expect(toValues(model, toAnswer(model, values))).toEqual(values);
          expect(moves).toEqual(MOVES[operator] ?? [expect.any(Number)]);
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

    expect(mutants.length).toBeGreaterThan(15);
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
    expect(texts.get('a row in place of another')).toMatchObject([{ day: 'mon' }, { day: 'mon' }]);
  });
});

describe('strangersOf', () => {
  const stall = { name: 'stall', says: 'stall', domain: { table: 'stall', column: 'name' } };
  const shapeOf = (...values: string[]) => ({
    parts: [{ name: 'my_days', key: { field: 'day', says: 'day', values }, fields: [stall] }],
  });
  const ask = (first: string) =>
    strangersOf(
      [
        { day: 'mon', stall: first },
        { day: 'tue', stall: 'Bob' },
      ],
      shapeOf('mon', 'tue'),
    ).map(({ operator, check, text }) => [operator, check, JSON.parse(text)[operator.includes('row') ? 1 : 0]]);

  it('says which integrity check has to name each', () => {
    expect(ask('Ada')).toEqual([
      ['a row in place of another', 'once-my-days', { day: 'mon', stall: 'Bob' }],
      ['a name that does not exist', 'known-my-days-stall', { day: 'mon', stall: 'Ada (closed)' }],
      ['a name with a blank behind it', 'known-my-days-stall', { day: 'mon', stall: 'Ada ' }],
      ['a name in other letters', 'known-my-days-stall', { day: 'mon', stall: 'ADA' }],
    ]);
  });

  it('leaves out what would be the name itself, and a second row where there is one only', () => {
    expect(ask('310').map(([operator]) => operator)).not.toContain('a name in other letters');
    expect(strangersOf([{ day: 'mon', stall: 'Ada' }], shapeOf('mon')).map((one) => one.check)).not.toContain(
      'once-my-days',
    );
  });
});
