import type { Node } from '../../domain/constraint.ts';
import { linear } from './linear.ts';
import { codesIn, type Loaded, loadOf, loadsAt, sureTotals, totals, withLoads, withoutGaps } from './loads.ts';
import { type Model, mapCodes, SKIP } from './model.ts';
import { groupTerms } from './picks.ts';
import { leafTest, type Propagator, scopeOf } from './propagator.ts';
import type { State } from './state.ts';

interface Limit {
  readonly bound: number;
  /** The values that are judged; null: all that occur. */
  readonly only: ReadonlySet<number> | null;
}

export function groupLimit(model: Model, node: Node<'group-limit'>): Propagator[] {
  const only = node.values ? new Set(node.values.map((value) => model.code(value))) : null;
  const limit = { bound: node.bound, only };
  return groupTerms(model, node.terms, node.per).flatMap((terms) => {
    const items = withLoads(model, terms, node.load);
    return [...withoutGaps(items), node.op === '<=' ? atMost(items, limit) : atLeast(items, limit)];
  });
}

function atMost(items: readonly Loaded[], { bound, only }: Limit): Propagator {
  const counts = (code: number): boolean => code !== SKIP && (only === null || only.has(code));
  const isUnloaded = !items[0]?.loads;
  return {
    scope: scopeOf(items),
    opposites: () => [...(only ?? codesIn(items))].map((code) => [linear(loadsAt(items, code), '>', bound)]),
    test(values) {
      for (const [code, sum] of totals(items, values)) if (sum > bound && counts(code)) return false;
      return true;
    },
    prune(state) {
      const sums = sureTotals(state, items, counts);
      let fullest = 0;
      for (const sum of sums.values()) {
        if (sum > bound) return false;
        if (sum > fullest) fullest = sum;
      }
      // Where each item weighs 1, another one fits everywhere until some value is full.
      if (isUnloaded && fullest < bound) return true;
      const fits = (item: Loaded) => (value: number) => {
        const code = item.codes[value] as number;
        return !counts(code) || (sums.get(code) ?? 0) + loadOf(item, value) <= bound;
      };
      return items.every((item) => state.size[item.slot] === 1 || state.filter(item.slot, fits(item)));
    },
  };
}

/** With `only`, each of these values reaches the bound; else each value that occurs does. */
function atLeast(items: readonly Loaded[], { bound, only }: Limit): Propagator {
  const scope = scopeOf(items);
  const test = (values: ArrayLike<number>): boolean => {
    const sums = totals(items, values);
    for (const code of only ?? sums.keys()) if ((sums.get(code) ?? 0) < bound) return false;
    return true;
  };
  // A value that no item takes is judged only where it is listed.
  const taken = (code: number): Propagator =>
    linear(
      items.map((item) => mapCodes(item, (one) => Number(one === code))),
      '>=',
      1,
    );
  return {
    scope,
    test,
    opposites: () =>
      [...(only ?? codesIn(items))].map((code) => [
        linear(loadsAt(items, code), '<', bound),
        ...(only ? [] : [taken(code)]),
      ]),
    prune(state) {
      for (const code of only ?? []) if (reachable(state, items, code) < bound) return false;
      return leafTest(state, scope, test);
    },
  };
}

/** The largest load that a value can still get. */
function reachable(state: State, items: readonly Loaded[], code: number): number {
  let sum = 0;
  for (const item of items) {
    const alive = state.alive[item.slot] as Int32Array;
    let best = 0;
    for (let i = (state.size[item.slot] as number) - 1; i >= 0; i--) {
      const value = alive[i] as number;
      if (item.codes[value] === code) best = Math.max(best, loadOf(item, value));
    }
    sum += best;
  }
  return sum;
}
