import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderAndAbove, folderOf, isBelow, join, mostCommon, nearest, relativeTo } from './paths.ts';

describe('paths', () => {
  it('finds the nearest manifest above a file', () => {
    const paths = new Set(['package.json', 'packages/a/package.json']);

    expect(nearest('packages/a/src/x.ts', ['package.json'], paths)).toBe('packages/a');
    expect(nearest('packages/b/src/x.ts', ['package.json'], paths)).toBe('');
    expect(nearest('x.py', ['setup.py'], paths)).toBeUndefined();
  });

  it('names a file from a folder above it, and back', () => {
    const name = fc.stringMatching(/^[a-z]{1,3}$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (segments) => {
        const path = segments.join('/');
        for (const folder of folderAndAbove(folderOf(path))) {
          expect(isBelow(folder, path)).toBe(true);
          expect(join(folder, relativeTo(folder, path))).toBe(path);
        }
      }),
    );
  });

  it('takes the folder that most are in', () => {
    expect(mostCommon(['a', 'b', 'b'])).toBe('b');
    expect(mostCommon(['aa', 'b'])).toBe('b');
    expect(mostCommon([])).toBeUndefined();
  });
});
