import { z } from 'zod';
import { Difficulty, Rate } from './task.ts';

/** The gates of the audit, in the order in which they are asked. A task that fails one is rejected with its name as the reason. */
export const GATES = [
  'damaged',
  'witness',
  'trivial',
  'mutants',
  'necessity',
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
