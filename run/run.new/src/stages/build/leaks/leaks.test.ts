import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { type GitFound, judgeGit } from './git-history.ts';
import { judgeTraces } from './judge-traces.ts';
import { createLineFinder } from './line-finder.ts';
import { scanLayers } from './scan-layers.ts';
import { toSecrets } from './secrets.ts';

const goldLines = [
  '  if (amount > account.balance) throw new Overdrawn(account);',
  '  account.balance = account.balance - amount;',
  "import { Overdrawn } from './errors';",
  '}',
];
const gold = `diff --git a/src/pay.ts b/src/pay.ts
index 1111111111111111111111111111111111111111..2222222222222222222222222222222222222222 100644
--- a/src/pay.ts
+++ b/src/pay.ts
@@ -1,1 +1,5 @@
 export function pay(account, amount) {
${goldLines.map((line) => `+${line}\n`).join('')}`;
const testText = "it('refuses to pay more than there is', () => {\n  expect(() => pay(account, 101)).toThrow();\n});\n";
const tests = `diff --git a/test/pay.test.ts b/test/pay.test.ts
new file mode 100644
index 0000000..3333333
--- /dev/null
+++ b/test/pay.test.ts
@@ -0,0 +1,3 @@
${testText
  .trimEnd()
  .split('\n')
  .map((line) => `+${line}\n`)
  .join('')}`;
const secrets = toSecrets([gold, tests]);

/** Leaks in an image of these layers, as "kind path". */
async function check(layers: readonly Record<string, string>[], base: readonly string[] = []): Promise<string[]> {
  const tars = layers.map((files, index) => {
    const tar = pack();
    for (const [name, text] of Object.entries(files)) tar.entry({ name }, text);
    tar.finalize();
    return { id: String(index), tar: Readable.from(tar) };
  });
  const scan = await scanLayers(Readable.from(tars), secrets);
  expect(scan.layers).toBe(layers.length);
  return judgeTraces(scan, secrets, new Set(base)).map(({ kind, where }) => `${kind} ${where}`);
}

describe('toSecrets', () => {
  it('looks for lines that only the patch has, and for whole files by their name in git', () => {
    expect(secrets.lines).toEqual([
      'if (amount > account.balance) throw new Overdrawn(account);',
      'account.balance = account.balance - amount;',
      "it('refuses to pay more than there is', () => {",
      'expect(() => pay(account, 101)).toThrow();',
    ]);
    const id = createHash('sha1').update(`blob ${testText.length}\0${testText}`).digest('hex');
    expect([...secrets.blobs]).toEqual([
      ['2222222222222222222222222222222222222222', 'src/pay.ts'],
      [id, 'test/pay.test.ts'],
    ]);
  });
});

describe('what layers give away', () => {
  it('is nothing where they hold the tree of the base commit and packages', async () => {
    const found = await check([{ 'usr/lib/x.js': 'account.balance = 1;\n' }, { 'testbed/src/pay.ts': 'export {};\n' }]);

    expect(found).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['the fixed file', { 'testbed/build/pay.ts': `a\n${goldLines.join('\n')}\n` }, 'lines testbed/build/pay.ts'],
    ['the same with other ends of lines', { 'x/pay': goldLines.join('\r\n') }, 'lines x/pay'],
    ['half of it', { 'x/half.js': `${goldLines[0]}\n` }, 'lines x/half.js'],
    ['the patch', { 'home/fix.txt': gold }, 'lines home/fix.txt'],
    ['one line of it in a patch', { 'home/fix.patch': `+${goldLines[1]}\n` }, 'patch-file home/fix.patch'],
    ['the new test', { './opt/cache/3f': testText }, 'file opt/cache/3f'],
  ])('is %s, in any layer', async (_, files, expected) => {
    expect(await check([files, {}])).toEqual([expected]);
    expect(await check([{ other: 'text' }, { ...files, another: 'text' }])).toEqual([expected]);
  });

  it('is not what the base commit has itself, wherever it is copied to', async () => {
    const copied = `${goldLines.join('\n')}\n`;
    const layers = [{ 'testbed/lib/old-pay.ts': copied, 'testbed/dist/old-pay.js': copied }];

    expect(await check(layers, ['testbed/lib/old-pay.ts'])).toEqual([]);
    expect(await check(layers)).toHaveLength(2);
  });

  it('is not one short line, which others write as well', async () => {
    expect(await check([{ 'usr/lib/bank.js': `${goldLines[1]}\n` }])).toEqual([]);
  });
});

describe('createLineFinder', () => {
  it('finds whole lines and no others, wherever the bytes are cut', () => {
    const line = fc.constantFrom(...secrets.lines, 'something else that is here', '', 'x'.repeat(400), '\0\0\0\n');
    const blanks = fc.constantFrom('', '  ', '\t', '+', '> ', '// ');
    const rows = fc.array(fc.record({ line, blanks, end: fc.constantFrom('\n', '\r\n', ' \n') }), { maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.array(fc.nat(2000), { maxLength: 6 }), (written, cuts) => {
        const bytes = Buffer.from(written.map(({ line, blanks, end }) => `${blanks}${line}${end}`).join(''));
        const finder = createLineFinder(secrets.lines);
        const places = [...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b);
        for (const [index, end] of places.entries()) finder.push(bytes.subarray(places[index - 1] ?? 0, end));

        const isThere = (text: string) => written.some(({ line, blanks }) => line === text && blanks !== '// ');
        const expected = secrets.lines.flatMap((text, index) => (isThere(text) ? [index] : []));
        expect(finder.end()).toEqual(expected);
        expect(finder.end()).toEqual([]);
      }),
    );
  });
});

describe('judgeGit', () => {
  const clean: GitFound = {
    path: '/testbed/.git',
    commits: 1,
    refs: 1,
    remotes: 0,
    alternates: 0,
    unreachable: 0,
    objects: 12,
    secret: 0,
  };

  it('is content with one commit and nothing else, and with repositories of packages', () => {
    expect(judgeGit([clean, { ...clean, path: '/root/cache/x', commits: 500, refs: 9, remotes: 1 }])).toEqual([]);
  });

  it.each<[string, Partial<GitFound>]>([
    ['a second commit', { commits: 2 }],
    ['a tag', { refs: 2 }],
    ['a remote', { remotes: 1 }],
    ['objects of another repository', { alternates: 1 }],
    ['objects that nothing leads to', { unreachable: 3 }],
    ['a fixed file among its objects', { secret: 1 }],
  ])('is not content with %s', (_, change) => {
    expect(judgeGit([{ ...clean, ...change }])).toHaveLength(1);
  });

  it('is not content where there is nothing to look into', () => {
    expect(judgeGit([])).toMatchObject([{ kind: 'git-history' }]);
  });
});
