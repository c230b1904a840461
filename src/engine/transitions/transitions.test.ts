import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportProblem, TestStatus } from '../../domain/junit.ts';
import { RUN_STATES, type RunState, type StateRun, Transitions } from '../../domain/transitions.ts';
import { compareRuns, type TestChanges } from './compare.ts';
import { isOnlyAbsent, judgeTransitions, type TransitionPolicy, type TransitionReason } from './judge.ts';
import { isTouched } from './touched.ts';

const changes: TestChanges = { paths: ['tests/ATest.java'], isRewritten: (id) => id.endsWith('/rewritten') };
const unchanged: TestChanges = { paths: [], isRewritten: () => false };
const strict: TransitionPolicy = { passToSkip: 'reject', passToAbsent: 'reject' };

/** "a:pass p|b:fail" as a report of "a" and "p :: b"; ids without a status are absent. A run that reports nothing failed to compile. */
function run(state: RunState, repeat: number, text: string): StateRun {
  const tests = text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', status] = part.split(':');
      const id = name.replace('|', ' :: ');
      return { id, raw: `raw ${id}`, status: status as TestStatus, ms: 1, message: '' };
    });
  const problems: ReportProblem[] = tests.length === 0 ? [{ kind: 'missing', detail: '' }] : [];
  const exitCode = tests.length > 0 && tests.every(({ status }) => status === 'pass' || status === 'skip') ? 0 : 1;
  return { state, repeat, end: 'exited', exitCode, report: { tests, problems } };
}

/** The same in each of three repeats. */
function thrice(texts: Readonly<Record<RunState, string>>, rest: Partial<Record<RunState, Partial<StateRun>>> = {}) {
  return RUN_STATES.flatMap((state) =>
    [0, 1, 2].map((repeat) => ({ ...run(state, repeat, texts[state]), ...rest[state] })),
  );
}

function check(runs: readonly StateRun[], expected: Partial<Transitions>, reasons: readonly TransitionReason[] = []) {
  const transitions = compareRuns(runs, changes);

  expect(transitions).toMatchObject(expected);
  expect(judgeTransitions(transitions, runs, strict)).toEqual(reasons);
  expect(Transitions.parse(transitions)).toEqual(transitions);
}

describe('compareRuns', () => {
  it('keeps what fails before and passes after, and what passes throughout', () => {
    check(thrice({ base: 'old:pass', tests: 'old:pass new:fail', gold: 'old:pass new:pass' }), {
      failToPass: [{ id: 'new', raw: 'raw new', kind: 'fail' }],
      passToPass: ['old'],
      flaky: [],
      contradictions: [],
      isComparedWithBase: false,
    });
  });

  it.each<[string, readonly [string, string, string], Partial<Transitions> & { reasons?: TransitionReason[] }]>([
    ['an error', ['a:pass', 'a:error', 'a:pass'], { failToPass: [{ id: 'a', raw: 'raw a', kind: 'error' }] }],
    [
      'a test that turns red',
      ['a:pass b:pass', 'a:pass b:fail', 'a:fail b:pass'],
      { passToFail: ['a'], reasons: ['pass-to-fail'] },
    ],
    [
      'a test that the test patch turns red for good',
      ['a:pass b:pass', 'a:fail b:fail', 'a:error b:pass'],
      { passToFail: ['a'], reasons: ['pass-to-fail'] },
    ],
    [
      'a test that is skipped after',
      ['a:pass', 'a:pass b:fail', 'a:skip b:pass'],
      { passToSkip: ['a'], reasons: ['pass-to-skip'] },
    ],
    [
      'a test that is gone after',
      ['a:pass', 'a:pass b:fail', 'b:pass'],
      { passToAbsent: ['a'], reasons: ['pass-to-absent'] },
    ],
    ['a test that the test patch takes away', ['a:pass', 'b:fail', 'b:pass'], { removed: ['a'], passToAbsent: [] }],
    ['a test that fails throughout', ['a:fail', 'a:fail b:fail', 'a:fail b:pass'], { failToFail: ['a'] }],
    ['a new test that the gold patch fails', ['', 'a:fail b:fail', 'a:fail b:pass'], { failToFail: ['a'] }],
    ['a test that is skipped before', ['a:skip', 'a:skip b:fail', 'a:pass b:pass'], { skipToPass: ['a'] }],
    ['no change', ['a:pass', 'a:pass', 'a:pass'], { passToPass: ['a'], reasons: ['no-fail-to-pass'] }],
    [
      'nothing that passes',
      ['', 'a:fail', 'a:fail'],
      { failToFail: ['a'], reasons: ['gold-fails', 'no-fail-to-pass'] },
    ],
    ['nothing at all', ['', '', ''], { reasons: ['no-tests-ran', 'gold-fails', 'baseline-broken', 'no-fail-to-pass'] }],
  ])('places %s', (_, [base, tests, gold], { reasons = [], ...expected }) =>
    check(thrice({ base, tests, gold }), expected, reasons),
  );

  it('takes a changed class that did not compile for absent, and its neighbours from the base', () => {
    const runs = thrice({ base: 'x.ATest:pass x.BTest:pass', tests: '', gold: 'x.ATest:pass x.BTest:pass' });

    check(runs, {
      failToPass: [{ id: 'x.ATest', raw: 'raw x.ATest', kind: 'absent' }],
      passToPass: ['x.BTest'],
      isComparedWithBase: true,
    });
    expect(isOnlyAbsent(compareRuns(runs, changes))).toBe(true);
  });

  it('takes old tests of a changed class that did not compile from the base, where others are new or rewritten', () => {
    const runs = thrice({
      base: 'x.ATest/old:pass x.ATest/mended:fail x.ATest/rewritten:pass x.ATest/gone:pass x.ATest/off:pass x.BTest/old:pass',
      tests: '',
      gold: 'x.ATest/old:pass x.ATest/mended:pass x.ATest/new:pass x.ATest/rewritten:pass x.ATest/off:skip x.BTest/old:pass',
    });
    const ids = ['mended', 'new', 'rewritten'].map((name) => `x.ATest/${name}`);

    check(runs, {
      failToPass: ids.map((id) => ({ id, raw: `raw ${id}`, kind: 'absent' })),
      passToPass: ['x.ATest/old', 'x.BTest/old'],
      // The test patch may have switched it off.
      passToSkip: [],
      removed: ['x.ATest/gone'],
      isComparedWithBase: true,
    });
  });

  it('takes all that did not compile for absent where no name tells what was changed', () => {
    check(thrice({ base: 'u:pass v:pass', tests: '', gold: 'u:pass v:pass' }), {
      failToPass: [
        { id: 'u', raw: 'raw u', kind: 'absent' },
        { id: 'v', raw: 'raw v', kind: 'absent' },
      ],
    });
  });

  it.each([
    { says: 'a package', mark: 'p|(package):error', failToPass: ['p :: new'] },
    { says: 'a file', mark: 'p|(file):error', failToPass: ['p :: new'] },
    { says: 'the build', mark: 'build|(build):error', failToPass: ['p :: new'] },
    { says: 'a part of the build', mark: 'build|(build):error', failToPass: ['p :: new'], other: 'p' },
    { says: 'a file of Vitest', mark: 'a.test.ts:fail', failToPass: ['a.test.ts :: new'], group: 'a.test.ts' },
    { says: 'a module of Python', mark: 'pytest|p.a:error', failToPass: ['p.a :: new'], group: 'p.a' },
    { says: 'a module of a class', mark: 'pytest|p.a:error', failToPass: ['p.a.B :: new'], group: 'p.a.B' },
    { says: 'another', mark: 'pytest|p.a:error', failToPass: ['p.ab :: new', 'p.ab :: old'], group: 'p.ab' },
    { says: 'nothing', mark: '', failToPass: ['p :: new', 'p :: old'] },
  ])(
    'compares what is not told where $says is told not to have compiled',
    ({ mark, failToPass, group = 'p', other = 'q' }) => {
      const runs = thrice({
        base: `${group}|old:pass ${group}|gone:pass q|old:pass`,
        tests: `${mark} ${other}|old:pass`.trim(),
        gold: `${group}|old:pass ${group}|new:pass q|old:pass`,
      });

      check(runs, {
        failToPass: failToPass.map((id) => ({ id, raw: `raw ${id}`, kind: 'absent' })),
        passToPass: [`${group} :: old`, 'q :: old'].filter((id) => !failToPass.includes(id)),
        removed: [`${group} :: gone`],
        isComparedWithBase: failToPass.length === 1,
      });
    },
  );

  it('compares what a crash left out with the base', () => {
    const end = { end: 'timed-out', exitCode: null } as const;
    check(thrice({ base: 'a:pass b:pass', tests: 'a:pass', gold: 'a:pass b:pass c:pass' }, { tests: end }), {
      failToPass: [{ id: 'c', raw: 'raw c', kind: 'error' }],
      passToPass: ['a', 'b'],
      isComparedWithBase: true,
    });
  });

  it('puts aside what the repeats do not agree about', () => {
    const runs = [...thrice({ base: 'a:pass', tests: 'a:pass n:fail', gold: 'a:pass n:pass' })];
    runs[8] = run('gold', 2, 'a:fail n:pass');

    check(runs, {
      failToPass: [{ id: 'n', raw: 'raw n', kind: 'fail' }],
      passToPass: [],
      passToFail: [],
      flaky: [
        {
          id: 'a',
          seen: { base: ['pass', 'pass', 'pass'], tests: ['pass', 'pass', 'pass'], gold: ['pass', 'pass', 'fail'] },
        },
      ],
    });
  });

  it('does not call a test flaky that fails in two ways', () => {
    const runs = [...thrice({ base: '', tests: 'n:fail', gold: 'n:pass' })];
    runs[4] = run('tests', 1, 'n:error');

    check(runs, { failToPass: [{ id: 'n', raw: 'raw n', kind: 'error' }], flaky: [] });
  });

  it('says so where everything that could be fail-to-pass is flaky', () => {
    const runs = [...thrice({ base: 'a:pass', tests: 'a:pass n:fail', gold: 'a:pass n:pass' })];
    runs[7] = run('gold', 1, 'a:pass n:fail');

    check(runs, { failToPass: [] }, ['all-flaky']);
  });

  it('refuses gold runs that were ended, or whose report broke', () => {
    const texts = { base: 'a:pass', tests: 'a:pass n:fail', gold: 'a:pass n:pass' };
    const torn = run('gold', 0, texts.gold).report;
    const report = { ...torn, problems: [{ kind: 'truncated', detail: '' }] } as const;

    check(thrice(texts, { gold: { end: 'out-of-memory', exitCode: null } }), {}, ['gold-run-ended']);
    check(
      thrice(texts, { gold: { report: { ...report, problems: [...report.problems] } } }),
      { goldProblems: ['truncated'] },
      ['gold-report-broken'],
    );
  });

  it('records exit codes that say otherwise than the report', () => {
    const runs = thrice(
      { base: 'a:pass', tests: 'a:pass n:fail', gold: 'a:pass n:pass' },
      { tests: { exitCode: 0 }, gold: { exitCode: 3 } },
    );

    expect(compareRuns(runs, unchanged).contradictions).toEqual([
      ...[0, 1, 2].map((repeat) => ({ state: 'tests', repeat, exitCode: 0, says: 'some-fail' })),
      ...[0, 1, 2].map((repeat) => ({ state: 'gold', repeat, exitCode: 3, says: 'all-pass' })),
    ]);
  });

  it('follows the policy for what is skipped or gone', () => {
    const runs = thrice({ base: 'a:pass b:pass', tests: 'a:pass b:pass n:fail', gold: 'a:skip n:pass' });
    const transitions = compareRuns(runs, unchanged);

    expect(judgeTransitions(transitions, runs, strict)).toEqual(['pass-to-skip', 'pass-to-absent']);
    expect(judgeTransitions(transitions, runs, { passToSkip: 'keep', passToAbsent: 'keep' })).toEqual([]);
  });
});

describe('isTouched', () => {
  it.each([
    ['org.acme.FooTest :: a', 'core/src/test/java/org/acme/FooTest.java', true],
    ['org.acme.FooTest$Inner :: a', 'src/test/java/org/acme/FooTest.java', true],
    ['org.acme.FooTest2 :: a', 'src/test/java/org/acme/FooTest.java', false],
    ['tests.test_a.TestX :: test_b', 'tests/test_a.py', true],
    ['tests.test_ab :: test_b', 'tests/test_a.py', false],
    ['src/a.test.ts :: a > b', 'src/a.test.ts', true],
    ['example.org/m/ring :: TestPush', 'ring/ring_test.go', true],
    ['example.org/m/string :: TestPush', 'ring/ring_test.go', false],
  ])('says of %s and %s: %s', (id, path, expected) => expect(isTouched(id, [path])).toBe(expected));
});

describe('laws', () => {
  const status = fc.constantFrom<TestStatus[]>('pass', 'fail', 'error', 'skip');
  const tests = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), status);
  const end = fc.constantFrom<StateRun['end'][]>('exited', 'exited', 'exited', 'timed-out');
  const anyRun = fc.record({ tests, end, exitCode: fc.constantFrom(0, 1) });
  const anyRuns = fc.array(fc.tuple(anyRun, anyRun, anyRun), { minLength: 1, maxLength: 4 }).map((repeats) =>
    repeats.flatMap((states, repeat) =>
      states.map(({ tests, end, exitCode }, index): StateRun => {
        const text = Object.entries(tests)
          .map((entry) => entry.join(':'))
          .join(' ');
        return { ...run(RUN_STATES[index] ?? 'base', repeat, text), end, exitCode: end === 'exited' ? exitCode : null };
      }),
    ),
  );

  it('does not depend on the order of runs and tests', () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const mirrored = runs
          .toReversed()
          .map((each) => ({ ...each, report: { ...each.report, tests: each.report.tests.toReversed() } }));

        expect(compareRuns(mirrored, unchanged)).toEqual(compareRuns(runs, unchanged));
        expect(judgeTransitions(compareRuns(runs, unchanged), mirrored, strict)).toEqual(
          judgeTransitions(compareRuns(runs, unchanged), runs, strict),
        );
      }),
    );
  });

  it('gives the same lists when repeats change places', () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const last = Math.max(...runs.map(({ repeat }) => repeat));
        const { flaky, contradictions, ...lists } = compareRuns(runs, unchanged);
        const turned = compareRuns(
          runs.map((each) => ({ ...each, repeat: last - each.repeat })),
          unchanged,
        );

        expect(turned).toMatchObject(lists);
        expect(turned.flaky.map(({ id }) => id)).toEqual(flaky.map(({ id }) => id));
        expect(turned.contradictions).toHaveLength(contradictions.length);
      }),
    );
  });

  it('changes nothing else when a test is added that always passes', () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const sound = runs.filter(({ report }) => report.tests.length > 0);
        const added = sound.map((each) => {
          const test = { id: 'z', raw: 'z', status: 'pass', ms: 1, message: '' } as const;
          return { ...each, report: { ...each.report, tests: [...each.report.tests, test] } };
        });
        const { passToPass, flaky, ...others } = compareRuns(sound, unchanged);
        const more = compareRuns(added, unchanged);

        if (!RUN_STATES.every((state) => sound.some((each) => each.state === state))) return;
        expect(more).toEqual({ ...others, flaky, passToPass: [...passToPass, 'z'] });
      }),
    );
  });

  it('has each test in one list at most', () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const { failToPass, flaky, contradictions, goldProblems, isComparedWithBase, ...lists } = compareRuns(
          runs,
          unchanged,
        );
        const ids = [failToPass.map(({ id }) => id), flaky.map(({ id }) => id), ...Object.values(lists)].flat();

        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
