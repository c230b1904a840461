import { describe, expect, it } from 'vitest';
import { compareReleases, compareVersions } from './versions.ts';

describe('compareVersions', () => {
  it.each([
    ['1.9', '1.21', -1],
    ['1.21', '1.21.0', 0],
    ['1.21.3', '1.21', 1],
    ['4.0.0-beta-3', '3.9.9', 1],
    ['4.0.0-beta-3', '4.0.0', 0],
    ['3.6.3.1', '3.6.3', 0],
  ])('of %s and %s has the sign %i', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
    expect(Math.sign(compareVersions(b, a))).toBe(sign === 0 ? 0 : -sign);
  });
});

describe('compareReleases', () => {
  it('looks no further than it is told', () => {
    expect(compareReleases([3, 9, 2], [3, 9], 2)).toBe(0);
    expect(compareReleases([3, 9, 2], [3, 9])).toBeGreaterThan(0);
  });
});
