import type { Attr } from '../../domain/constraint.ts';
import { type Codes, type Model, mapCodes, NULL, SKIP, type Term } from './model.ts';
import { decided, type Propagator, withoutNull } from './propagator.ts';
import type { State } from './state.ts';

/** A term whose value gets a load: that of the candidate, 1 where the node names none. */
export interface Loaded extends Term {
  readonly loads: Codes | null;
}

export function withLoads(model: Model, terms: readonly Term[], load: Attr | undefined): Loaded[] {
  return terms.map((term) => ({ ...term, loads: load ? model.codes(term.slot, load) : null }));
}

export const loadOf = (item: Loaded, value: number): number => (item.loads ? (item.loads[value] as number) : 1);

/** Pieces that forbid candidates without a value or without a load. */
export function withoutGaps(items: readonly Loaded[]): Propagator[] {
  const loads = items.flatMap((item) => (item.loads ? [{ slot: item.slot, codes: item.loads }] : []));
  return [...withoutNull(items), ...withoutNull(loads)];
}

/** The load that each value gets from an assignment. */
export function totals(items: readonly Loaded[], values: ArrayLike<number>): Map<number, number> {
  const sums = new Map<number, number>();
  for (const item of items) {
    const value = values[item.slot] as number;
    const code = item.codes[value] as number;
    if (code !== SKIP) add(sums, code, loadOf(item, value));
  }
  return sums;
}

/** The load that each value gets from the items that are decided, of the values that count. */
export function sureTotals(
  state: State,
  items: readonly Loaded[],
  counts: (code: number) => boolean,
): Map<number, number> {
  const sums = new Map<number, number>();
  for (const item of items) {
    const code = decided(state, item);
    if (code !== null && counts(code))
      add(sums, code, loadOf(item, (state.alive[item.slot] as Int32Array)[0] as number));
  }
  return sums;
}

export function add(sums: Map<number, number>, code: number, load: number): void {
  sums.set(code, (sums.get(code) ?? 0) + load);
}

/** The load of one value, as a term of each item. */
export function loadsAt(items: readonly Loaded[], code: number): Term[] {
  return items.map((item) => mapCodes(item, (one, value) => (one === code ? loadOf(item, value) : 0)));
}

/** The values that the items can take, without SKIP. */
export function codesIn(items: readonly Loaded[]): number[] {
  return [...new Set(items.flatMap((item) => [...item.codes]))].filter((code) => code !== SKIP && code !== NULL);
}
