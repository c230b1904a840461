import type { Toolbox } from './world-store.ts';

export interface SolverLimits {
  readonly memoryBytes: number;
  readonly stackBytes: number;
  readonly wallMs: number;
  readonly toolCalls: number;
  /** Largest text of an answer, of the arguments of one call, and of the trace of all calls. */
  readonly answerBytes: number;
}

export const defaultSolverLimits: SolverLimits = {
  memoryBytes: 128 * 2 ** 20,
  stackBytes: 256 * 2 ** 10,
  wallMs: 60_000,
  toolCalls: 20_000,
  answerBytes: 2 ** 20,
};

export interface TracedCall {
  readonly tool: string;
  readonly args: unknown;
  /** Absent where the call failed. */
  readonly result?: unknown;
  readonly error?: string;
}

/** How a solution ended: `submitted` an answer (JSON text), `threw`, met a `limit`, or came to its end without an answer. */
export type SolverRun = { readonly trace: readonly TracedCall[] } & (
  | { readonly kind: 'submitted'; readonly answer: string }
  | { readonly kind: 'threw'; readonly message: string }
  | { readonly kind: 'limit'; readonly limit: 'memory' | 'stack' | 'time' | 'tool-calls' | 'answer-size' }
  | { readonly kind: 'no-answer' }
);

/** Runs programs that can do nothing but compute and call tools. */
export interface SolverIsolate {
  /** `source` is an ES module that exports `function solve(tools)`. Nothing of one run is seen by the next. Throws BoundaryError('isolate') only where the isolate itself fails. */
  run(source: string, toolbox: Toolbox, limits?: Partial<SolverLimits>): SolverRun;
}
