import { z } from 'zod';
import { compareText } from '../util/canonical-json.ts';
import type { Outcome } from './outcome.ts';

const Counts = z.record(z.string(), z.number().int().nonnegative());

/** The funnel of one stage. Holds nothing that depends on time or on how often the run was interrupted. */
const StageSummary = z.object({
  stage: z.string(),
  version: z.string(),
  inputs: z.number().int().nonnegative(),
  kept: z.number().int().nonnegative(),
  /** By reason. */
  rejected: Counts,
  /** By boundary. */
  failed: Counts,
});
export type StageSummary = z.infer<typeof StageSummary>;

/** What became of a run: `summary.json`. */
export const Summary = z.object({
  v: z.literal(1),
  state: z.enum(['done', 'interrupted', 'broken']),
  stages: z.array(StageSummary),
});
export type Summary = z.infer<typeof Summary>;

export function emptyStageSummary(stage: { readonly name: string; readonly version: string }): StageSummary {
  return { stage: stage.name, version: stage.version, inputs: 0, kept: 0, rejected: {}, failed: {} };
}

/** The summary with one more outcome; counts stay sorted by name, so that the order of work leaves no trace. */
export function withOutcome(summary: StageSummary, outcome: Outcome<unknown>): StageSummary {
  const counted = { ...summary, inputs: summary.inputs + 1 };
  switch (outcome.kind) {
    case 'kept':
      return { ...counted, kept: summary.kept + 1 };
    case 'rejected':
      return { ...counted, rejected: addOne(summary.rejected, outcome.reason) };
    case 'failed':
      return { ...counted, failed: addOne(summary.failed, outcome.boundary) };
  }
}

export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function countFailed(summary: Summary): number {
  return summary.stages.reduce((sum, stage) => sum + total(stage.failed), 0);
}

function addOne(counts: Readonly<Record<string, number>>, name: string): Record<string, number> {
  const count = (Object.hasOwn(counts, name) ? counts[name] : 0) ?? 0;
  return Object.fromEntries(
    [...Object.entries(counts).filter(([other]) => other !== name), [name, count + 1] as const].sort(([a], [b]) =>
      compareText(a, b),
    ),
  );
}
