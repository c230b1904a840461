import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffFile } from '../../../test/fakes/line-diff.ts';
import { PatchSyntaxError, parsePatch } from './parse-patch.ts';
import { countLines, printPatch } from './patch.ts';

const modified = `diff --git a/src/a.py b/src/a.py
index 1111111..2222222 100644
--- a/src/a.py
+++ b/src/a.py
@@ -1,3 +1,4 @@ def f():
 one\r
-two
+zwei
+drei
 three
\\ No newline at end of file
`;
const binary = `diff --git a/logo.png b/logo.png
new file mode 100644
index 0000000..3333333
GIT binary patch
literal 3
Kcmd;LU|?ip0RR910B-

literal 0
HcmV?d00001

`;
const renamed = `diff --git a/old name.txt b/new name.txt
similarity index 90%
rename from old name.txt
rename to new name.txt
index 1111111..2222222 100644
--- a/old name.txt\t
+++ b/new name.txt\t
@@ -1 +1 @@
-a
+b
`;
const quoted = `diff --git "a/caf\\303\\251 \\"x\\".txt" "b/caf\\303\\251 \\"x\\".txt"
old mode 100644
new mode 100755
`;
const deleted = `diff --git a/gone.txt b/gone.txt
deleted file mode 100644
index 1111111..0000000
--- a/gone.txt
+++ /dev/null
@@ -1,2 +0,0 @@
--- looks like a header
-+++ and so does this
`;
const submodule = `diff --git a/lib b/lib
index ${'1'.repeat(40)}..${'2'.repeat(40)} 160000
--- a/lib
+++ b/lib
@@ -1 +1 @@
-Subproject commit ${'1'.repeat(40)}
+Subproject commit ${'2'.repeat(40)}
`;

function check(text: string, expected: object): void {
  const [file] = parsePatch(text);
  expect(file).toMatchObject(expected);
  expect(printPatch(parsePatch(text))).toBe(text);
}

describe('parsePatch', () => {
  it.each([
    ['a change', modified, { path: 'src/a.py', oldPath: 'src/a.py', change: 'modified', isSubmodule: false }],
    ['binary data', binary, { path: 'logo.png', change: 'added', hunks: [] }],
    ['a rename with spaces', renamed, { path: 'new name.txt', oldPath: 'old name.txt', change: 'renamed' }],
    ['a quoted path', quoted, { path: 'café "x".txt', change: 'modified', hunks: [] }],
    ['a deletion', deleted, { path: 'gone.txt', change: 'deleted' }],
    ['a submodule', submodule, { path: 'lib', isSubmodule: true }],
  ])('reads %s and prints it back', (_, text, expected) => check(text, expected));

  it('reads files one after the other', () => {
    const text = [modified, binary, renamed, quoted, deleted, submodule].join('');

    expect(parsePatch(text)).toHaveLength(6);
    expect(printPatch(parsePatch(text))).toBe(text);
  });

  it('keeps a carriage return and the missing end of the last line', () => {
    const [file] = parsePatch(modified);

    expect(file?.hunks[0]?.lines[0]?.text).toBe('one\r');
    expect(file?.hunks[0]?.lines.at(-1)?.isUnended).toBe(true);
    expect(countLines(file as NonNullable<typeof file>)).toEqual({ added: 2, deleted: 1 });
  });

  it.each([
    ['nonsense\n', 'line 1'],
    [modified.slice(0, -30), 'within a line'],
    [modified.replace('-1,3', '-1,9'), 'a line of a hunk'],
    [modified.replace('-1,3 +1,4', '-1,1 +1,4'), 'the end of the hunk'],
  ])('refuses what git does not write: %j', (text, message) => {
    expect(() => parsePatch(text)).toThrow(PatchSyntaxError);
    expect(() => parsePatch(text)).toThrow(message);
  });

  it('never throws anything but a syntax error', () => {
    const line = fc.oneof(fc.constantFrom(...[modified, binary, renamed, deleted].join('').split('\n')), fc.string());
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        try {
          expect(printPatch(parsePatch(`${lines.join('\n')}\n`))).toBe(`${lines.join('\n')}\n`);
        } catch (error) {
          if (!(error instanceof PatchSyntaxError)) throw error;
        }
      }),
    );
  });

  it('prints back every diff of two texts', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '', '+', '- x', '\r'), { maxLength: 30 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = diffFile('x.txt', before, after);

        expect(printPatch(parsePatch(diff))).toBe(diff);
      }),
    );
  });
});
