import type { Constraint } from '../../domain/constraint.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Hints } from '../../domain/proof.ts';
import type { Check, Task } from '../../domain/task.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Rows } from '../../domain/world.ts';
import { type Bound, bind } from '../../engine/search/bind.ts';
import { createModel, type Model } from '../../engine/search/model.ts';
import type { SolverRun } from '../../ports/solver-isolate.ts';
import type { OpenWorld } from '../../ports/world-store.ts';
import { createRng, type Rng } from '../../util/rng.ts';

/** The files of one task as they were read, already parsed. */
export interface TaskFiles {
  readonly task: Task;
  readonly environment: Environment;
  readonly solution: string;
  readonly hints: Hints;
}

/** A rule of the task, with its constraint bound to the world: what the in-memory judge knows. */
export interface BoundRule {
  readonly check: Check;
  readonly constraint: Constraint;
  readonly bound: Bound;
}

/** One answer of the audit: its text, the rules that the in-memory test finds broken (null where the answer is malformed), and the verdict on it. */
export interface Exhibit {
  readonly text: string;
  readonly broken: readonly string[] | null;
  readonly verdict: Verdict;
}

/** What the gates are asked about. */
export interface Subject extends TaskFiles {
  readonly world: OpenWorld;
  readonly rows: Rows;
  readonly model: Model;
  readonly rules: readonly BoundRule[];
  readonly rng: Rng;
  /** Every answer that was judged so far, for the gate `differential`. */
  readonly exhibits: readonly Exhibit[];
  /** How the reference solution ended. */
  readonly run: SolverRun;
  /** The verdict of the shipped verifier; keeps the answer as an exhibit. */
  judge(text: string, broken: readonly string[] | null): Verdict;
  /** The ids of the rules that an assignment breaks, by the in-memory test. */
  brokenBy(values: ArrayLike<number>): string[];
}

/** A subject whose reference solution has not run yet. */
export type Prepared = Omit<Subject, 'run'>;

/** Opens everything that the gates look at. Throws RangeError where a constraint does not fit the task's shape or world. */
export function prepareSubject(files: TaskFiles, world: OpenWorld): Prepared {
  const { task, environment } = files;
  const rows = world.rows(environment.tables);
  const model = createModel(task.answer.shape, rows);
  const rules = task.checks.flatMap((check): BoundRule[] =>
    check.constraint ? [{ check, constraint: check.constraint, bound: bind(model, check.constraint) }] : [],
  );
  const verifier = world.createVerifier(task);
  const exhibits: Exhibit[] = [];
  return {
    ...files,
    world,
    rows,
    model,
    rules,
    rng: createRng(`audit/${task.id}/${task.world}`),
    exhibits,
    judge(text, broken) {
      const verdict = verifier.verify(text);
      exhibits.push({ text, broken, verdict });
      return verdict;
    },
    brokenBy: (values) => rules.filter(({ bound }) => !bound.test(values)).map(({ check }) => check.id),
  };
}

/** The ids of the checks that a verdict names, each once, in order. */
export const namedBy = (verdict: Verdict): string[] => [...new Set(verdict.violations.map((one) => one.check))].sort();
