import type { Verdict } from '../domain/verdict.ts';

/** Judges answers to one task. Deterministic, never throws: damage of the task is the verdict `error`. */
export interface Verifier {
  /** `answer` is JSON text, its UTF-8 bytes, or the parsed value. */
  verify(answer: unknown): Verdict;
}

/** A task folder on disk, or a task and the bytes of its world that are not on disk yet. */
export type JudgedTask =
  | { readonly folder: string; readonly world?: string }
  | { readonly task: unknown; readonly world: Uint8Array };

/** A verifier program of another language, kept running. */
export interface VerifierProgram extends AsyncDisposable {
  /**
   * The verdicts on `answers` (JSON texts, or any bytes), in their order. Past the time limit every verdict is `error`.
   * Throws BoundaryError where the program cannot be started, and the signal's reason when it aborts.
   */
  judge(task: JudgedTask, answers: readonly (string | Uint8Array)[], signal: AbortSignal): Promise<Verdict[]>;
}
