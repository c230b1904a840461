import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from './wilson.ts';

describe('wilson', () => {
  // Checked against the closed form: (p + z²/2n ± z√(p(1-p)/n + z²/4n²)) / (1 + z²/n) with z = 1.959964.
  it.each([
    [0, 0, 0, 1],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [5, 10, 0.2366, 0.7634],
    [1, 1, 0.2065, 1],
    [95, 100, 0.8882, 0.9785],
    [0, 30_000, 0, 0.0001],
  ])('gives %i of %i as [%f, %f]', (...[hits, tries, low, high]) => {
    expect(wilson(hits, tries)).toEqual({ low, high });
  });

  it('holds the share, stays within 0 and 1, and mirrors hits and misses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 5000 }), (tries, drawn) => {
        const hits = drawn % (tries + 1);
        const { low, high } = wilson(hits, tries);
        const mirrored = wilson(tries - hits, tries);

        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(hits / tries + 1e-4);
        expect(high).toBeGreaterThanOrEqual(hits / tries - 1e-4);
        expect(mirrored.low).toBeCloseTo(1 - high, 3);
      }),
    );
  });
});
