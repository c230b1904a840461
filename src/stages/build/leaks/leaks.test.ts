import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { type GitFound, judgeGit } from './git-history.ts';
import { judgeTraces } from './judge-traces.ts';
import { indexFiles, searchIndex, type Trace } from './layer-index.ts';
import { createLineMarker } from './line-marks.ts';
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
  const traces: Trace[] = [];
  for (const layer of layers) {
    const { files, ...scan } = await searchIndex(await indexOf(layer), secrets);
    expect(files).toBe(Object.keys(layer).length);
    traces.push(...scan.traces);
  }
  return judgeTraces({ traces }, secrets, new Set(base)).map(({ kind, where }) => `${kind} ${where}`);
}

/** As it is read from disk: in pieces that know nothing of files. */
async function indexOf(files: Record<string, string>, pieceBytes = 50): Promise<Readable> {
  const tar = pack();
  for (const [name, text] of Object.entries(files)) tar.entry({ name }, text);
  tar.finalize();
  const bytes = await buffer(indexFiles(Readable.from(tar)));
  const count = Math.ceil(bytes.length / pieceBytes);
  return Readable.from(
    Array.from({ length: count }, (_, at) => bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes)),
  );
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

describe('searchIndex', () => {
  it('finds whole lines and no others, whatever stands around them', async () => {
    const line = fc.constantFrom(...secrets.lines, 'something else that is here', '', 'x'.repeat(70_000), '\0\0\0\n');
    const blanks = fc.constantFrom('', '  ', '\t', '+', '> ', '// ');
    const rows = fc.array(fc.record({ line, blanks, end: fc.constantFrom('\n', '\r\n', ' \n') }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 2000 }), async (written, pieceBytes) => {
        const text = written.map((row) => `${row.blanks}${row.line}${row.end}`).join('');

        const { traces, ...count } = await searchIndex(
          await indexOf({ file: text, other: 'text' }, pieceBytes),
          secrets,
        );

        const isThere = (wanted: string) => written.some((row) => row.line === wanted && row.blanks !== '// ');
        const expected = secrets.lines.flatMap((wanted, index) => (isThere(wanted) ? [index] : []));
        expect(traces).toEqual(expected.length > 0 ? [{ path: 'file', lines: expected, blob: undefined }] : []);
        expect(count).toEqual({ files: 2, bytes: text.length + 4, packed: 0 });
      }),
    );
  });

  it('counts what it could not look into', async () => {
    const files = { 'a/b.whl': 'PK', 'testbed/.git/objects/pack/pack-1.pack': 'PACK', 'c.txt': 'text' };

    expect(await searchIndex(await indexOf(files), secrets)).toMatchObject({ files: 3, packed: 2 });
  });

  it('does not take a part of an index for the whole', async () => {
    const whole = await buffer(await indexOf({ file: 'text' }));

    await expect(searchIndex(Readable.from([whole.subarray(0, -1)]), secrets)).rejects.toThrow('in the middle');
  });
});

describe('createLineMarker', () => {
  it('marks a line alike wherever its bytes are cut, and each other line otherwise', () => {
    const line = fc.string({ minLength: 24, maxLength: 60, unit: fc.constantFrom('a', 'b', '(', '=', 'é') });
    const marksOf = (text: string, cut: number) => {
      const marker = createLineMarker();
      const bytes = Buffer.from(text);
      marker.push(bytes.subarray(0, cut));
      marker.push(bytes.subarray(cut));
      return Buffer.from(marker.end()).toString('hex');
    };
    fc.assert(
      fc.property(line, line, fc.nat(80), (one, other, cut) => {
        expect(marksOf(`  ${one} \n`, cut)).toBe(marksOf(one, 0));
        expect(marksOf(one, 0) === marksOf(other, 0)).toBe(one === other);
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
