import { z } from 'zod';
import { TestReport } from './junit.ts';
import { Scope } from './recipe.ts';

/** What lies in the container: the base commit, that with the test patch, or that with the gold patch as well. */
export const STATES = ['base', 'tests', 'gold'] as const;
export const State = z.enum(STATES);
export type State = z.infer<typeof State>;

/** How a command in a container ended, as seen from outside. */
export const RunEnd = z.enum(['exited', 'timed-out', 'out-of-memory', 'output-limit', 'disk-limit']);

/** One run of the tests in a container of its own. */
export const TestRun = z.strictObject({
  scope: Scope,
  end: RunEnd,
  /** Null unless it exited. */
  exitCode: z.int().nullable(),
  /** From the start of the container to its reports, in milliseconds. */
  ms: z.number(),
  /** Bytes of all its reports. */
  reportBytes: z.int(),
  report: TestReport,
});
export type TestRun = z.infer<typeof TestRun>;

/** A run of the validation; repeats count from 1. */
export const StateRun = TestRun.extend({ state: State, repeat: z.int().positive() });
export type StateRun = z.infer<typeof StateRun>;
