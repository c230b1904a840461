import type { Node } from '../../domain/constraint.ts';
import { add, type Loaded, loadOf, sureTotals, totals, withLoads, withoutGaps } from './loads.ts';
import type { Model } from './model.ts';
import { expandPick } from './picks.ts';
import { type Propagator, scopeOf } from './propagator.ts';
import type { State } from './state.ts';

export function balance(model: Model, node: Node<'balance'>): Propagator[] {
  const terms = node.terms.flatMap((pick) => expandPick(model, pick));
  const items = withLoads(model, terms, node.load);
  const codes = new Set(node.values.map((value) => model.code(value)));
  return [...withoutGaps(items), level(items, codes, node.spread)];
}

/** The loads of any two of the codes differ by `spread` at most. */
function level(items: readonly Loaded[], codes: ReadonlySet<number>, spread: number): Propagator {
  return {
    scope: scopeOf(items),
    test(values) {
      const sums = totals(items, values);
      const all = [...codes].map((code) => sums.get(code) ?? 0);
      return Math.max(...all) - Math.min(...all) <= spread;
    },
    prune(state) {
      const possible = possibleTotals(state, items);
      const floor = Math.min(...[...codes].map((code) => possible.get(code) ?? 0));
      const sure = sureTotals(state, items, (code) => codes.has(code));
      return [...codes].every((code) => (sure.get(code) ?? 0) - floor <= spread);
    },
  };
}

/** The largest load that each value can still get. */
function possibleTotals(state: State, items: readonly Loaded[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const item of items) for (const [code, load] of largestLoads(state, item)) add(sums, code, load);
  return sums;
}

/** The largest load that an item can give each value; no less than 0. */
function largestLoads(state: State, item: Loaded): Map<number, number> {
  const alive = state.alive[item.slot] as Int32Array;
  const largest = new Map<number, number>();
  for (let i = (state.size[item.slot] as number) - 1; i >= 0; i--) {
    const value = alive[i] as number;
    const code = item.codes[value] as number;
    largest.set(code, Math.max(largest.get(code) ?? 0, loadOf(item, value)));
  }
  return largest;
}
