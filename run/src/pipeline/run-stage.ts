import PQueue from 'p-queue';
import type { LedgerLine } from '../domain/ledger.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Stage } from '../domain/stage.ts';
import type { StageSummary } from '../domain/summary.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventSink } from '../ports/events.ts';
import type { Ledger } from '../ports/ledger.ts';
import { type RetryPolicy, settle } from './settle.ts';
import { createTally } from './tally.ts';

export interface StageNeeds {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly retry: RetryPolicy;
  /** How many inputs of one stage are worked at the same time. */
  readonly concurrency: number;
  /** Whether what failed in an earlier run is worked again. */
  readonly retryFailed: boolean;
  /** Told of an error that ends the run. */
  readonly onBroken: (error: unknown) => void;
}

/** A stage at work: inputs come in by `push`, its kept outputs go out through `next`. */
export interface StageRun<I> {
  /** Resolves once there is room for a further input, so that memory does not grow with the number of inputs. */
  push(input: I): Promise<void>;
  /** Resolves once nothing is running or waiting. */
  finish(): Promise<void>;
  summary(): StageSummary;
  replayed(): number;
}

export interface StageLink<I, O> {
  readonly stage: Stage<I, O>;
  readonly next: (output: O) => Promise<void>;
  readonly total?: number | undefined;
}

/** Works every input that the ledger does not hold yet, each key once, and replays the rest. */
export function runStage<I, O>(link: StageLink<I, O>, needs: StageNeeds, signal: AbortSignal): StageRun<I> {
  const { stage } = link;
  const { ledger, clock, events, concurrency } = needs;
  // No `timeout` or `signal` for p-queue: it would free the slot while the work still runs.
  const queue = new PQueue({ concurrency });
  const seen = new Set<string>();
  const tally = createTally(stage, events, link.total);

  return {
    async push(input) {
      await queue.onSizeLessThan(concurrency);
      if (signal.aborted) return;
      queue.add(() => workOne(input)).catch(needs.onBroken);
    },
    finish: () => queue.onIdle(),
    summary: tally.summary,
    replayed: tally.replayed,
  };

  async function workOne(input: I): Promise<void> {
    if (signal.aborted) return;
    const key = stage.key(input);
    if (seen.has(key)) return;
    seen.add(key);
    const item = stage.label?.(input) ?? key.slice(0, 12);
    const line = await ledger.find(stage.name, key);
    const old = line && replayable(line);
    if (old) return settled(old, { key, item, ms: 0, isReplayed: true });
    tally.started();
    try {
      await workAndRecord(input, { key, item });
    } finally {
      tally.stopped();
    }
  }

  async function workAndRecord(input: I, { key, item }: { key: string; item: string }): Promise<void> {
    const startMs = clock.now();
    const onRetry = (failure: { message: string; attempt: number }) =>
      events.emit({ type: 'retry', stage: stage.name, item, ...failure });
    const result = await settle(() => stage.work(input, signal), { ...needs, onRetry }, signal);
    if (result === undefined) return;
    const outcome = asRead(result.outcome);
    const ms = clock.now() - startMs;
    const at = new Date(startMs).toISOString();
    const identity = { v: 1 as const, stage: stage.name, version: stage.version, key, item };
    await ledger.append({ ...identity, outcome, ms, attempts: result.attempts, at });
    await settled(outcome, { key, item, ms, isReplayed: false });
  }

  async function settled(outcome: Outcome<O>, about: Parameters<typeof tally.count>[1]): Promise<void> {
    tally.count(outcome, about);
    if (outcome.kind === 'kept') await link.next(outcome.output);
  }

  /** The outcome of a line that still holds, undefined where the work is owed. */
  function replayable(line: LedgerLine): Outcome<O> | undefined {
    const { outcome } = line;
    if (line.version !== stage.version) return undefined;
    if (outcome.kind !== 'kept') return outcome.kind === 'failed' && needs.retryFailed ? undefined : outcome;
    if (stage.output === undefined) return { kind: 'kept', output: outcome.output as O };
    const parsed = stage.output.safeParse(outcome.output);
    return parsed.success ? { kind: 'kept', output: parsed.data } : undefined;
  }
}

/** The outcome as the ledger will give it back, so that a resumed run and an uninterrupted one hand on the same. */
function asRead<O>(outcome: Outcome<O>): Outcome<O> {
  return JSON.parse(JSON.stringify(outcome));
}
