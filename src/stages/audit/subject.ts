import type { Environment } from '../../domain/environment.ts';
import type { Check, Task } from '../../domain/task.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Rows } from '../../domain/world.ts';
import type { SolverRun } from '../../ports/solver-isolate.ts';
import type { Verifier } from '../../ports/verifier.ts';
import type { OpenWorld, Toolbox } from '../../ports/world-store.ts';
import type { Rng } from '../../util/rng.ts';
import type { Constraint } from '../../domain/constraint.ts';

/** A rule of the task with its constraint bound to the world, as the in-memory judge sees it. */
export interface BoundRule {
  readonly check: Check;
  readonly constraint: Constraint;
  readonly test: (values: ArrayLike<number>) => boolean;
}

/** One answer of the audit, as text, with what the in-memory test says of it: the rules it breaks, or null where it is malformed. */
export interface Exhibit {
  readonly text: string;
  readonly broken: readonly string[] | null;
}

/** What the gates are asked about. Every answer that a gate tries goes through `judge`, which keeps it for the gate `differential`. */
export interface Subject {
  readonly task: Task;
  readonly environment: Environment;
  readonly solution: string;
  readonly world: OpenWorld;
  readonly rows: Rows;
  readonly rules: readonly BoundRule[];
  readonly toolbox: Toolbox;
  readonly verifier: Verifier;
  /** How the reference solution ended. */
  readonly run: SolverRun;
  /** The witness as an assignment, then further solutions. */
  readonly solutions: readonly Int32Array[];
  readonly exhibits: Exhibit[];
  readonly rng: Rng;
  judge(exhibit: Exhibit): Verdict;
}
