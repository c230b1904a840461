import { describe, expect, it } from 'vitest';
import { parsePatch } from '../../../engine/patch/parse-patch.ts';
import { splitPatch } from './split-patch.ts';

const facts = { testBearing: new Set(['test']) };
const noTexts = async () => ({ before: '', after: '' });

interface Change {
  readonly path: string;
  readonly added: readonly string[];
  readonly isNew?: boolean;
}

function diffOf({ path, added, isNew = false }: Change): string {
  const lines = [...(isNew ? [] : [' kept']), ...added.map((line) => `+${line}`)];
  const range = isNew ? `@@ -0,0 +1,${added.length} @@` : `@@ -1,1 +1,${added.length + 1} @@`;
  const before = isNew ? ['new file mode 100644', '--- /dev/null'] : [`--- a/${path}`];
  return [`diff --git a/${path} b/${path}`, ...before, `+++ b/${path}`, range, ...lines, ''].join('\n');
}

async function split(...changes: readonly Change[]) {
  const found = await splitPatch(parsePatch(changes.map(diffOf).join('')), facts, noTexts);
  if ('reason' in found) return found;
  return Object.fromEntries(
    found.files.map(({ patch, class: fileClass, isSplit }) => [
      patch.path,
      isSplit ? `${fileClass}, parted` : fileClass,
    ]),
  );
}

describe('splitPatch', () => {
  it.each([
    ['test/acceptance/utils.js', "  it('gives the length', function () {", 'test'],
    ['test/acceptance/utils.js', 'exports.run = (fn) => fn();', 'test-support'],
    ['test/fixtures/utils.js', "it('is run by a test', () => {});", 'test-support'],
    ['test/util.ts', 'describe.skip("a thing", () => {', 'test'],
    ['test/helpers.cpp', 'TEST(Suite, Name) {', 'test'],
    ['test/testdata/helpers.c', 'START_TEST(name)', 'test-support'],
    ['test/utils.py', 'def test_it():', 'test'],
  ])('takes %s with %j for a %s', async (path, line, expected) => {
    expect(await split({ path, added: [line] })).toEqual({ [path]: expected });
  });

  it('parts the line of a build file that registers a test', async () => {
    const build = { path: 'CMakeLists.txt', added: ['add_test(parser parser_test)'] };

    const found = await split(build, { path: 'test/parser_test.c', added: ['int x;'], isNew: true });

    expect(found).toEqual({ 'CMakeLists.txt': 'test-support', 'test/parser_test.c': 'test' });
  });

  it('leaves a build file whole where a registration touches another change', async () => {
    const build = { path: 'Makefile', added: ['all: parser', 'check: parser_test', 'clean:'] };

    const found = await split(build, { path: 'test/parser_test.c', added: ['int x;'], isNew: true });

    expect(found).toEqual({ Makefile: 'source', 'test/parser_test.c': 'test' });
  });

  it('leaves a new build file whole', async () => {
    const build = { path: 'CMakeLists.txt', added: ['project(x)', 'add_test(parser_test)'], isNew: true };

    const found = await split(build, { path: 'test/parser_test.c', added: ['int x;'], isNew: true });

    expect(found).toEqual({ 'CMakeLists.txt': 'source', 'test/parser_test.c': 'test' });
  });
});
