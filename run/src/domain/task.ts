import { z } from 'zod';
import { AnswerShape } from './answer.ts';
import { Constraint } from './constraint.ts';

export const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export const Level = z.literal(LEVELS);
export type Level = z.infer<typeof Level>;

/**
 * One SELECT that returns a row for each violation, so that no row means satisfied.
 * `stage` orders the judgement: `integrity` checks (does what the answer names exist?) come first, and if one is violated the rest is not asked.
 */
export const Check = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  says: z.string(),
  sql: z.string(),
  weight: z.int().min(1),
  stage: z.enum(['integrity', 'rule']),
  /** `integrity`, `frame` (what makes any answer sensible), or the name of what added it: a palette entry, `forbid-greedy`. */
  origin: z.string(),
  /** The node that clause, check and test come from; absent for integrity checks. */
  constraint: Constraint.optional(),
});
export type Check = z.infer<typeof Check>;

/** How many of some tries passed. */
export const Rate = z.strictObject({ passed: z.int(), tried: z.int() });
export type Rate = z.infer<typeof Rate>;

/** Search effort and odds, all measured on this task (docs/formats.md says how). */
export const Difficulty = z.strictObject({
  level: Level,
  /** What the ladder compared: the surprisal of a smaller sample. */
  score: z.number(),
  /** Decimal digits of the number of well-formed answers. */
  spaceLog10: z.number(),
  /** Sum over the rules of -log10 of the share of informed plays that satisfy it. */
  surprisal: z.number(),
  /** Uniformly drawn well-formed answers. */
  random: Rate,
  /** Random answers that keep those rules about one or two slots which any sensible answer keeps. */
  informed: Rate,
  greedy: Rate,
  localSearch: Rate,
  /** Verdicts that each local search asked for. */
  localSearchVerdicts: z.array(z.int()),
  solverNodes: z.int(),
  solverBacktracks: z.int(),
  solutions: z.strictObject({ count: z.int(), exact: z.boolean() }),
});
export type Difficulty = z.infer<typeof Difficulty>;

/** One operator applied on the way from the root of a ladder, and what it changed by measure. */
export const LineageStep = z.strictObject({
  operator: z.string(),
  detail: z.string(),
  level: Level,
  before: z.number(),
  after: z.number(),
});
export type LineageStep = z.infer<typeof LineageStep>;

export const Task = z.strictObject({
  format: z.literal('envmint.task/1'),
  id: z.string(),
  domain: z.string(),
  environment: z.string(),
  /** Content hash of the world that the checks read: 64 hex digits, sha-256 of world.sqlite. */
  world: z.string(),
  prompt: z.string(),
  /** Names of the environment's tools that a solver of this task is given, `submit_result` last. */
  tools: z.array(z.string()).min(1),
  answer: z.strictObject({
    shape: AnswerShape,
    /** JSON Schema of the answer, in the subset of docs/formats.md. */
    schema: z.record(z.string(), z.unknown()),
    /** The common table expressions put in front of each check; `:answer` is the answer's text. */
    cte: z.string(),
  }),
  checks: z.array(Check).min(1),
  /** Names of the world that the prompt mentions. Whatever else a solution says must come from tools. */
  literals: z.array(z.string()),
  difficulty: Difficulty,
  lineage: z.strictObject({ parent: z.string().nullable(), steps: z.array(LineageStep) }),
  engine: z.string(),
});
export type Task = z.infer<typeof Task>;
