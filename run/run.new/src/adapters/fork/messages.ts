import type { Outcome } from '../../domain/outcome.ts';

/** To the child: once, before any job. */
interface SetUp {
  readonly type: 'set-up';
  readonly setup: unknown;
}

/** To the child: one job at a time. */
interface Job {
  readonly type: 'job';
  readonly id: number;
  readonly stage: string;
  readonly input: unknown;
}

/** To the child: the job is called off; answer it soon, or be killed. */
interface Abort {
  readonly type: 'abort';
  readonly id: number;
}

export type ToChild = SetUp | Job | Abort;

/** An error as it crosses a process border. */
export interface Bug {
  readonly message: string;
  readonly stack: string;
}

export type FromChild =
  | { readonly type: 'ready' }
  | { readonly type: 'broken'; readonly bug: Bug }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome: Outcome<unknown> }
  | { readonly type: 'bug'; readonly id: number; readonly bug: Bug };

export function toBug(error: unknown): Bug {
  if (error instanceof Error) return { message: error.message, stack: withCauses(error) };
  return { message: String(error), stack: String(error) };
}

export function fromBug(bug: Bug): Error {
  const error = new Error(bug.message);
  error.stack = `${bug.stack}\n    in a worker process`;
  return error;
}

function withCauses(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nCaused by: ${withCauses(error.cause)}` : own;
}
