import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePatch } from './parse-patch.ts';
import { refuseLenientHeaders } from './strict.ts';

const hunk = '@@ -1 +1 @@\n-a\n+b\n';
const first = 'diff --git a/src/x.js b/src/x.js\n';

/** The paths that are read, or undefined where the patch is refused. */
function read(patch: string): string[] | undefined {
  try {
    const files = parsePatch(patch);
    refuseLenientHeaders(files);
    return files.map(({ path }) => path);
  } catch {
    return undefined;
  }
}

describe('refuseLenientHeaders', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'envmint-strict-'));
    mkdirSync(join(root, 'src'));
    for (const path of ['src/x.js', 'package.json', 'src/a b.js', 'src/é.js']) writeFileSync(join(root, path), 'a\n');
    execFileSync('git', ['init', '-q'], { cwd: root });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** The paths that git would write, or undefined where it refuses. */
  function gitReads(patch: string): string[] | undefined {
    try {
      const options = { cwd: root, input: patch, stdio: 'pipe' as const, encoding: 'utf8' as const };
      const out = execFileSync('git', ['apply', '--numstat', '-z', '-'], options);
      return out.split('\0').flatMap((line) => (line === '' ? [] : [line.split('\t').slice(2).join('\t')]));
    } catch {
      return undefined;
    }
  }

  it.each([
    ['a plain one', `${first}--- a/src/x.js\n+++ b/src/x.js\n${hunk}`],
    [
      'one with modes and an index',
      `${first}old mode 100644\nnew mode 100755\nindex 7898192..6178079\n--- a/src/x.js\n+++ b/src/x.js\n${hunk}`,
    ],
    [
      'a new file',
      'diff --git a/n b/n\nnew file mode 100644\nindex 0000000..6178079\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+b\n',
    ],
    [
      'a file that goes',
      'diff --git a/src/x.js b/src/x.js\ndeleted file mode 100644\n--- a/src/x.js\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n',
    ],
    ['a change of mode alone', `${first}old mode 100644\nnew mode 100755\n`],
    ['a move', 'diff --git a/src/x.js b/y.js\nsimilarity index 100%\nrename from src/x.js\nrename to y.js\n'],
    ['a name with a blank', `diff --git a/src/a b.js b/src/a b.js\n--- a/src/a b.js\t\n+++ b/src/a b.js\t\n${hunk}`],
    [
      'a quoted name',
      `diff --git "a/src/\\303\\251.js" "b/src/\\303\\251.js"\n--- "a/src/\\303\\251.js"\n+++ "b/src/\\303\\251.js"\n${hunk}`,
    ],
  ])('takes what git writes: %s', (_, patch) => {
    expect(read(patch)).toBeDefined();
    expect(read(patch)).toEqual(gitReads(patch)?.map((path) => path || 'y.js'));
  });

  it.each([
    [
      'a tab behind a name',
      `diff --git a/package.json b/package.json\n--- a/package.json\tz\n+++ b/package.json\tz\n${hunk}`,
    ],
    [
      'a second pair of names',
      `${first}--- a/src/x.js\n+++ b/src/x.js\njunk\n--- a/package.json\n+++ b/package.json\n${hunk}`,
    ],
    [
      'names behind a change of mode',
      `${first}old mode 100644\nnew mode 100755\njunk\n--- a/package.json\n+++ b/package.json\n${hunk}`,
    ],
    ['no prefix', `diff --git a/package.json b/package.json\n--- /package.json\n+++ /package.json\n${hunk}`],
    [
      'another prefix',
      `diff --git abcd/package.json abcd/package.json\n--- abcd/package.json\n+++ abcd/package.json\n${hunk}`,
    ],
    [
      'text behind a quoted name',
      `diff --git a/package.json b/package.json\n--- "a/package.json" z\n+++ "b/package.json" z\n${hunk}`,
    ],
    ['two slashes', `diff --git a/src//x.js b/src//x.js\n--- a/src//x.js\n+++ b/src//x.js\n${hunk}`],
    ['names that differ', `${first}--- a/package.json\n+++ b/package.json\n${hunk}`],
    [
      'a text behind a binary file',
      `${first}GIT binary patch\nliteral 1\nIc\n\n--- a/package.json\n+++ b/package.json\n${hunk}`,
    ],
  ])('refuses %s', (_, patch) => expect(read(patch)).toBeUndefined());

  it('reads the files that git would write, or refuses', () => {
    const path = fc.constantFrom('src/x.js', 'package.json', './package.json', 'src//x.js', '../x', '"a', 'src/a b.js');
    const prefix = fc.constantFrom('a/', 'b/', '', '/', 'abc/', '"a/');
    const end = fc.constantFrom('', '', '\t', '\tz', '" z', '\r');
    const name = fc.tuple(prefix, path, end).map((parts) => parts.join(''));
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom('--- ', '+++ ', 'rename from ', 'rename to ', 'copy to '), name)
        .map((parts) => parts.join('')),
      fc.constantFrom(
        'old mode 100644',
        'new mode 100755',
        'new file mode 120000',
        'index 7898192..6178079',
        'junk',
        '',
      ),
    );
    const usual = fc
      .constantFrom('src/x.js', 'package.json')
      .map((one) => [`diff --git a/${one} b/${one}`, `--- a/${one}`, `+++ b/${one}`]);
    const header = usual.chain((lines) =>
      fc.array(fc.tuple(fc.nat(4), line, fc.boolean()), { maxLength: 3 }).map((edits) => {
        const edited = [...lines];
        for (const [at, text, isNew] of edits) edited.splice(at, isNew ? 0 : 1, text);
        return edited;
      }),
    );
    fc.assert(
      fc.property(header, (lines) => {
        const patch = `${lines.join('\n')}\n${hunk}`;
        const paths = read(patch);
        const git = paths && gitReads(patch);
        if (git) expect(git).toEqual(paths);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
