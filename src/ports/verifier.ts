import type { Verdict } from '../domain/verdict.ts';

/** Judges answers to one task. Deterministic, never throws: damage of the task is the verdict `error`. */
export interface Verifier {
  /** `answer` is JSON text, its UTF-8 bytes, or the parsed value. */
  verify(answer: unknown): Verdict;
}

/** A verifier program of another language, kept running. */
export interface VerifierProgram extends AsyncDisposable {
  /**
   * The verdicts of the task in `folder` on `answers` (JSON texts), in their order. Past the time limit every verdict is `error`.
   * Throws BoundaryError where the program cannot be started, and the signal's reason when it aborts.
   */
  judge(folder: string, answers: readonly string[], signal: AbortSignal): Promise<Verdict[]>;
}
