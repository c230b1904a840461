import type { Outcome } from '../domain/outcome.ts';
import type { Stage } from '../domain/stage.ts';
import { emptyStageSummary, type StageSummary, total as sumOf, withOutcome } from '../domain/summary.ts';
import type { EventSink, ItemEvent } from '../ports/events.ts';

interface Tally {
  started(): void;
  stopped(): void;
  count(outcome: Outcome<unknown>, about: Pick<ItemEvent, 'key' | 'item' | 'ms' | 'isReplayed'>): void;
  summary(): StageSummary;
  replayed(): number;
}

/** Counts the outcomes of one stage, and says each of them to `events`. */
export function createTally(
  stage: Pick<Stage<never, unknown>, 'name' | 'version'>,
  events: EventSink,
  total: number | undefined,
): Tally {
  let summary = emptyStageSummary(stage);
  let running = 0;
  let replayed = 0;

  return {
    started() {
      running++;
    },
    stopped() {
      running--;
      sayProgress();
    },
    count(outcome, about) {
      summary = withOutcome(summary, outcome);
      if (about.isReplayed) replayed++;
      const said = outcome.kind === 'kept' ? ({ kind: 'kept' } as const) : outcome;
      events.emit({ type: 'item', stage: stage.name, ...about, outcome: said });
      if (about.isReplayed) sayProgress();
    },
    summary: () => summary,
    replayed: () => replayed,
  };

  function sayProgress(): void {
    const { kept } = summary;
    const [rejected, failed] = [sumOf(summary.rejected), sumOf(summary.failed)];
    events.emit({ type: 'progress', stage: stage.name, total, kept, rejected, failed, replayed, running });
  }
}
