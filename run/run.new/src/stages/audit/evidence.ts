import type { BoundMet, Infeasible, Kill, Proof } from '../../domain/proof.ts';

/** What the gates found, filled as they go; becomes the proof. */
export interface Evidence {
  /** Assignments that pass: the witness first. */
  readonly solutions: Int32Array[];
  readonly killMatrix: Kill[];
  readonly nearMisses: { check: string; values: Int32Array }[];
  readonly bounds: BoundMet[];
  readonly infeasible: Infeasible[];
  tools: Proof['tools'];
  judged: Proof['judged'];
}

export function createEvidence(): Evidence {
  return {
    solutions: [],
    killMatrix: [],
    nearMisses: [],
    bounds: [],
    infeasible: [],
    tools: { calls: 0, minimum: 0 },
    judged: { answers: 0, disagreements: 0, verifiers: [] },
  };
}
