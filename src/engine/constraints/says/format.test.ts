import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Literal, Op } from '../../../domain/constraint.ts';
import type { Unit } from '../../../domain/world.ts';
import { either, formatValue, limit, PHRASES, TIME_PHRASES } from './format.ts';

describe('formatValue', () => {
  it.each<[Literal, Unit, string]>([
    [34950, 'money:EUR', '349.50 EUR'],
    [5, 'money:CHF', '0.05 CHF'],
    [0, 'money:EUR', '0.00 EUR'],
    [-250, 'money:EUR', '-2.50 EUR'],
    [870, 'clock', '14:30'],
    [0, 'clock', '00:00'],
    [1439, 'clock', '23:59'],
    [42, 'tenths', '4.2'],
    [5, 'tenths', '0.5'],
    [-5, 'tenths', '-0.5'],
    [100, 'tenths', '10.0'],
    [45, 'minutes', '45 minutes'],
    [1, 'minutes', '1 minute'],
    [3, 'plain:crew members', '3 crew members'],
    [1, 'plain:crew members', '1 crew member'],
    [-1, 'plain:degrees Celsius', '-1 degree Celsius'],
    [1, 'plain:kWh', '1 kWh'],
    [7, 'count', '7'],
    [-7, 'count', '-7'],
    ['Zürich', 'text', 'Zürich'],
    ['2026-05-01', 'date', '2026-05-01'],
    ['12', 'money:EUR', '12'],
  ])('writes %s in %s as %s', (value, unit, expected) => {
    expect(formatValue(value, unit)).toBe(expected);
  });

  it('writes money and tenths so that reading them back gives the integer again', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (value) => {
        expect(Math.round(Number(formatValue(value, 'money:EUR').split(' ')[0]) * 100)).toBe(value);
        expect(Math.round(Number(formatValue(value, 'tenths')) * 10)).toBe(value);
      }),
    );
  });
});

describe('limit', () => {
  const OPS = Object.keys(PHRASES) as Op[];

  it.each<[Op, Literal, Unit, number, string]>([
    ['<=', 35000, 'money:EUR', 0, 'at most 350.00 EUR'],
    ['<=', 35000, 'money:EUR', 1, 'no more than 350.00 EUR'],
    ['<', 42, 'tenths', 0, 'less than 4.2'],
    ['=', 3, 'count', 5, 'exactly 3'],
    ['<>', 3, 'count', 0, 'anything but 3'],
    ['>=', 30, 'minutes', 0, 'at least 30 minutes'],
    ['>', 2, 'plain:stars', 0, 'more than 2 stars'],
    ['<', 870, 'clock', 0, 'before 14:30'],
    ['<=', 870, 'clock', 0, 'no later than 14:30'],
    ['<=', 870, 'clock', 1, '14:30 at the latest'],
    ['>=', 870, 'clock', 1, '14:30 at the earliest'],
    ['>', '2026-05-01', 'date', 0, 'after 2026-05-01'],
  ])('says %s %s in %s, variant %s, as "%s"', (...[op, bound, unit, variant, expected]) => {
    expect(limit({ op, bound }, unit, variant)).toBe(expected);
  });

  it('says the bound in every variant, and never the same phrase for two operators', () => {
    for (const unit of ['count', 'clock'] as const) {
      const said = OPS.flatMap((op) =>
        (unit === 'clock' ? TIME_PHRASES : PHRASES)[op].map(
          (_, variant) => [op, limit({ op, bound: 61 }, unit, variant)] as const,
        ),
      );

      for (const [, text] of said) expect(text).toContain(formatValue(61, unit));
      expect(new Set(said.map(([, text]) => text)).size).toBe(said.length);
    }
  });
});

describe('either', () => {
  it.each([
    [[], ''],
    [['A'], 'A'],
    [['A', 'B'], 'A or B'],
    [['A', 'B', 'C'], 'A, B or C'],
  ])('joins %j as "%s"', (values, expected) => {
    expect(either(values)).toBe(expected);
  });

  it('joins by the word it is given', () => {
    expect(either(['A', 'B', 'C'], 'nor')).toBe('A, B nor C');
  });
});
