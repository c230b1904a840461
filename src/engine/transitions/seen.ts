import type { TestReport } from '../../domain/junit.ts';
import type { RunState, SeenStatus, StateRun, TestRun } from '../../domain/transitions.ts';

/** What the repeats of one state say of each test. */
export interface SeenState {
  /** By repeat. */
  readonly runs: readonly StateRun[];
  /** Whether no run came to an orderly end: what it is silent about is not absent, it is unknown. */
  readonly isBroken: boolean;
  /** Whether its runs say nothing of a test: none came to an orderly end, or all say that what it is part of did not compile. */
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
    fallen: fallenIn(run),
  }));
  const isBroken = runs.length > 0 && runs.every(isBrokenRun);
  const isFallen = (id: string) => seen.length > 0 && seen.every(({ fallen }) => isPartOf(id, fallen));
  return {
    runs,
    isBroken,
    isSilentOn: (id) => isBroken || isFallen(id),
    of: (id) => seen.map(({ statuses, silence }) => statuses.get(id) ?? silence),
    knows: (id) => seen.some(({ statuses }) => statuses.has(id)),
  };
}

/** What did not compile or load: what tests are grouped by, "" for all, and Python modules, whose classes are groups of their own. */
interface Fallen {
  readonly groups: ReadonlySet<string>;
  readonly modules: readonly string[];
}

/**
 * What a run says did not compile, by what stands in the place of its tests: "path/to/package :: (package)" and "path/to/file :: (file)", and "(build)" for
 * any part of the rest, which the names of tests do not tell. Vitest names a file that did not load alone, pytest a module: "pytest :: tests.test_a".
 */
function fallenIn({ report }: TestRun): Fallen {
  const failed = report.tests.filter(({ status }) => status === 'error' || status === 'fail');
  const marks = failed.filter(({ id }) => /(^| :: )\((package|file|build)\)$|^\S+\.[cm]?[jt]sx?$/.test(id));
  const modules = failed.flatMap(({ id, status }) => (status === 'error' && /^pytest :: (\S+)$/.exec(id)?.[1]) || []);
  return { groups: new Set(marks.map(({ id }) => (id.endsWith('(build)') ? '' : groupOf(id)))), modules };
}

function isPartOf(id: string, { groups, modules }: Fallen): boolean {
  const group = groupOf(id);
  return groups.has('') || groups.has(group) || modules.some((name) => group === name || group.startsWith(`${name}.`));
}

/** Never empty, which stands for all. */
function groupOf(id: string): string {
  const [group = id] = id.split(' :: ', 1);
  return group;
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
