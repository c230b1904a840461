import { describe, expect, it } from 'vitest';
import type { Op } from '../../../domain/constraint.ts';
import type { Unit } from '../../../domain/world.ts';
import { limit, PHRASES, TIME_PHRASES } from '../../../engine/constraints/says/format.ts';
import { mentionsOf } from './mentions.ts';

const opsOf = (clause: string, value: number, unit: Unit | null = 'count') =>
  mentionsOf(clause, value, unit).map(({ ops }) => ops);

describe('mentionsOf', () => {
  it.each<[string, number, Op[] | null]>([
    ['the sum is at most 7', 7, ['<=']],
    ['No operation starts in a slot later than slot 28', 28, ['>', '<=']],
    ['in no slot do the operations draw more than 9 together', 9, ['>', '<=']],
    ['the stars are not above 9', 9, ['<=']],
    ['the stars are above 9', 9, ['>']],
    ['it does not start before slot 6 (07:00)', 6, ['>=']],
    ['it starts in slot 5 or later, and before slot 10', 5, ['>=']],
    ['it starts in slot 5 or later, and before slot 10', 10, ['<']],
    ['2 mm of rain or more', 2, ['>=']],
    ['they differ by 1 slot at most between any two', 1, ['<=']],
    ['the total lies between -3 and 48, both included', -3, ['>=']],
    ['the total lies between -3 and 48, both included', 48, ['<=']],
    ['due no later than 10 slots before the end', 10, ['>=']],
    ['whatever is exceeding nothing, at no moment may it exceed 4', 4, ['>', '<=']],
    ['at most four', 4, ['<=']],
    ['on day 4', 4, null],
  ])('reads in "%s" of %s %s', (clause, value, ops) => {
    expect(opsOf(clause, value)).toEqual([ops]);
  });

  it.each<[number, Unit, string]>([
    [34950, 'money:EUR', '349.50 EUR'],
    [870, 'clock', '14:30'],
    [42, 'tenths', '4.2'],
    [30, 'minutes', '30 minutes'],
    [5, 'plain:slots', '5 slots'],
  ])('knows %s %s where it is written "%s", and in no other unit', (value, unit, text) => {
    const units: Unit[] = ['money:EUR', 'money:USD', 'clock', 'tenths'];

    expect(opsOf(`at most ${text}`, value, unit)).toEqual([['<=']]);
    for (const other of units.filter((one) => one !== unit)) expect(opsOf(`at most ${text}`, value, other)).toEqual([]);
  });

  it.each(['13.5', '113', '2013-04-13', '13:00', 'X-13', '13,000', '1.13'])('takes no part of %s for 13', (text) => {
    expect(opsOf(`at most ${text} of them`, 13)).toEqual([]);
  });

  it('reads every phrase of the engine as what it says, and as nothing else', () => {
    const said = (
      [
        ['count', PHRASES],
        ['clock', TIME_PHRASES],
      ] as const
    ).flatMap(([unit, phrases]) =>
      (Object.keys(phrases) as Op[]).flatMap((op) =>
        phrases[op].map((_, variant) => ({
          op,
          ops: opsOf(`It is ${limit({ op, bound: 731 }, unit, variant)}`, 731, unit),
        })),
      ),
    );

    for (const { op, ops } of said.filter((one) => one.op !== '<>')) expect(ops).toEqual([[op]]);
  });
});
