import type { TestReport } from '../../domain/junit.ts';
import type { RunState, SeenStatus, StateRun, TestRun } from '../../domain/transitions.ts';

/** What the repeats of one state say of each test. */
export interface SeenState {
  /** By repeat. */
  readonly runs: readonly StateRun[];
  /** Whether no run came to an orderly end: what it is silent about is not absent, it is unknown. */
  readonly isBroken: boolean;
  /** Whether its runs say nothing of a test: none came to an orderly end, or all say that its package did not compile. */
  isSilentOn(id: string): boolean;
  /** One status per run. */
  of(id: string): readonly SeenStatus[];
  /** Whether any of its reports names the test. */
  knows(id: string): boolean;
}

/** Orders the runs of `state` by repeat. */
export function seeState(all: readonly StateRun[], state: RunState): SeenState {
  const runs = all.filter((run) => run.state === state).sort((a, b) => a.repeat - b.repeat);
  const seen = runs.map((run) => ({
    silence: silenceOf(run),
    statuses: new Map(run.report.tests.map(({ id, status }) => [id, status])),
  }));
  const isBroken = runs.length > 0 && runs.every(isBrokenRun);
  const isFallen = (id: string) =>
    seen.length > 0 && seen.every(({ statuses }) => statuses.get(packageOf(id)) === 'error');
  return {
    runs,
    isBroken,
    isSilentOn: (id) => isBroken || isFallen(id),
    of: (id) => seen.map(({ statuses, silence }) => statuses.get(id) ?? silence),
    knows: (id) => seen.some(({ statuses }) => statuses.has(id)),
  };
}

/** What a runner of Go has in the place of tests of a package that did not compile: "path/to/package :: (package)". */
function packageOf(id: string): string {
  return `${id.slice(0, Math.max(0, id.indexOf(' :: ')))} :: (package)`;
}

/** Whether a run is no evidence for what its report does not name: it was ended, it told nothing, or its report is incomplete. */
export function isBrokenRun({ end, exitCode, report }: TestRun): boolean {
  if (end !== 'exited') return true;
  if (report.tests.length === 0) return exitCode !== 0;
  return isReportBroken(report);
}

/** Whether a report is not what the runner meant to say. */
export function isReportBroken({ problems }: TestReport): boolean {
  return problems.some(({ kind }) => kind === 'truncated' || kind === 'malformed' || kind === 'hostile');
}

/** A run that was under way when it broke crashed on what it did not report; one that reported nothing may not even have compiled. */
function silenceOf(run: TestRun): SeenStatus {
  return isBrokenRun(run) && (run.end !== 'exited' || run.report.tests.length > 0) ? 'error' : 'absent';
}

/** The one status that all repeats agree about. Failures and errors are one: both are not a pass. Undefined: flaky. */
export function unanimous(seen: readonly SeenStatus[]): SeenStatus | undefined {
  const different = new Set(seen);
  if (different.size <= 1) return seen[0] ?? 'absent';
  return seen.every((status) => status === 'fail' || status === 'error') ? 'error' : undefined;
}
