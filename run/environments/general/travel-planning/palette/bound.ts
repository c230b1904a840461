import type { World } from '../../../../src/domain/world.ts';

/** Human numbers that a bound is rounded to, largest first: cents, minutes and counts alike. */
const GRAINS = [10_000, 5000, 1000, 500, 100, 50, 10, 5, 1] as const;

/**
 * A bound that `value` satisfies, looser by about `slack`. At slack 0 it is `value` itself; otherwise it is rounded outwards to the
 * largest human number that at most doubles the slack.
 */
export function loosen(value: number, slack: number, op: '<=' | '>='): number {
  const room = Math.floor(Math.abs(value) * slack);
  if (room === 0) return value;
  const grain = GRAINS.find((one) => one <= room) ?? 1;
  return op === '<=' ? Math.ceil((value + room) / grain) * grain : Math.floor((value - room) / grain) * grain;
}

/** The same for tenths of a star and other short scales: by `slack` of the distance that matters, at most `widest`. */
export function ease(value: number, slack: number, { op, widest }: { op: '<=' | '>='; widest: number }): number {
  const room = Math.floor(widest * Math.min(1, slack * 2));
  return op === '<=' ? value + room : value - room;
}

export type Holds = (value: number) => boolean;
export const above = (op: '<=' | '>=', bound: number): Holds =>
  op === '<=' ? (value) => value <= bound : (value) => value >= bound;

/** All values of a column in the world, ascending. */
export const columnOf = (world: World, table: string, column: string): number[] =>
  (world.rows[table] ?? []).map((row) => Number(row[column])).sort((a, b) => a - b);

/** The share of `values` that pass. */
export const share = (values: readonly number[], passes: Holds): number =>
  values.length === 0 ? 1 : values.filter(passes).length / values.length;

/** The value below which about `portion` of the ascending `values` lie. */
export const quantile = (values: readonly number[], portion: number): number =>
  values[Math.min(values.length - 1, Math.max(0, Math.floor(values.length * portion)))] ?? 0;

/** A nearby human number: cut points of tiers and thresholds. */
export function human(value: number): number {
  const grain = value >= 4000 ? 1000 : value >= 1000 ? 500 : value >= 300 ? 30 : value >= 60 ? 15 : 1;
  return Math.round(value / grain) * grain;
}
