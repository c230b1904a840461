import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/domain/task.ts';
import { Verdict } from '../../src/domain/verdict.ts';
import { createTask, passing, writeTaskFolder } from '../contract/verifier-fixture.ts';

interface Ended {
  readonly code: number | null;
  readonly verdict: Verdict;
  readonly stdout: string;
  readonly stderr: string;
}

interface Start {
  readonly cwd: string;
  readonly input?: string | Uint8Array;
}

function start(argv: readonly [string, ...string[]], { cwd, input = '' }: Start): Promise<Ended> {
  const child = spawn(argv[0], argv.slice(1), { cwd });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, verdict: Verdict.parse(JSON.parse(stdout)), stdout, stderr }));
  });
}

const programs = [
  ['python3 verify.py', ['python3', 'verify.py']],
  ['node verify.mjs', [process.execPath, 'verify.mjs']],
] as const;

const text = JSON.stringify(passing.one);
const bomb: Check = {
  id: 'bomb',
  says: '',
  sql: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n HAVING count(*) < 0',
  weight: 1,
  stage: 'rule',
  origin: 'test',
};

describe.each(programs)('%s', (_, [program, script]) => {
  const judge = (cwd: string, args: readonly string[], input: string | Uint8Array = text) =>
    start([program, script, ...args], { cwd, input });

  it('passes, fails and errs with exit code 0, 1 and 2, and says so as JSON', async () => {
    using folder = writeTaskFolder(createTask('one'));
    writeFileSync(join(folder.task, 'answer.json'), text);
    const passed = await judge(folder.task, ['answer.json']);
    const failed = await judge(folder.task, ['-'], '[]');
    const missing = await judge(folder.task, ['absent.json']);
    const unasked = await judge(folder.task, []);

    expect([passed.code, passed.verdict]).toEqual([0, { verdict: 'pass', score: 1, violations: [] }]);
    expect([failed.code, failed.verdict.verdict, failed.verdict.violations[0]?.pointer]).toEqual([1, 'fail', '']);
    expect([missing.code, missing.verdict.violations[0]?.message]).toEqual([2, expect.stringContaining('absent.json')]);
    expect([unasked.code, unasked.verdict.violations[0]?.message]).toEqual([2, expect.stringContaining('usage')]);
    expect([passed, failed, missing, unasked].map(({ stderr }) => stderr)).toEqual(['', '', '', '']);
  });

  it('works wherever task folder and world are copied to', async () => {
    using folder = writeTaskFolder(createTask('two'));
    const elsewhere = mkdtempSync(join(tmpdir(), 'envmint elsewhere ü%20'));
    cpSync(folder.task, elsewhere, { recursive: true });
    const [away, beside] = [join(folder.root, 'world.sqlite'), join(elsewhere, 'world.sqlite')];
    const input = JSON.stringify(passing.two);

    const named = await judge(elsewhere, ['-', '--world', away], input);
    const lost = await judge(elsewhere, ['-'], input);
    cpSync(away, beside);
    const found = await judge(elsewhere, ['-'], input);
    rmSync(elsewhere, { recursive: true });

    expect([named.code, lost.code, found.code]).toEqual([0, 2, 0]);
    expect(lost.verdict.violations[0]?.message).toContain('--world');
  });

  it('errs on another world, a world cut short, and a task cut short', async () => {
    using folder = writeTaskFolder(createTask('one'));
    const [world, task] = [join(folder.root, 'world.sqlite'), join(folder.task, 'task.json')];
    const verdicts: Verdict[] = [];
    appendFileSync(world, 'x');
    verdicts.push((await judge(folder.task, ['-'])).verdict);
    truncateSync(world, 5000);
    verdicts.push((await judge(folder.task, ['-'])).verdict);
    truncateSync(task, 1000);
    verdicts.push((await judge(folder.task, ['-'])).verdict);
    unlinkSync(task);
    const { code, verdict, stdout } = await judge(folder.task, ['-'], '[');

    expect(verdicts.map(({ verdict: each }) => each)).toEqual(['error', 'error', 'error']);
    expect(verdicts[0]?.violations[0]?.message).toContain('sha-256');
    expect([code, verdict.verdict]).toEqual([2, 'error']);
    expect(stdout).not.toMatch(/Traceback|\n\s+at /);
  });

  it('gives up on checks that never end', async () => {
    using folder = writeTaskFolder(createTask('one', [bomb]));
    const started = performance.now();
    const { code, verdict } = await judge(folder.task, ['-']);

    expect([code, verdict.verdict]).toEqual([2, 'error']);
    expect(performance.now() - started).toBeLessThan(40_000);
  });

  it('fails 50 MB of brackets at once', async () => {
    using folder = writeTaskFolder(createTask('one'));
    const { code, verdict } = await judge(folder.task, ['-'], '['.repeat(5e7));

    expect([code, verdict.verdict]).toEqual([1, 'fail']);
  });
});

it('verify.py is a module with verify(answer) and load(folder, world)', async () => {
  using folder = writeTaskFolder(createTask('one'));
  const script = `
import json, sys
import verify
answer = json.loads(sys.stdin.read())
own, named = verify.verify(answer), verify.load(sys.argv[1], sys.argv[2]).verify(json.dumps(answer))
assert own == named == verify.verify(json.dumps(answer).encode()), (own, named)
assert verify.verify({1: 2})["verdict"] == verify.verify(float("nan"))["verdict"] == verify.verify(object())["verdict"] == "fail"
deep = []
deep.append(deep)
assert verify.verify(deep)["verdict"] == "fail"
assert verify.load("/nowhere").verify("[]")["verdict"] == "error"
print(json.dumps(own))`;
  const argv = ['python3', '-B', '-c', script, folder.task, join(folder.root, 'world.sqlite')] as const;

  await expect(start([...argv], { cwd: folder.task, input: text })).resolves.toMatchObject({
    code: 0,
    verdict: { verdict: 'pass' },
  });
});
