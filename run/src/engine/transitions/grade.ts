import type { ReportProblem, TestResult } from '../../domain/junit.ts';
import type { Contradiction, SeenStatus, TestRun } from '../../domain/transitions.ts';
import { isContradiction, verdictOf } from './contradictions.ts';

/** What an answer has to reach. */
export interface Expected {
  readonly failToPass: readonly string[];
  readonly passToPass: readonly string[];
  /** Problems that the gold runs' reports have as well. */
  readonly goldProblems: readonly ReportProblem['kind'][];
}

/** Parts of the raw names of two tests that were laid beside the others: one passes, one fails. */
export interface CanaryNames {
  readonly passing: string;
  readonly failing: string;
}

/** Why an answer does not pass: the closed list. */
export const gradeReasons = {
  'run-ended': 'the run was ended from outside: time, memory, output or disk',
  'report-broken': 'the report is missing, incomplete or not what a runner writes',
  tampered:
    'the canary tests did not come out as one pass and one failure: something else than the runner wrote the report',
  'fail-to-pass': 'a test that has to pass now does not',
  'pass-to-pass': 'a test that passed before does not pass any more',
} as const satisfies Readonly<Record<string, string>>;
export type GradeReason = keyof typeof gradeReasons;

export interface GradedTest {
  readonly id: string;
  readonly set: 'fail-to-pass' | 'pass-to-pass';
  readonly status: SeenStatus;
  readonly message: string;
}

export interface Grade {
  /** 1 if there is no reason against it. */
  readonly score: 0 | 1;
  readonly reasons: readonly GradeReason[];
  /** Share of fail-to-pass tests that pass, times the share of pass-to-pass tests that pass; 0 where the run itself is not to be believed. */
  readonly dense: number;
  readonly tests: readonly GradedTest[];
  /** The exit code says otherwise than the report: a remark, which decides nothing. */
  readonly contradiction: Contradiction['says'] | undefined;
}

/** Judges one run of an answer. A test that is skipped or absent has not passed. Without a canary nobody vouches for the report. */
export function gradeRun(run: TestRun, expected: Expected, canary: CanaryNames | undefined): Grade {
  const byId = new Map(run.report.tests.map((test) => [test.id, test]));
  const toGraded = (set: GradedTest['set']) => (id: string) => {
    const test = byId.get(id);
    return { id, set, status: test?.status ?? 'absent', message: test?.message ?? '' } as const;
  };
  const failToPass = expected.failToPass.map(toGraded('fail-to-pass'));
  const passToPass = expected.passToPass.map(toGraded('pass-to-pass'));
  const distrust: GradeReason[] = [
    ...(run.end === 'exited' ? [] : ['run-ended' as const]),
    ...(isBroken(run, expected) ? ['report-broken' as const] : []),
    ...(canary === undefined || isCanaryAlive(run.report.tests, canary) ? [] : ['tampered' as const]),
  ];
  const failures: GradeReason[] = [
    ...(shareOf(failToPass) === 1 ? [] : ['fail-to-pass' as const]),
    ...(shareOf(passToPass) === 1 ? [] : ['pass-to-pass' as const]),
  ];
  const says = verdictOf(run.report);
  return {
    score: distrust.length + failures.length === 0 && failToPass.length > 0 ? 1 : 0,
    reasons: [...distrust, ...failures],
    dense: distrust.length > 0 || failToPass.length === 0 ? 0 : shareOf(failToPass) * shareOf(passToPass),
    tests: [...failToPass, ...passToPass],
    contradiction: run.exitCode !== null && isContradiction(says, run.exitCode) ? says : undefined,
  };
}

/** A duplicate touches its own test only, which is an error by then. */
function isBroken({ report }: TestRun, { goldProblems }: Expected): boolean {
  return report.problems.some(({ kind }) => kind !== 'duplicate' && !goldProblems.includes(kind));
}

function isCanaryAlive(tests: readonly TestResult[], { passing, failing }: CanaryNames): boolean {
  const named = (part: string) => tests.filter(({ raw, id }) => raw.includes(part) || id.includes(part));
  const passed = named(passing);
  const failed = named(failing);
  return (
    passed.length > 0 &&
    failed.length > 0 &&
    passed.every(({ status }) => status === 'pass') &&
    failed.every(({ status }) => status === 'fail' || status === 'error')
  );
}

/** Of none, all pass. */
function shareOf(tests: readonly GradedTest[]): number {
  return tests.length === 0 ? 1 : tests.filter(({ status }) => status === 'pass').length / tests.length;
}
