import type { Node } from '../../domain/constraint.ts';
import { linear } from './linear.ts';
import { type Codes, compareWith, expandPick, type Model, NULL, OPPOSITE, SKIP, type Term } from './model.ts';
import { decided, groupTerms, leafTest, type Propagator, scopeOf, withoutNull } from './propagator.ts';
import type { State } from './state.ts';

export function distinct(model: Model, node: Node<'distinct'>): Propagator[] {
  return groupTerms(model, node.terms, node.per).flatMap((terms) => [...withoutNull(terms), distinctOf(terms, node)]);
}

function distinctOf(terms: readonly Term[], { op, bound }: Pick<Node<'distinct'>, 'op' | 'bound'>): Propagator {
  const compare = compareWith(op);
  const most = op === '<' ? bound - 1 : op === '<=' || op === '=' ? bound : null;
  const least = op === '>' ? bound + 1 : op === '>=' || op === '=' ? bound : null;
  const scope = scopeOf(terms);
  const test = (values: ArrayLike<number>): boolean => {
    const seen = new Set<number>();
    for (const term of terms) seen.add(term.codes[values[term.slot] as number] as number);
    seen.delete(SKIP);
    return compare(seen.size, bound);
  };

  function prune(state: State): boolean {
    const seen = new Set<number>();
    const open: Term[] = [];
    for (const term of terms) {
      const code = decided(state, term);
      if (code === null) open.push(term);
      else if (code !== SKIP) seen.add(code);
    }
    if (open.length === 0) return compare(seen.size, bound);
    if (most !== null && seen.size >= most) {
      if (seen.size > most) return false;
      for (const { slot, codes } of open) {
        if (!state.filter(slot, (value) => codes[value] === SKIP || seen.has(codes[value] as number))) return false;
      }
    }
    if (least !== null && seen.size + open.length <= least) {
      if (seen.size + open.length < least) return false;
      for (const { slot, codes } of open) {
        if (!state.filter(slot, (value) => codes[value] !== SKIP && !seen.has(codes[value] as number))) return false;
      }
    }
    return true;
  }
  return { scope, test, prune, opposites: () => [[distinctOf(terms, { op: OPPOSITE[op], bound })]] };
}

interface Loaded extends Term {
  readonly loads: Codes | null;
}

function loaded(model: Model, node: { terms: Node<'balance'>['terms']; load?: Node<'balance'>['load'] }): Loaded[] {
  return node.terms
    .flatMap((pick) => expandPick(model, pick))
    .map((term) => ({ ...term, loads: node.load ? model.codes(term.slot, node.load) : null }));
}

const loadOf = (term: Loaded, value: number): number => (term.loads ? (term.loads[value] as number) : 1);

export function groupLimit(model: Model, node: Node<'group-limit'>): Propagator[] {
  const groups = groupTerms(model, node.terms, node.per);
  const only = node.values ? new Set(node.values.map((value) => model.code(value))) : null;
  return groups.flatMap((terms) => {
    const items = terms.map((term) => ({ ...term, loads: node.load ? model.codes(term.slot, node.load) : null }));
    const nulls = [
      ...withoutNull(items),
      ...withoutNull(items.flatMap((item) => (item.loads ? [{ slot: item.slot, codes: item.loads }] : []))),
    ];
    return [...nulls, node.op === '<=' ? atMost(items, node.bound, only) : atLeast(items, node.bound, only)];
  });
}

function totals(items: readonly Loaded[], values: ArrayLike<number>): Map<number, number> {
  const sums = new Map<number, number>();
  for (const item of items) {
    const value = values[item.slot] as number;
    const code = item.codes[value] as number;
    if (code !== SKIP) sums.set(code, (sums.get(code) ?? 0) + loadOf(item, value));
  }
  return sums;
}

/** The load of one value, as a term of each item. */
function loadsAt(items: readonly Loaded[], code: number): Term[] {
  return items.map((item) => ({
    slot: item.slot,
    codes: item.codes.map((one, value) => (one === code ? loadOf(item, value) : 0)),
  }));
}

/** The values that the items can take, without SKIP. */
function codesIn(items: readonly Loaded[]): number[] {
  return [...new Set(items.flatMap((item) => [...item.codes]))].filter((code) => code !== SKIP && code !== NULL);
}

function atMost(items: readonly Loaded[], bound: number, only: ReadonlySet<number> | null): Propagator {
  return {
    scope: scopeOf(items),
    opposites: () => [...(only ?? codesIn(items))].map((code) => [linear(loadsAt(items, code), '>', bound)]),
    test(values) {
      for (const [code, sum] of totals(items, values)) if (sum > bound && (!only || only.has(code))) return false;
      return true;
    },
    prune(state) {
      const sums = new Map<number, number>();
      let fullest = 0;
      for (const item of items) {
        const code = decided(state, item);
        if (code === null || code === SKIP || (only && !only.has(code))) continue;
        const sum = (sums.get(code) ?? 0) + loadOf(item, (state.alive[item.slot] as Int32Array)[0] as number);
        if (sum > bound) return false;
        if (sum > fullest) fullest = sum;
        sums.set(code, sum);
      }
      if (!items[0]?.loads && fullest < bound) return true;
      for (const item of items) {
        if (state.size[item.slot] === 1) continue;
        const fits = (value: number): boolean => {
          const code = item.codes[value] as number;
          return (
            code === SKIP || (only !== null && !only.has(code)) || (sums.get(code) ?? 0) + loadOf(item, value) <= bound
          );
        };
        if (!state.filter(item.slot, fits)) return false;
      }
      return true;
    },
  };
}

/** With `only`, each of these values reaches the bound; else each value that occurs does. */
function atLeast(items: readonly Loaded[], bound: number, only: ReadonlySet<number> | null): Propagator {
  const scope = scopeOf(items);
  const test = (values: ArrayLike<number>): boolean => {
    const sums = totals(items, values);
    for (const code of only ?? sums.keys()) if ((sums.get(code) ?? 0) < bound) return false;
    return true;
  };
  // A value that no item takes is judged only where it is listed.
  const taken = (code: number): Propagator =>
    linear(
      items.map((item) => ({ slot: item.slot, codes: item.codes.map((one) => Number(one === code)) })),
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
      for (const code of only ?? []) if (reachable(state, code) < bound) return false;
      return leafTest(state, scope, test);
    },
  };

  function reachable(state: State, code: number): number {
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
}

export function balance(model: Model, node: Node<'balance'>): Propagator[] {
  const items = loaded(model, node);
  const codes = node.values.map((value) => model.code(value));
  const nulls = [
    ...withoutNull(items),
    ...withoutNull(items.flatMap((item) => (item.loads ? [{ slot: item.slot, codes: item.loads }] : []))),
  ];
  const spreadOf = (sums: ReadonlyMap<number, number>): number => {
    const all = codes.map((code) => sums.get(code) ?? 0);
    return Math.max(...all) - Math.min(...all);
  };
  const scope = scopeOf(items);
  return [
    ...nulls,
    {
      scope,
      test: (values) => spreadOf(totals(items, values)) <= node.spread,
      prune(state) {
        const sure = new Map<number, number>(codes.map((code) => [code, 0]));
        const possible = new Map<number, number>(codes.map((code) => [code, 0]));
        for (const item of items) {
          const alive = state.alive[item.slot] as Int32Array;
          const size = state.size[item.slot] as number;
          const best = new Map<number, number>();
          for (let i = 0; i < size; i++) {
            const value = alive[i] as number;
            const code = item.codes[value] as number;
            best.set(code, Math.max(best.get(code) ?? 0, loadOf(item, value)));
            if (size === 1 && sure.has(code)) sure.set(code, (sure.get(code) as number) + loadOf(item, value));
          }
          for (const [code, load] of best)
            if (possible.has(code)) possible.set(code, (possible.get(code) as number) + load);
        }
        const floor = Math.min(...possible.values());
        for (const sum of sure.values()) if (sum - floor > node.spread) return false;
        return true;
      },
    },
  ];
}
