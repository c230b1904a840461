import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Proof } from '../../src/domain/proof.ts';
import { Verdict } from '../../src/domain/verdict.ts';
import { envmint as inProcess } from '../fakes/cli.ts';
import { envmint, hashesBelow, keptTasks, linesOf, run, runIn } from './synth-run.ts';

/** Two environments of the pack with the smallest worlds. */
const order = ['synth', 'job-shop', '--environments', '2', '--levels', '1-3', '--run-id', 'two'];
let root = '';
let whole = '';

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'envmint-synth-'));
  const { code, stdout, stderr } = await envmint([...order, '-j', '2', '-o', join(root, 'whole')]);
  expect({ code, stderr, stdout }).toMatchObject({ code: 0 });
  whole = runIn(join(root, 'whole'));
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const items = (folder: string): Record<string, string> => hashesBelow(join(folder, 'items'));

describe('synth', () => {
  it('keeps tasks, says where, and prints a funnel that adds up', async () => {
    const { code, stdout, stderr } = await envmint([...order, '-o', join(root, 'whole')]);
    const summary = JSON.parse(readFileSync(join(whole, 'summary.json'), 'utf8'));

    expect(code).toBe(0);
    expect(stderr).toContain('resumed with');
    expect(stdout).toMatch(/audit +\d+ +\d+ +\d+ +0/);
    expect(keptTasks(whole).length).toBeGreaterThan(1);
    for (const { inputs, kept, rejected, failed } of summary.stages) {
      const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
      expect(kept + sum(rejected) + sum(failed)).toBe(inputs);
    }
    expect(Object.keys(items(whole)).some((path) => /candidates|\.staging/.test(path))).toBe(false);
  });

  it('makes the same bytes one at a time and three at a time', async () => {
    const out = join(root, 'narrow');
    const { code } = await envmint([...order, '-j', '3', '-o', out]);

    expect(code).toBe(0);
    expect(items(runIn(out))).toEqual(items(whole));
    expect(readFileSync(join(runIn(out), 'summary.json'), 'utf8')).toBe(
      readFileSync(join(whole, 'summary.json'), 'utf8'),
    );
  });

  it('makes the same bytes after kill -9 at several moments', async () => {
    const out = join(root, 'killed');
    const folder = join(out, 'two');
    const moments: (() => boolean)[] = [
      () => existsSync(folder),
      () => linesOf(folder) >= 1,
      () => linesOf(folder) >= 2,
      () => linesOf(folder) >= 4,
    ];
    for (const when of moments) await envmint([...order, '-j', '1', '-o', out], { stop: { signal: 'SIGKILL', when } });
    const { code } = await envmint([...order, '-o', out]);

    expect(code).toBe(0);
    expect(items(folder)).toEqual(items(whole));
  });

  it('ends with 130 on Ctrl-C, and goes on where it stopped', async () => {
    const out = join(root, 'stopped');
    const folder = join(out, 'two');
    const cut = await envmint([...order, '-o', out], { stop: { signal: 'SIGINT', when: () => linesOf(folder) >= 1 } });
    const done = linesOf(folder);
    const { code, stderr } = await envmint([...order, '-o', out]);

    expect([cut.code, cut.stderr]).toEqual([130, expect.stringContaining('run the same command again')]);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`resumed with ${done}`)]);
    expect(items(folder)).toEqual(items(whole));
  });

  it('does the work of a corrupt ledger line again, and says so', async () => {
    const out = join(root, 'corrupt');
    cpSync(join(root, 'whole'), out, { recursive: true });
    const ledger = join(out, 'two', 'ledger.jsonl');
    const lines = readFileSync(ledger, 'utf8').trimEnd().split('\n');
    const audited = lines.findIndex((line) => line.includes('"stage":"audit"'));
    const broken = lines.map((line, i) => (i === 0 || i === audited ? line.slice(0, 40) : line));
    writeFileSync(ledger, [...broken.slice(0, -1), '{"v":99}', '\u0000\u0000', broken.at(-1)?.slice(0, -9)].join('\n'));
    const { code, stderr } = await envmint([...order, '-o', out]);

    expect(code).toBe(0);
    expect(stderr).toMatch(/torn or unknown lines; their work is done again/);
    expect(items(join(out, 'two'))).toEqual(items(whole));
    expect(readFileSync(join(out, 'two', 'summary.json'), 'utf8')).toBe(
      readFileSync(join(whole, 'summary.json'), 'utf8'),
    );
  });

  it('ends with 3 and advice on a full disk, and goes on once there is room', async ({ skip }) => {
    const out = join(root, 'small');
    mkdirSync(out);
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=700k', 'tmpfs', out]).catch((error) => ({
      code: 1,
      stdout: '',
      stderr: String(error),
    }));
    if (mounted.code !== 0 && !process.env.REQUIRE_ROOT)
      return skip(`no small file system can be mounted: ${mounted.stderr}`);
    expect(mounted).toMatchObject({ code: 0 });
    try {
      const full = await envmint([...order, '-o', out]);
      const remounted = await run('mount', ['-o', 'remount,size=200m', out]);
      const roomy = await envmint([...order, '-o', out]);

      expect(full).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/disk is full: free some space, then run the same command again/),
      });
      expect(full.stderr).not.toMatch(/\n\s+at /);
      expect([remounted.code, roomy.code, roomy.stderr]).toEqual([0, 0, expect.stringContaining('run folder')]);
      expect(items(join(out, 'two'))).toEqual(items(whole));
    } finally {
      await run('umount', [out]);
    }
  });

  it('refuses a run id that belongs to other settings', async () => {
    const { code, stderr } = await envmint([...order, '--seed', 'other', '-o', join(root, 'whole')]);

    expect([code, stderr]).toEqual([2, expect.stringContaining('seed')]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('kept tasks', () => {
  const programs = [
    ['python3 verify.py', 'python3', 'verify.py'],
    ['node verify.mjs', process.execPath, 'verify.mjs'],
  ] as const;

  it.each(programs)('judge wherever they are copied to, by %s', async (_, program, script) => {
    const away = mkdtempSync(join(tmpdir(), 'envmint away ü '));
    for (const { environment, folder } of keptTasks(whole).slice(0, 2)) {
      cpSync(folder, away, { recursive: true });
      cpSync(join(environment, 'world.sqlite'), join(away, 'world.sqlite'));
      const proof = Proof.parse(JSON.parse(readFileSync(join(folder, 'proof.json'), 'utf8')));
      const judge = async (answer: unknown) => {
        writeFileSync(join(away, 'answer.json'), JSON.stringify(answer));
        const { code, stdout } = await run(program, [script, 'answer.json'], { cwd: away });
        return { code, verdict: Verdict.parse(JSON.parse(stdout)) };
      };

      expect(await judge(proof.witness)).toEqual({ code: 0, verdict: { verdict: 'pass', score: 1, violations: [] } });
      expect(proof.nearMisses.length).toBeGreaterThan(2);
      for (const { check, answer } of proof.nearMisses) {
        const { code, verdict } = await judge(answer);
        expect({ code, named: [...new Set(verdict.violations.map((one) => one.check))] }).toEqual({
          code: 1,
          named: [check],
        });
      }
    }
    rmSync(away, { recursive: true });
  });
});

describe('audit', () => {
  /** The first environment with a kept task, copied, after `damage` was done to it. */
  async function auditAfter(name: string, damage: (task: string, environment: string) => void, flags: string[] = []) {
    const [kept] = keptTasks(whole);
    if (!kept) throw new Error('no task was kept');
    const environment = join(root, 'audited', name);
    cpSync(kept.environment, environment, { recursive: true });
    const task = join(environment, 'tasks', kept.folder.split('/').at(-1) as string);
    damage(task, environment);
    const ended = await inProcess(['audit', environment, ...flags]);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    return ended;
  }
  const edit = (path: string, change: (text: string) => string): void => {
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(path, after);
  };

  it('finds all gates to hold of what was kept', async () => {
    const { code, stdout } = await auditAfter('untouched', () => {});

    expect(code).toBe(0);
    expect(stdout).toMatch(/gates hold/);
    expect(stdout).not.toMatch(/fails/);
  });

  it.each<[string, RegExp, (task: string, environment: string) => void]>([
    [
      'a clause of task.json was edited',
      /fails clauses/,
      (task) =>
        edit(join(task, 'task.json'), (text) =>
          text.replace('"says": "Every operation runs', '"says": "Each operation runs'),
        ),
    ],
    ['task.json was cut off', /fails damaged/, (task) => truncateSync(join(task, 'task.json'), 2000)],
    ['solution.js was emptied', /fails witness/, (task) => writeFileSync(join(task, 'solution.js'), '')],
    [
      'world.sqlite was cut off',
      /fails (damaged|determinism)/,
      (_, environment) => truncateSync(join(environment, 'world.sqlite'), 8192),
    ],
    [
      'world.sqlite has a byte more',
      /fails (damaged|determinism)/,
      (_, environment) => appendFileSync(join(environment, 'world.sqlite'), 'x'),
    ],
    ['environment.json is missing', /fails damaged/, (_, environment) => rmSync(join(environment, 'environment.json'))],
  ])('says which gate fails when %s', async (name, said, damage) => {
    const { code, stdout } = await auditAfter(name.replaceAll(/\W+/g, '-'), damage);

    expect([code, stdout]).toEqual([1, expect.stringMatching(said)]);
  });

  it('kills the process of a task whose SQL never ends, and says so', async () => {
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0';
    const { code, stdout } = await auditAfter(
      'endless',
      (task) =>
        edit(join(task, 'task.json'), (text) => {
          const parsed = JSON.parse(text);
          parsed.checks.at(-1).sql = `SELECT i AS at, i AS found FROM (${endless})`;
          return JSON.stringify(parsed);
        }),
      ['--limit', '8'],
    );

    expect([code, stdout]).toEqual([1, expect.stringMatching(/fails damaged: .*took longer than 8000 ms/)]);
  });

  it('refuses a folder that is no environment', async () => {
    mkdirSync(join(root, 'empty'));
    const { code, stderr } = await inProcess(['audit', join(root, 'empty')]);

    expect([code, stderr]).toEqual([2, expect.stringContaining('no environment folder')]);
  });
});
