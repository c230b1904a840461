import { describe, expect, it } from 'vitest';
import { onePinEach } from './finding.ts';

describe('onePinEach', () => {
  it.each([
    [
      ['a==1', 'b', 'A == 2'],
      ['b', 'A == 2'],
    ],
    [['a[x]==1', 'a==2'], ['a==2']],
    // Ranges can be met together, and conditions can leave one of two.
    [
      ['a>=1', 'a==2'],
      ['a>=1', 'a==2'],
    ],
    [
      ["a==1; python_version < '3'", 'a==2'],
      ["a==1; python_version < '3'", 'a==2'],
    ],
  ])('makes of %j %j', (items, expected) => {
    expect(onePinEach(items)).toEqual(expected);
  });
});
