import type { Outcome } from '../domain/outcome.ts';
import type { Stage } from '../domain/stage.ts';
import type { WorkerPool } from '../ports/workers.ts';

/** The same stage to the pipeline and to the ledger, but its work is done by `pool`. */
export function distribute<I, O>(stage: Stage<I, O>, pool: WorkerPool): Stage<I, O> {
  return {
    ...stage,
    // The other side runs the same program, so what it gives is of the stage's type.
    work: async (input, signal) => (await pool.run(stage.name, input, signal)) as Outcome<O>,
  };
}
