import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffFile } from '../../test/fakes/line-diff.ts';
import { createToyStack } from '../../test/fakes/toy-stack.ts';
import { parsePatch } from '../engine/patch/parse-patch.ts';
import { createProtection, filterAnswer, protectedGold, testFoldersOf } from './protect.ts';

const stack = createToyStack();
const added = (...paths: readonly string[]) =>
  paths.map((path) => diffFile(path, undefined, `text of ${path}\n`)).join('');
const pathsOf = (patch: string) => parsePatch(patch).map(({ path }) => path);
const basePaths = ['src/a.py', 'src/b.py', 'tests/test_a.py', 'tests/data.json', 'checks/test_c.py'];
const testPatch = diffFile('tests/test_a.py', 'a\n', 'b\n') + added('samples/input.txt');
const script = 'node scripts/all.js; node scripts/fixed.js';
const given = {
  recipe: { folder: '', test: { files: script, package: script, all: script } },
  goldPatch: diffFile('scripts/fixed.js', 'a\n', 'b\n'),
};
const protection = createProtection({ ...given, testFolders: testFoldersOf(basePaths), testPatch }, stack);

describe('createProtection', () => {
  it.each([
    ['src/a.py', false],
    ['src/new.py', false],
    ['README.md', false],
    ['tests/test_a.py', true],
    ['tests/test_new.py', true],
    ['tests/conftest.py', true],
    ['src/test_hidden.py', true],
    // The test patch brings it, whatever its name.
    ['samples/input.txt', true],
    ['samples/other.txt', false],
    // The stack's own.
    ['runner.cfg', true],
    // Git writes files of tests with the characters that these ask for.
    ['.gitattributes', true],
    ['src/.gitattributes', true],
    // The test command calls both; one is what the fix is about.
    ['scripts/all.js', true],
    ['scripts/fixed.js', false],
  ])('of %s is %s', (path, expected) => expect(protection.has(path)).toBe(expected));

  it('holds for both names of a file that the test patch renames', () => {
    const renamed = 'diff --git a/old.txt b/new.txt\nsimilarity index 100%\nrename from old.txt\nrename to new.txt\n';
    const { has } = createProtection({ ...given, testFolders: [], testPatch: renamed }, stack);

    expect(['old.txt', 'new.txt', 'third.txt'].map(has)).toEqual([true, true, false]);
  });
});

describe('filterAnswer', () => {
  it('drops what is protected, and says so', () => {
    const patch = added('src/c.py', 'tests/test_a.py', 'runner.cfg');

    const filtered = filterAnswer({ patch }, protection);

    expect(filtered?.dropped).toEqual(['runner.cfg', 'tests/test_a.py']);
    expect(filtered?.patch).toBe(added('src/c.py'));
  });

  it('does so with files that are laid over the tree', () => {
    const overlay = { 'src/c.py': 'x', 'runner.cfg': 'all-pass', 'tests/test_a.py': null };

    const filtered = filterAnswer({ patch: '', overlay }, protection);

    expect(filtered).toEqual({ patch: '', overlay: { 'src/c.py': 'x' }, dropped: ['runner.cfg', 'tests/test_a.py'] });
  });

  it('drops a protected file that is renamed out of the way', () => {
    const patch =
      'diff --git a/runner.cfg b/src/c.py\nsimilarity index 100%\nrename from runner.cfg\nrename to src/c.py\n';

    expect(filterAnswer({ patch }, protection)).toMatchObject({ patch: '', dropped: ['src/c.py'] });
  });

  it.each(['../outside.py', '.git/hooks/post-checkout', 'src/.GIT/config', '/etc/passwd', 'a/../../b'])(
    'never lays %s',
    (path) => {
      expect(filterAnswer({ patch: '', overlay: { [path]: 'x' } }, protection)).toMatchObject({
        overlay: {},
        dropped: [path],
      });
      expect(filterAnswer({ patch: added(path) }, protection)?.patch ?? '').toBe('');
    },
  );

  it('takes an empty answer, and refuses what is no patch', () => {
    expect(filterAnswer({ patch: '' }, protection)).toEqual({ patch: '', overlay: {}, dropped: [] });
    expect(
      filterAnswer({ patch: 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ nonsense @@\n' }, protection),
    ).toBeUndefined();
  });

  it('parts every answer in what is taken over and what is dropped', () => {
    const path = fc.constantFrom(
      'src/a.py',
      'src/z.py',
      'tests/test_a.py',
      'runner.cfg',
      'doc.md',
      'samples/input.txt',
    );
    fc.assert(
      fc.property(fc.uniqueArray(path), (paths) => {
        const filtered = filterAnswer({ patch: added(...paths) }, protection);
        const taken = pathsOf(filtered?.patch ?? '');
        expect([...taken, ...(filtered?.dropped ?? [])].toSorted()).toEqual(paths.toSorted());
        expect(taken.some(protection.has)).toBe(false);
        expect(filtered?.dropped.every(protection.has)).toBe(true);
      }),
    );
  });
});

describe('protectedGold', () => {
  it('is what the gold patch changes where answers may not', () => {
    expect(pathsOf(protectedGold(added('src/c.py', 'runner.cfg', 'tests/conftest.py'), protection))).toEqual([
      'runner.cfg',
      'tests/conftest.py',
    ]);
    expect(protectedGold('', protection)).toBe('');
  });
});
