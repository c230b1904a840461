import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupBy, largest, median, quantile, spread, sum } from './statistics.ts';

describe('quantile', () => {
  it.each([
    [0.5, [3, 1, 2], 2],
    [0.5, [4, 1, 3, 2], 2],
    [0.99, [1, 2, 3, 100], 100],
    [0, [5, 7], 5],
    [1, [5, 7], 7],
    [0.5, [], Number.NaN],
  ])('%s of %j is %s', (share, values, expected) => {
    expect(quantile(values, share)).toBe(expected);
  });

  it('is one of the values and leaves them as they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const before = [...values];

          expect(values).toContain(quantile(values, share));
          expect(values).toEqual(before);
        },
      ),
    );
  });
});

describe('the other figures', () => {
  it('know what to say of nothing', () => {
    expect([sum([]), largest([]), median([])]).toEqual([0, -Infinity, Number.NaN]);
  });

  it('spread takes values evenly, in order, and never more than there are', () => {
    expect(spread([1, 2, 3, 4, 5, 6], 3)).toEqual([1, 3, 5]);
    expect(spread([1, 2], 3)).toEqual([1, 2]);
  });

  it('groupBy keeps the order in which names come', () => {
    expect([...groupBy(['b1', 'a1', 'b2'], (one) => one.charAt(0))]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ]);
  });
});
