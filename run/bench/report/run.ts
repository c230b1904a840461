import type { Summary } from '../../src/domain/summary.ts';
import type { StageTimes } from '../measure/stages.ts';
import type { Part, Sample } from '../measure/synthesis.ts';
import { largest, median, quantile, sum } from '../statistics.ts';
import { number, table } from './markdown.ts';

/** How many of what went in came out of each stage, and why the rest did not. */
export function funnel({ stages }: Summary): string {
  const rows = stages.map(({ stage, inputs, kept, rejected, failed }) => [
    stage,
    number(inputs),
    number(kept),
    reasons(rejected),
    reasons(failed),
  ]);
  return table(['stage', 'inputs', 'kept', 'rejected', 'failed'], rows);
}

function reasons(counts: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  return sorted.length === 0 ? '0' : sorted.map(([name, count]) => `${number(count)} ${name}`).join(', ');
}

/** What the work of each stage took, in whichever process it was done. */
export function stageTable(stages: readonly StageTimes[]): string {
  const rows = stages.map(({ stage, ms }) => [
    stage,
    number(ms.length),
    number(sum(ms) / 1000),
    number(median(ms)),
    number(quantile(ms, 0.99)),
  ]);
  return table(['work of a stage', 'items', 'all together in s', 'median in ms', 'p99 in ms'], rows);
}

/** Kept tasks a second, over all parts of the run. */
export function throughput(parts: readonly Part[]): { kept: number; seconds: number; rate: number } {
  const kept = sum(parts.map((part) => part.kept));
  const seconds = sum(parts.map((part) => part.ms)) / 1000;
  return { kept, seconds, rate: kept / seconds };
}

/** Memory of the first and of the last third of the tasks: flat where both are alike. */
export function memory(parts: readonly Part[]): string {
  const samples = parts.flatMap((part) => part.samples);
  if (samples.length === 0)
    return 'Memory was not sampled: the run was made without the benchmark, or there is no /proc.';
  const last = largest(samples.map((sample) => sample.audited));
  const thirds = [0, 1, 2].map((third) =>
    samples.filter(
      ({ audited }) => audited >= (third * last) / 3 && (audited < ((third + 1) * last) / 3 || third === 2),
    ),
  );
  const row = (name: string, figure: (sample: Sample) => number): string[] => [
    name,
    ...thirds.map((some) => number(median(some.map(figure)))),
    number(largest(samples.map(figure))),
  ];
  const head = ['resident memory in MiB', 'first third of the tasks, median', 'second', 'last', 'peak'];
  return table(head, [
    row('coordinator', (sample) => sample.coordinator),
    row('largest other process', (sample) => sample.largestWorker),
    row('all processes together', (sample) => sample.total),
  ]);
}

/** The peak of all processes together in MiB; NaN where none was sampled. */
export const peakTotal = (parts: readonly Part[]): number => {
  const totals = parts.flatMap((part) => part.samples.map((sample) => sample.total));
  return totals.length === 0 ? Number.NaN : largest(totals);
};
