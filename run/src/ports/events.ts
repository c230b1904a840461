import type { Outcome } from '../domain/outcome.ts';
import type { Summary } from '../domain/summary.ts';

/** How far a stage has come. `total` is known for the first stage only, and only where the inputs were counted. */
export interface Progress {
  readonly stage: string;
  readonly total?: number | undefined;
  readonly kept: number;
  readonly rejected: number;
  readonly failed: number;
  /** Of these, how many an earlier run had left in the ledger. */
  readonly replayed: number;
  readonly running: number;
}

/** Everything that is to be known about a run while it goes on. Outputs are not part of it: they are in the ledger. */
export type RunEvent =
  | {
      readonly type: 'stage-started';
      readonly stage: string;
      readonly version: string;
      readonly total?: number | undefined;
    }
  | ItemEvent
  | {
      readonly type: 'retry';
      readonly stage: string;
      readonly item: string;
      readonly message: string;
      readonly attempt: number;
    }
  | ({ readonly type: 'progress' } & Progress)
  | { readonly type: 'summary'; readonly summary: Summary; readonly replayed: number; readonly ms: number };

export interface ItemEvent {
  readonly type: 'item';
  readonly stage: string;
  readonly key: string;
  readonly item: string;
  readonly outcome: Exclude<Outcome<unknown>, { kind: 'kept' }> | { readonly kind: 'kept' };
  readonly ms: number;
  readonly isReplayed: boolean;
}

/** Takes events and never throws. */
export interface EventSink {
  emit(event: RunEvent): void;
}
