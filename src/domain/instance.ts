import { z } from 'zod';
import { BuiltImage } from './built-image.ts';
import { Candidate } from './candidate.ts';
import { Scope } from './recipe.ts';
import { Transitions } from './transitions.ts';

/** Two tests that vouch for a report, with a word in the place of the nonce of a run. */
export const CanaryTemplate = z.strictObject({
  files: z.record(z.string(), z.string()),
  args: z.array(z.string()),
  passing: z.string(),
  failing: z.string(),
});
export type CanaryTemplate = z.infer<typeof CanaryTemplate>;
export const CANARY_WORD = 'envmintnonce';

/** Answers that must score 0, and the gold patch, which must score 1. */
export const CONTROLS = [
  'gold',
  'empty',
  'tests-only',
  'gold-less-hunk',
  'runner-hook',
  'forged-report',
  'stub-runner',
] as const;
export const ControlName = z.enum(CONTROLS);
export type ControlName = z.infer<typeof ControlName>;

export const Control = z.strictObject({
  control: ControlName,
  /** Which hunk was left out, and the like. */
  detail: z.string(),
  /** The tests that decided: those of the changed files, where the answer does not pass these. */
  scope: Scope,
  score: z.union([z.literal(0), z.literal(1)]),
  dense: z.number(),
  reasons: z.array(z.string()),
  /** Paths whose changes were not taken over. */
  dropped: z.array(z.string()),
  ms: z.number(),
});
export type Control = z.infer<typeof Control>;

/** Cost of a run of every test that there is, with the gold patch. Null where it is the same command as the scope's. */
const WholeSuite = z.strictObject({
  end: z.string(),
  ms: z.number(),
  tests: z.int(),
  failing: z.int(),
  reportBytes: z.int(),
});

/** What another day and another time zone change about the gold patch: ids of tests that pass under the container's own clock only. */
const ClockProbe = z.strictObject({
  shift: z.string(),
  timeZone: z.string(),
  end: z.string(),
  differing: z.array(z.string()),
});

/** Tests that must not pass, whatever fixes the issue: the fail-to-pass tests with their assertions negated. */
export const Negation = z.strictObject({
  /** From the tests as they are with the test patch. */
  patch: z.string(),
  /** Ids of the fail-to-pass tests that fail with the gold patch and this one; at least one. */
  failing: z.array(z.string()).min(1),
});
export type Negation = z.infer<typeof Negation>;

/** A candidate with an image in which its tests fail before the gold patch and pass after it: `items/<id>/instance.json`. */
export const Instance = z.strictObject({
  format: z.literal('envmint.instance/1'),
  id: z.string(),
  candidate: Candidate,
  build: BuiltImage,
  scope: Scope,
  repeats: z.int(),
  transitions: Transitions,
  /** Whether every fail-to-pass test could not even run before: the statement then has to name what they call. */
  isOnlyAbsent: z.boolean(),
  controls: z.array(Control),
  /** Whether the patch still passes without one of its hunks: its tests do not see all of it. */
  isWeaklyTested: z.boolean(),
  canary: CanaryTemplate.nullable(),
  /** Null where no assertion is of a kind that we know. */
  negation: Negation.nullable(),
  /** Folders of the base commit that have tests at or below them: what lies there is protected. */
  testFolders: z.array(z.string()),
  wholeSuite: WholeSuite.nullable(),
  clock: ClockProbe,
  network: z.literal('none'),
  /** The validation's own time, in milliseconds. */
  ms: z.number(),
});
export type Instance = z.infer<typeof Instance>;

/** An instance that lies in the run's artifacts; small, for the ledger. */
export const InstanceRef = z.object({ id: z.string(), path: z.string(), hash: z.string() });
export type InstanceRef = z.infer<typeof InstanceRef>;
