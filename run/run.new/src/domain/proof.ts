import { z } from 'zod';
import { Op } from './constraint.ts';
import { Difficulty, Rate } from './task.ts';

/** The gates of the audit, in the order in which they are asked. A task that fails one is rejected with its name as the reason. */
export const GATES = [
  'damaged',
  'witness',
  'trivial',
  'mutants',
  'necessity',
  'bounds',
  'equivalence',
  'total',
  'tool-only',
  'twin',
  'closed-book',
  'dominance',
  'clauses',
  'determinism',
  'differential',
] as const;
export const GateName = z.enum(GATES);
export type GateName = z.infer<typeof GateName>;

export const GateResult = z.strictObject({
  gate: GateName,
  version: z.string(),
  holds: z.boolean(),
  /** What was tried and found, in a sentence. */
  detail: z.string(),
});
export type GateResult = z.infer<typeof GateResult>;

/** One cell of the kill matrix: mutants by `operator` that break `check` by the in-memory test, and how many the verifier named it for. */
export const Kill = z.strictObject({
  check: z.string(),
  operator: z.string(),
  mutants: z.int(),
  killed: z.int(),
  /** Wilson interval of killed / mutants, 95 %. */
  low: z.number(),
  high: z.number(),
});
export type Kill = z.infer<typeof Kill>;

/** A bound of a check, and what the rule reads in the answers found nearest to it: just below, on it and just above; null where none was found. */
export const BoundMet = z.strictObject({
  check: z.string(),
  op: Op,
  bound: z.int(),
  below: z.int().nullable(),
  at: z.int().nullable(),
  above: z.int().nullable(),
  /** Whether the answers on the two sides are judged differently, so that a bound that is off by their distance would be seen. */
  told: z.boolean(),
});
export type BoundMet = z.infer<typeof BoundMet>;

/** A bound moved until nothing satisfies the task any more, proven by exhausting the search. */
export const Infeasible = z.strictObject({ check: z.string(), bound: z.int(), infeasibleAt: z.int(), nodes: z.int() });
export type Infeasible = z.infer<typeof Infeasible>;

/** Answers that are believed to break one check alone: where an audit begins to look. A proof is one as well. */
export const Hints = z.object({ nearMisses: z.array(z.object({ check: z.string(), answer: z.unknown() })) });
export type Hints = z.infer<typeof Hints>;

/** The evidence that travels with a task: proof.json. */
export const Proof = z.strictObject({
  format: z.literal('envmint.proof/1'),
  task: z.string(),
  /** sha-256 of task.json, solution.js, verify.py and verify.mjs, 64 hex digits each. */
  files: z.record(z.string(), z.string()),
  engine: z.string(),
  gates: z.array(GateResult),
  /** The answer that the reference solution submits. */
  witness: z.unknown(),
  /** Further answers that pass, and the share of fields in which each differs from the witness. */
  solutions: z.array(z.strictObject({ answer: z.unknown(), distance: z.number() })),
  killMatrix: z.array(Kill),
  /** For each check an answer that breaks it alone. */
  nearMisses: z.array(z.strictObject({ check: z.string(), answer: z.unknown() })),
  /** The bounds that were asked: all of them where a check's SQL is not the engine's own, some drawn where it is. */
  bounds: z.array(BoundMet).default([]),
  tools: z.strictObject({
    /** Calls of the reference solution, and the fewest of them that show everything the witness names. */
    calls: z.int(),
    minimum: z.int(),
  }),
  infeasible: z.array(Infeasible),
  baselines: z.strictObject({ random: Rate, informed: Rate, greedy: Rate, localSearch: Rate }),
  difficulty: Difficulty,
  /** Answers on which `sql`, `test`, `verify.py` and `verify.mjs` were held against each other. */
  judged: z.strictObject({ answers: z.int(), disagreements: z.int(), verifiers: z.array(z.string()) }),
});
export type Proof = z.infer<typeof Proof>;
