import type { StateRun, Transitions } from '../../domain/transitions.ts';
import { isReportBroken, type SeenState, seeState } from './seen.ts';

/** Why runs make no instance: the closed list, in the order in which the first that holds is named. */
export const transitionReasons = {
  'gold-run-ended': 'a run with the gold patch was ended from outside: time, memory, output or disk',
  'gold-report-broken': 'a report with the gold patch is truncated, malformed or hostile',
  'no-tests-ran': 'no test ran with the gold patch',
  'gold-fails': 'no test passes with the gold patch',
  'baseline-broken': 'the tests run neither at base nor with the test patch, so nothing can be compared',
  'pass-to-fail': 'a test that passes before fails with the gold patch',
  'pass-to-skip': 'a test that passes before is skipped with the gold patch',
  'pass-to-absent':
    'a test that passes before is gone with the gold patch, and it was not the test patch that took it away',
  'all-flaky': 'the only tests that fail before and pass after are flaky',
  'no-fail-to-pass': 'no test fails before and passes after',
} as const satisfies Readonly<Record<string, string>>;
export type TransitionReason = keyof typeof transitionReasons;

/** Whether a test that passes before may be skipped, or gone, with the gold patch. */
export interface TransitionPolicy {
  readonly passToSkip: 'reject' | 'keep';
  readonly passToAbsent: 'reject' | 'keep';
}

/** Every reason against an instance, the gravest first; none for a sound one. */
export function judgeTransitions(
  transitions: Transitions,
  runs: readonly StateRun[],
  policy: TransitionPolicy,
): TransitionReason[] {
  const gold = seeState(runs, 'gold');
  const isBaselineBroken = seeState(runs, 'base').isBroken && seeState(runs, 'tests').isBroken;
  const { failToPass, passToFail, passToSkip, passToAbsent } = transitions;
  const isHollow = failToPass.length === 0;
  const isFlaky = transitions.flaky.some(({ seen }) => !seen.tests.every(isPass) && seen.gold.some(isPass));
  const holds: Readonly<Record<TransitionReason, boolean>> = {
    'gold-run-ended': gold.runs.some(({ end }) => end !== 'exited'),
    'gold-report-broken': gold.runs.some(({ report }) => isReportBroken(report)),
    'no-tests-ran': gold.runs.every(({ report }) => report.tests.length === 0),
    'gold-fails': !anyPasses(gold),
    'baseline-broken': isBaselineBroken,
    'pass-to-fail': passToFail.length > 0,
    'pass-to-skip': passToSkip.length > 0 && policy.passToSkip === 'reject',
    'pass-to-absent': passToAbsent.length > 0 && policy.passToAbsent === 'reject',
    'all-flaky': isHollow && isFlaky,
    'no-fail-to-pass': isHollow && !isFlaky,
  };
  return (Object.keys(transitionReasons) as TransitionReason[]).filter((reason) => holds[reason]);
}

/** Whether every fail-to-pass test could not even run before: kept, but its statement must name the interface. */
export function isOnlyAbsent({ failToPass }: Transitions): boolean {
  return failToPass.length > 0 && failToPass.every(({ kind }) => kind === 'absent');
}

function anyPasses({ runs }: SeenState): boolean {
  return runs.some(({ report }) => report.tests.some(({ status }) => status === 'pass'));
}

function isPass(status: string): boolean {
  return status === 'pass';
}
