import { z } from 'zod';
import { Scope } from './recipe.ts';
import { StateRun, TestRun } from './transitions.ts';

/** What a run cost beside what it said. */
const cost = {
  scope: Scope,
  /** From the start of the container to its reports, in milliseconds. */
  ms: z.number(),
  /** Bytes of all its reports. */
  reportBytes: z.int(),
};
export const MeasuredRun = z.strictObject({ ...TestRun.shape, ...cost });
export type MeasuredRun = z.infer<typeof MeasuredRun>;

/** A run of the validation; repeats count from 1. */
export const MeasuredStateRun = z.strictObject({ ...StateRun.shape, ...cost });
export type MeasuredStateRun = z.infer<typeof MeasuredStateRun>;
