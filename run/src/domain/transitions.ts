import { z } from 'zod';
import { ReportProblemKind, TestReport, TestStatus } from './junit.ts';

/** What lies in the container: the base commit, with the test patch, with the gold patch as well. */
export const RUN_STATES = ['base', 'tests', 'gold'] as const;
export const RunState = z.enum(RUN_STATES);
export type RunState = z.infer<typeof RunState>;

export const RunEnd = z.enum(['exited', 'timed-out', 'out-of-memory', 'output-limit', 'disk-limit']);
export type RunEnd = z.infer<typeof RunEnd>;

/** One run of the tests, seen from outside of the container. */
export const TestRun = z.strictObject({
  end: RunEnd,
  /** Null unless it exited. */
  exitCode: z.int().nullable(),
  report: TestReport,
});
export type TestRun = z.infer<typeof TestRun>;

export const StateRun = z.strictObject({ ...TestRun.shape, state: RunState, repeat: z.int() });
export type StateRun = z.infer<typeof StateRun>;

/** What a run says of a test that some run knows: `absent` where it says nothing. */
export const SeenStatus = z.enum([...TestStatus.options, 'absent']);
export type SeenStatus = z.infer<typeof SeenStatus>;

/** How a fail-to-pass test was before the gold patch. `absent`: it could not even run, so that the statement must name what it calls. */
export const FailureKind = z.enum(['fail', 'error', 'absent']);
export type FailureKind = z.infer<typeof FailureKind>;

export const FailToPass = z.strictObject({ id: z.string(), raw: z.string(), kind: FailureKind });
export type FailToPass = z.infer<typeof FailToPass>;

/** A test that some state does not agree about with itself: one status per repeat. It is judged by nobody. */
export const FlakyTest = z.strictObject({
  id: z.string(),
  seen: z.strictObject({ base: z.array(SeenStatus), tests: z.array(SeenStatus), gold: z.array(SeenStatus) }),
});
export type FlakyTest = z.infer<typeof FlakyTest>;

/** A run whose exit code says otherwise than its report. Kept as a remark: neither of the two is believed for it. */
export const Contradiction = z.strictObject({
  state: RunState,
  repeat: z.int(),
  exitCode: z.int(),
  says: z.enum(['all-pass', 'some-fail']),
});
export type Contradiction = z.infer<typeof Contradiction>;

const Ids = z.array(z.string());

/** Every test that a run knows is in exactly one of these lists, but for those that were skipped or absent throughout. Lists are sorted by id. */
export const Transitions = z.strictObject({
  failToPass: z.array(FailToPass),
  passToPass: Ids,
  /** Also what passes at base, fails with the test patch, and still fails with the gold patch. */
  passToFail: Ids,
  passToSkip: Ids,
  /** Gone by the gold patch, not by the test patch. */
  passToAbsent: Ids,
  /** Neither before nor after; tests that the test patch brings and that the gold patch fails are among them. */
  failToFail: Ids,
  skipToPass: Ids,
  /** Passes at base, and the test patch takes it away. */
  removed: Ids,
  flaky: z.array(FlakyTest),
  /** Whether the run with the test patch told nothing of some tests (it did not compile, it crashed), so that they were compared with the base. */
  isComparedWithBase: z.boolean(),
  contradictions: z.array(Contradiction),
  /** Problems that reports of gold runs have as well: an answer may have them too. */
  goldProblems: z.array(ReportProblemKind),
});
export type Transitions = z.infer<typeof Transitions>;
