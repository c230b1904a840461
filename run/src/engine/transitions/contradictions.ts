import type { TestReport } from '../../domain/junit.ts';
import { type Contradiction, RUN_STATES, type StateRun } from '../../domain/transitions.ts';

/** Undefined where a report holds nothing to say it of. */
export function verdictOf({ tests }: TestReport): Contradiction['says'] | undefined {
  if (tests.length === 0) return undefined;
  return tests.some(({ status }) => status === 'fail' || status === 'error') ? 'some-fail' : 'all-pass';
}

/** Whether a runner that ended with this code said otherwise than its report. */
export function isContradiction(says: Contradiction['says'] | undefined, exitCode: number): boolean {
  return says !== undefined && (says === 'all-pass') !== (exitCode === 0);
}

export function contradictionsOf(runs: readonly StateRun[]): Contradiction[] {
  return runs
    .flatMap(({ state, repeat, exitCode, report }): Contradiction[] => {
      const says = verdictOf(report);
      if (says === undefined || exitCode === null || !isContradiction(says, exitCode)) return [];
      return [{ state, repeat, exitCode, says }];
    })
    .sort((a, b) => RUN_STATES.indexOf(a.state) - RUN_STATES.indexOf(b.state) || a.repeat - b.repeat);
}
