import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPoetryVersion, isAllowed } from './specifier.ts';

describe('isAllowed', () => {
  it.each([
    ['>=3.8', [3, 9, 2], true],
    ['>=3.8,<3.11', [3, 11, 2], false],
    ['>=2.7, !=3.0.*, !=3.9.*', [3, 9, 2], false],
    ['~=3.8', [3, 11, 2], true],
    ['~=3.8.1', [3, 9, 2], false],
    ['==3.9.*', [3, 9, 2], true],
    ['<=3.9', [3, 9, 2], true],
    ['>3.9', [3, 9, 2], false],
    ['nonsense', [3, 9, 2], true],
  ])('%s of %j: %s', (specifier, release, expected) => {
    expect(isAllowed(specifier, release)).toBe(expected);
  });

  it('allows everything where nothing is said', () => {
    expect(isAllowed(undefined, [3, 9, 2])).toBe(true);
  });
});

describe('fromPoetryVersion', () => {
  it.each([
    ['^1.2', '>=1.2,<2'],
    ['^0.3.1', '>=0.3.1,<0.4'],
    ['~1.2.3', '>=1.2.3,<1.3'],
    ['~1', '>=1,<2'],
    ['*', ''],
    ['1.0', '==1.0'],
    ['>=1,<2', '>=1,<2'],
    ['>= 1.0 || ^2.0', '>=2.0,<3'],
  ])('%s is %s', (version, expected) => expect(fromPoetryVersion(version)).toBe(expected));

  it('keeps the version that a caret names within it, and the next major out', () => {
    const number = fc.nat(30);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), number, number, (major, minor, patch) => {
        const specifier = fromPoetryVersion(`^${major}.${minor}.${patch}`);

        expect(isAllowed(specifier, [major, minor, patch])).toBe(true);
        expect(isAllowed(specifier, [major + 1, 0, 0])).toBe(false);
      }),
    );
  });
});
