import type { Toolbox } from './world-store.ts';

/** What a solution may use up, besides the memory of its isolate. All but `wallMs` are met at the same place in every run. */
export interface SolverLimits {
  /** About 4 frames of a simple function to a KiB; the isolate's own limit lies not far above the default. */
  readonly stackBytes: number;
  /** Steps of the interpreter (backward jumps and calls, in blocks of 10,000). */
  readonly steps: number;
  readonly wallMs: number;
  readonly toolCalls: number;
  /** Length of the answer's text, in UTF-16 units. */
  readonly answerLength: number;
}

export const defaultSolverLimits: SolverLimits = {
  stackBytes: 192 * 2 ** 10,
  steps: 2_000_000_000,
  wallMs: 120_000,
  toolCalls: 20_000,
  answerLength: 2 ** 20,
};

export interface TracedCall {
  readonly tool: string;
  /** What was sent, parsed; the text itself where it is longer than any tool takes. */
  readonly args: unknown;
  /** Absent where the call failed. */
  readonly result?: unknown;
  readonly error?: string;
}

/** How a solution ended: it `submitted` an answer (JSON text), `threw`, met a `limit`, or came to its end without an answer. */
export type SolverRun = { readonly trace: readonly TracedCall[] } & (
  | { readonly kind: 'submitted'; readonly answer: string }
  | { readonly kind: 'threw'; readonly message: string }
  | { readonly kind: 'limit'; readonly limit: SolverLimit }
  | { readonly kind: 'no-answer' }
);

export type SolverLimit = 'memory' | 'stack' | 'steps' | 'time' | 'tool-calls' | 'answer-length';

/** Runs programs that can do nothing but compute and call tools. */
export interface SolverIsolate {
  /**
   * `source` is an ES module that exports `function solve(tools)`: a function for each tool, which takes the arguments as one object, gives parsed
   * JSON and throws Error with the tool's message; and `submit_result(answer)`, of which the first call counts.
   * Nothing of one run is seen by the next. Throws BoundaryError('isolate') only where the isolate itself breaks.
   */
  run(source: string, toolbox: Toolbox, limits?: Partial<SolverLimits>): Promise<SolverRun>;
}
