import type { PatchedText } from '../patch/patched-text.ts';
import { isTouched } from './touched.ts';

/**
 * Whether the test patch adds lines to what a test does, so that the base says nothing of it as it is now. Goes by names and by how far lines are indented,
 * in any language; what it does not find it takes for left alone.
 */
export function createRewritten(files: readonly PatchedText[]): (id: string) => boolean {
  const read = files.map((file) => ({ ...file, lines: file.text.split('\n') }));
  return (id) => {
    const named = read.filter(({ path }) => isUnnamed(path) || isTouched(id, [path]));
    return named.some((file) => isWhole(id, file) || isRewrittenIn(id, file));
  };
}

type ReadText = PatchedText & { readonly lines: readonly string[] };

/** Whether ids of the tests of a file do not tell which it is: a program of C is made of many, and a package of Go at the root is named by its module. */
function isUnnamed(path: string): boolean {
  return /\.(c|cc|cpp|cxx|h|hh|hpp|inl)$/i.test(path) || /^[^/]*_test\.go$/.test(path);
}

/** "ring" of ring.c is the program, whatever in it has changed. */
function isWhole(id: string, { path, added }: ReadText): boolean {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/(\.\w+)+$/, '');
  return added.size > 0 && wordsOf(id).join(' ') === stem;
}

/** What stands before the name in `TEST(Suite, Name)`, `TEST_CASE("name")` and `it('name')`. */
const MACRO = `^\\s*(?:[A-Z][A-Z0-9_]*|(?:it|test|specify)\\b[.\\w]*)\\s*\\(\\s*(?:\\w+\\s*,\\s*)?["'\`]?`;

/** `void name() {`, and neither `list.name()` nor `name();`. */
const toFunction = (name: string) => `(?<![\\w$.])${name}\\s*\\((?!.*;\\s*$)`;

function isRewrittenIn(id: string, { lines, added }: ReadText): boolean {
  const words = wordsOf(id).map((word) => word.replaceAll('$', '\\$'));
  if (words.length === 0) return false;
  const begins = new RegExp(
    `${MACRO}${words.join('\\W+')}(?!\\s*[\\w$])${words.length === 1 ? `|${toFunction(words.join())}` : ''}`,
  );
  return lines.some((line, at) => {
    if (!begins.test(line) || /^\s*(\/\/|\/?\*|#)/.test(line)) return false;
    return lines.slice(at, endOf(lines, at)).some((_, offset) => added.has(at + offset + 1));
  });
}

/** Of "suite > adds", "Suite.Name", "testAll[3]", "TestAll/case": what stands where the test is written. */
function wordsOf(id: string): readonly string[] {
  const name = id.split(' :: ').at(-1)?.split(' > ').at(-1) ?? '';
  return name.replace(/(?<=.)[[({/].*$/, '').match(/[\w$]+/g) ?? [];
}

/**
 * The first line behind a test that begins at `at`: one that is indented no further, and neither ends its parameters nor opens its body nor belongs to the
 * preprocessor.
 */
function endOf(lines: readonly string[], at: number): number {
  const depth = indentOf(lines[at] ?? '');
  const end = lines
    .slice(at + 1)
    .findIndex((line) => line.trim() !== '' && indentOf(line) <= depth && !/^\s*[{#)]/.test(line));
  return end < 0 ? lines.length : at + 1 + end;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
