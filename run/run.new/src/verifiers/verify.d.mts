import type { DatabaseSync } from 'node:sqlite';

export interface Verdict {
  verdict: 'pass' | 'fail' | 'error';
  score: number;
  violations: { check: string; pointer?: string; message: string }[];
}

/** Judges one answer: JSON text, its UTF-8 bytes, or the parsed value. Never throws. */
export interface Verifier {
  verify(answer: unknown): Verdict;
}

/** The verdict on an answer to the task beside verify.mjs. */
export function verify(answer: unknown): Verdict;

/** The verifier of the task in `folder`; the world is looked for there and in the two folders above. Never throws: on damage every verdict is `error`. */
export function load(folder: string, options?: { world?: string; heapBytes?: number }): Verifier & { close(): void };

/** The verifier of a parsed task on an open database, which from then on answers look-ups only. Never throws: on damage every verdict is `error`. */
export function createVerifier(task: unknown, database: DatabaseSync): Verifier;
