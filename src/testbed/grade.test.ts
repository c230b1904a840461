import { describe, expect, it } from 'vitest';
import { toFile } from '../../test/fakes/container-files.ts';
import type { FakeCommand } from '../../test/fakes/container-runtime.ts';
import { diffFile } from '../../test/fakes/line-diff.ts';
import { toyBed, toyCase, toyFix, toyTests, toyTree } from '../../test/fakes/toy-case.ts';
import { createToyMachine, runToyTests, type ToyMachine } from '../../test/fakes/toy-machine.ts';
import { createToyStack, toyRecipe } from '../../test/fakes/toy-stack.ts';
import { CANARY_WORD } from '../domain/instance.ts';
import { type Gradable, gradeAnswer, withNonce } from './grade.ts';
import { testFoldersOf } from './protect.ts';
import type { Overlay } from './stack.ts';
import { packFiles } from './tar.ts';

const { signal } = new AbortController();
const gold = toyCase().candidate.goldPatch;

interface World extends ToyMachine {
  readonly subject?: Partial<Gradable>;
  readonly overlay?: Overlay;
  readonly toss?: boolean;
}

/** The verdict on an answer to the toy case. */
async function grade(patch: string, { acts = {}, subject = {}, overlay, toss = false }: World = {}) {
  const runtime = createToyMachine({ acts });
  const files = Object.entries(toyTree).map(([path, text]) => [`/testbed/${path}`, text] as const);
  const image = await makeImage(runtime, Object.fromEntries(files));
  const stack = createToyStack();
  const { candidate } = toyCase();
  const recipe = toyRecipe();
  const template = await stack.canary?.(CANARY_WORD, { recipe } as never);
  const given: Gradable = {
    id: candidate.id,
    scope: 'package',
    canary: template
      ? { ...template, files: template.files as Record<string, string>, args: [...template.args] }
      : null,
    negation: null,
    testFolders: testFoldersOf(Object.keys(toyTree)),
    image,
    recipe,
    goldPatch: candidate.goldPatch,
    testPatch: candidate.testPatch,
    expected: {
      failToPass: ['test_sizes :: rounds'],
      passToPass: ['test_sizes :: cuts', 'test_sizes :: lines'],
      goldProblems: [],
    },
    ...subject,
  };
  const answer = { patch, ...(overlay && { overlay }) };
  const verdict = await gradeAnswer(given, { answer, bed: { ...toyBed(runtime), toss: () => toss }, stack }, signal);
  return { verdict, runtime };
}

async function makeImage(runtime: ReturnType<typeof createToyMachine>, files: Readonly<Record<string, string>>) {
  const suite = await runtime.pull('suite', signal);
  const limits = { cpus: 1, memoryBytes: 1, processes: 1, diskBytes: 1 };
  const options = { image: suite.id, network: 'none', limits, labels: {}, env: {}, privileges: 'build' } as const;
  await using container = await runtime.start(options, signal);
  await container.upload(
    await packFiles(Object.entries(files).map(([path, text]) => [path.slice(1), text])),
    '/',
    signal,
  );
  return (await container.commit({ labels: {}, env: {}, folder: '/testbed' }, signal)).id;
}

describe('gradeAnswer', () => {
  it('passes the gold patch, in a container of its own without network', async () => {
    const { verdict, runtime } = await grade(gold);

    expect(verdict).toMatchObject({ verdict: 'pass', score: 1, dense: 1, reasons: [], dropped: [] });
    expect(runtime.commands.at(-1)?.options).toMatchObject({ network: 'none', privileges: 'test' });
    expect(runtime.running()).toBe(0);
  });

  it('passes another way to the same end', async () => {
    const patch = diffFile('src/sizes.py', toyTree['src/sizes.py'], `${toyTree['src/sizes.py']}to the nearest\n`);

    expect((await grade(patch)).verdict).toMatchObject({ verdict: 'pass' });
  });

  it('fails what fixes nothing, and what breaks something', async () => {
    const broken = toyFix['src/sizes.py']?.replace('cut\n', '') ?? '';

    expect((await grade('')).verdict).toMatchObject({ verdict: 'fail', reasons: ['fail-to-pass'], dense: 0 });
    expect((await grade(diffFile('src/sizes.py', toyTree['src/sizes.py'], broken))).verdict).toMatchObject({
      verdict: 'fail',
      reasons: ['pass-to-pass'],
      dense: 0.5,
    });
  });

  it('says of each test what became of it', async () => {
    const { tests } = (await grade('')).verdict;

    expect(tests.map(({ id, set, status }) => [id, set, status])).toEqual([
      ['test_sizes :: rounds', 'fail-to-pass', 'fail'],
      ['test_sizes :: cuts', 'pass-to-pass', 'pass'],
      ['test_sizes :: lines', 'pass-to-pass', 'pass'],
    ]);
  });

  it('takes no test over from the answer', async () => {
    const easy = diffFile('tests/test_sizes.py', toyTree['tests/test_sizes.py'], 'rounds src/sizes.py cut\n');

    const { verdict, runtime } = await grade(easy);

    expect(verdict).toMatchObject({ verdict: 'fail', dropped: ['tests/test_sizes.py'] });
    expect(runtime.commands.at(-1)?.files.get('/testbed/tests/test_sizes.py')?.content.toString()).toBe(
      toyTests['tests/test_sizes.py'],
    );
  });

  it('takes over what the gold patch changes about the runner, whatever the answer says', async () => {
    const goldPatch = gold + diffFile('runner.cfg', undefined, 'as the fix has it\n');

    const { verdict, runtime } = await grade(gold + diffFile('runner.cfg', undefined, 'all-pass\n'), {
      subject: { goldPatch },
    });

    expect(verdict).toMatchObject({ verdict: 'pass', dropped: ['runner.cfg'] });
    expect(runtime.commands.at(-1)?.files.get('/testbed/runner.cfg')?.content.toString()).toBe('as the fix has it\n');
  });

  it('does not believe a report in which the canary tests did not come out as they must', async () => {
    const overlay = { 'src/sizes.py': 'FORGE\n' };

    expect((await grade('', { overlay })).verdict).toMatchObject({ score: 0, dense: 0, reasons: ['tampered'] });
    expect((await grade('', { overlay, subject: { canary: null } })).verdict).toMatchObject({ score: 1 });
  });

  describe('with negated tests', () => {
    const tests = toyTests['tests/test_sizes.py'] ?? '';
    const never = tests.replace(/^rounds (.*) .*$/m, 'rounds $1 never');
    const patch = diffFile('tests/test_sizes.py', tests, never);
    const subject = { negation: { patch, failing: ['test_sizes :: rounds'] } };

    it('runs what passes once more, and passes it where these fail', async () => {
      const { verdict, runtime } = await grade(gold, { subject });

      expect(verdict).toMatchObject({ verdict: 'pass', score: 1, reasons: [] });
      const runs = runtime.commands.filter(({ script }) => script.startsWith('toy test'));
      expect(runs.map(({ files }) => files.get('/testbed/tests/test_sizes.py')?.content.toString())).toEqual([
        tests,
        never,
      ]);
    });

    it('does not believe an answer with which they pass', async () => {
      const forged = { overlay: { 'src/sizes.py': 'FORGE\n' } };

      const { verdict } = await grade('', { ...forged, subject: { ...subject, canary: null } });

      expect(verdict).toMatchObject({ verdict: 'fail', score: 0, dense: 0, reasons: ['negation-passes'] });
      expect(verdict.detail).toBe('test_sizes :: rounds');
    });

    it('runs it with the tests as they are again where a toss says so, so that nobody can count runs', async () => {
      const { verdict, runtime } = await grade(gold, { subject, toss: true });
      let runs = 0;
      const counting = (command: FakeCommand) => {
        if (runs++ === 1) command.files.delete('/testbed/src/sizes.py');
        return runToyTests(command);
      };
      const counted = await grade(gold, { subject, toss: true, acts: { 'toy test': counting } });

      expect(verdict).toMatchObject({ verdict: 'pass', score: 1 });
      const laid = runtime.commands.filter(({ script }) => script.startsWith('toy test'));
      expect(laid.map(({ files }) => files.get('/testbed/tests/test_sizes.py')?.content.toString())).toEqual([
        tests,
        tests,
        never,
      ]);
      expect(counted.verdict).toMatchObject({ verdict: 'fail', score: 0, reasons: ['fail-to-pass', 'pass-to-pass'] });
    });

    it('starts as many programs with negated tests as without', async () => {
      const { runtime } = await grade(gold, { subject });

      const laying = runtime.commands.filter(({ script }) => script.includes('git ')).map(({ script }) => script);
      const [first, second] = laying.map((script) => script.replaceAll(/nonce\w+/g, ''));
      expect(second).toBe(first);
    });

    it('does not run again what fails', async () => {
      const { runtime } = await grade('', { subject });

      expect(runtime.commands.filter(({ script }) => script.startsWith('toy test'))).toHaveLength(1);
    });
  });

  it('gives canary tests names that nobody knew', async () => {
    const { runtime } = await grade(gold);

    const { files, args, env } = runtime.commands.at(-1) as FakeCommand;

    expect(args).toHaveLength(1);
    expect(args[0]).not.toContain(CANARY_WORD);
    expect(files.has(`/testbed/${args[0]}`)).toBe(true);
    expect(env.ENVMINT_REPORTS).toMatch(/^\/tmp\/envmint-nonce\w+\/reports$/);
  });

  it.each([
    ['what is no patch', 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ nonsense @@\n', 'no-patch'],
    ['a patch for another tree', diffFile('src/sizes.py', 'something\nelse\n', 'x\n'), 'patch-refused'],
  ])('fails %s by name', async (_, patch, reason) => {
    expect((await grade(patch)).verdict).toMatchObject({ verdict: 'fail', score: 0, reasons: [reason], tests: [] });
  });

  it.each([
    ['run-ended', () => ({ end: 'timed-out' as const })],
    ['report-broken', () => ({ exitCode: 0 })],
    [
      'report-broken',
      (command: FakeCommand) => {
        const answer = runToyTests(command);
        const path = `${command.env.ENVMINT_REPORTS}/report.xml`;
        command.files.set(path, toFile(command.files.get(path)?.content.subarray(0, -20) ?? ''));
        return answer;
      },
    ],
  ])('gives 0 for a run that is not to be believed: %s', async (reason, act) => {
    const { verdict } = await grade(gold, { acts: { 'toy test': act } });

    expect(verdict).toMatchObject({ verdict: 'fail', score: 0, dense: 0 });
    expect(verdict.reasons).toContain(reason);
    expect(verdict.detail).toMatch(reason === 'run-ended' ? /^timed-out after \d+ s$/ : /^$/);
  });
});

describe('withNonce', () => {
  it('fills in the word wherever it stands', () => {
    const template = {
      files: { [`t/${CANARY_WORD}.py`]: `${CANARY_WORD} and ${CANARY_WORD}` },
      args: [`t/${CANARY_WORD}.py`],
      passing: `p_${CANARY_WORD}`,
      failing: `f_${CANARY_WORD}`,
    };

    expect(withNonce(template, 'abc')).toEqual({
      files: { 't/abc.py': 'abc and abc' },
      args: ['t/abc.py'],
      passing: 'p_abc',
      failing: 'f_abc',
    });
  });
});
