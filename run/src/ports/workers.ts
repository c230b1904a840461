import type { Outcome } from '../domain/outcome.ts';

/** Runs the `work` of a stage somewhere else: stages are known there by their names. */
export interface WorkerPool extends AsyncDisposable {
  /**
   * `input` crosses a process border as a structured clone. A job past its time limit is a `failed` outcome of the boundary 'worker'.
   * Rejects with the signal's reason when it aborts, after the work has stopped, and with a plain Error when the work has a bug.
   */
  run(stage: string, input: unknown, signal: AbortSignal): Promise<Outcome<unknown>>;
}
