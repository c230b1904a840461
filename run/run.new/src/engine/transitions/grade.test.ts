import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestReport, TestStatus } from '../../domain/junit.ts';
import type { TestRun } from '../../domain/transitions.ts';
import { type Expected, type Grade, gradeRun } from './grade.ts';

const expected: Expected = { failToPass: ['n', 'm'], passToPass: ['a', 'b'], goldProblems: [] };
const canary = { passing: 'q1', failing: 'q2' };
const alive = { 'Canary q1': 'pass', 'Canary q2': 'fail' } as const;
const good = { n: 'pass', m: 'pass', a: 'pass', b: 'pass', ...alive } as const;

type Statuses = Readonly<Record<string, TestStatus>>;

function run(statuses: Statuses, rest: Partial<TestRun> = {}, problems: TestReport['problems'] = []): TestRun {
  const tests = Object.entries(statuses).map(([id, status]) => ({ id, raw: id, status, ms: null, message: '' }));
  return { end: 'exited', exitCode: 1, report: { tests, problems }, ...rest };
}

function check(answer: TestRun, grade: Partial<Grade>): void {
  expect(gradeRun(answer, expected, canary)).toMatchObject(grade);
}

describe('gradeRun', () => {
  it('gives 1 where all that has to pass passes', () =>
    check(run(good), { score: 1, reasons: [], dense: 1, contradiction: undefined }));

  it.each<[string, Statuses, Partial<Grade>]>([
    ['half of the fail-to-pass tests', { ...good, n: 'fail' }, { reasons: ['fail-to-pass'], dense: 0.5 }],
    ['nothing new', { ...good, n: 'fail', m: 'error' }, { reasons: ['fail-to-pass'], dense: 0 }],
    ['a skipped fail-to-pass test', { ...good, n: 'skip' }, { reasons: ['fail-to-pass'], dense: 0.5 }],
    ['a skipped pass-to-pass test', { ...good, a: 'skip' }, { reasons: ['pass-to-pass'], dense: 0.5 }],
    ['absent tests', alive, { reasons: ['fail-to-pass', 'pass-to-pass'], dense: 0 }],
    [
      'a report without the canary',
      { n: 'pass', m: 'pass', a: 'pass', b: 'pass' },
      { reasons: ['tampered'], dense: 0 },
    ],
    ['a report in which everything passes', { ...good, 'Canary q2': 'pass' }, { reasons: ['tampered'], dense: 0 }],
    ['a report in which the canary is skipped', { ...good, 'Canary q1': 'skip' }, { reasons: ['tampered'], dense: 0 }],
    ['one canary forged beside the true one', { ...good, 'x q2': 'pass' }, { reasons: ['tampered'], dense: 0 }],
  ])('gives 0 for %s', (_, statuses, grade) => check(run(statuses), { score: 0, ...grade }));

  it('gives 0 for a run that was ended, whatever it reported', () =>
    check(run(good, { end: 'timed-out', exitCode: null }), { score: 0, reasons: ['run-ended'], dense: 0 }));

  it('gives 0 for a broken report, unless the gold runs have the same trouble', () => {
    const broken = run(good, {}, [{ kind: 'truncated', detail: '' }]);

    check(broken, { score: 0, reasons: ['report-broken'], dense: 0 });
    expect(gradeRun(broken, { ...expected, goldProblems: ['truncated'] }, canary).score).toBe(1);
  });

  it('looks past a duplicate of a test that nobody asks for', () =>
    check(run({ ...good, x: 'error' }, {}, [{ kind: 'duplicate', detail: 'x' }]), { score: 1 }));

  it('remarks an exit code of 0 beside a test that failed', () =>
    check(run(good, { exitCode: 0 }), { score: 1, contradiction: 'some-fail' }));

  it('gives nothing for nothing asked', () => {
    expect(gradeRun(run({}), { failToPass: [], passToPass: [], goldProblems: [] }, undefined)).toMatchObject({
      score: 0,
      dense: 0,
    });
  });

  it('gives 1 only with a dense share of 1, and shares between 0 and 1', () => {
    const status = fc.constantFrom<TestStatus[]>('pass', 'fail', 'skip');
    const statuses = fc.record({ n: status, m: status, a: status, b: status }, { requiredKeys: [] });
    fc.assert(
      fc.property(statuses, fc.boolean(), (some, isAlive) => {
        const { score, dense } = gradeRun(run({ ...some, ...(isAlive ? alive : {}) } as Statuses), expected, canary);

        expect(dense).toBeGreaterThanOrEqual(0);
        expect(score === 1).toBe(dense === 1);
      }),
    );
  });
});
