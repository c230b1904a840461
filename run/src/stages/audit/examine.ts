import { GATES, type GateResult, type Proof } from '../../domain/proof.ts';
import { toAnswer } from '../../engine/search/answer.ts';
import { createEvidence, type Evidence } from './evidence.ts';
import type { Gate, GateNeeds } from './gate.ts';
import { bounds } from './gates/bounds.ts';
import { clauses } from './gates/clauses.ts';
import { closedBook } from './gates/closed-book.ts';
import { determinism } from './gates/determinism.ts';
import { differential } from './gates/differential.ts';
import { dominance } from './gates/dominance.ts';
import { equivalence } from './gates/equivalence.ts';
import { mutants } from './gates/mutants.ts';
import { necessity } from './gates/necessity.ts';
import { toolOnly } from './gates/tool-only.ts';
import { total } from './gates/total.ts';
import { trivial } from './gates/trivial.ts';
import { twin } from './gates/twin.ts';
import { distance, witness } from './gates/witness.ts';
import { proveInfeasible } from './infeasible.ts';
import type { Subject } from './subject.ts';

/** Every gate, in the order in which a task has to pass; `differential` is last, since it is about all answers of the others. */
export const gates: readonly Gate[] = [
  witness,
  trivial,
  mutants,
  necessity,
  bounds,
  equivalence,
  total,
  toolOnly,
  twin,
  closedBook,
  dominance,
  clauses,
  determinism,
  differential,
];

/** The gates that were asked, and what they learnt. */
export interface Examined {
  readonly results: GateResult[];
  readonly evidence: Evidence;
}

/** Asks every gate up to the first that does not hold. The proof is complete only where all hold. */
export async function examine(subject: Subject, needs: GateNeeds): Promise<Examined> {
  const evidence = createEvidence();
  const results: GateResult[] = [];
  for (const gate of gates) {
    needs.signal.throwIfAborted();
    const finding = await gate.ask(subject, evidence, needs);
    results.push({ gate: gate.name, version: gate.version, ...finding });
    if (!finding.holds) return { results, evidence };
  }
  evidence.infeasible.push(...proveInfeasible(subject));
  return { results, evidence };
}

/** The proof of a task whose gates all hold. */
export function toProof(
  { task, model }: Subject,
  { results, evidence }: Examined,
  files: Readonly<Record<string, string>>,
): Proof {
  const [first, ...further] = evidence.solutions;
  if (!first || results.length !== GATES.length - 1)
    throw new Error(`the proof of ${task.id} is asked for before all gates hold`);
  const { random, informed, greedy, localSearch } = task.difficulty;
  return {
    format: 'envmint.proof/1',
    task: task.id,
    files,
    engine: task.engine,
    gates: [...results],
    witness: toAnswer(model, first),
    solutions: further.map((values) => ({
      answer: toAnswer(model, values),
      distance: Math.round(distance(first, values) * 1000) / 1000,
    })),
    killMatrix: [...evidence.killMatrix],
    nearMisses: evidence.nearMisses.map(({ check, values }) => ({ check, answer: toAnswer(model, values) })),
    bounds: [...evidence.bounds],
    tools: evidence.tools,
    infeasible: [...evidence.infeasible],
    baselines: { random, informed, greedy, localSearch },
    difficulty: task.difficulty,
    judged: evidence.judged,
  };
}
