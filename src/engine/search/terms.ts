import type { Node } from '../../domain/constraint.ts';
import { linear } from './linear.ts';
import { compareWith, createCondition, expandPick, type Model, SKIP, type Term } from './model.ts';
import {
  decided,
  groupTerms,
  highest,
  leafTest,
  lowest,
  type Propagator,
  pairsWithin,
  scopeOf,
  unary,
  withoutNull,
} from './propagator.ts';

/** A piece for two terms that propagates once one of them is decided. */
function binary(a: Term, b: Term, holds: (a: number, b: number) => boolean): Propagator {
  const counts = (x: number, y: number): boolean => x === SKIP || y === SKIP || holds(x, y);
  return {
    scope: [a.slot, b.slot],
    wakes: 'decided',
    test: (values) => counts(a.codes[values[a.slot] as number] as number, b.codes[values[b.slot] as number] as number),
    prune(state) {
      const left = decided(state, a);
      if (left !== null && left !== SKIP && !state.filter(b.slot, (value) => counts(left, b.codes[value] as number)))
        return false;
      const right = decided(state, b);
      return (
        right === null || right === SKIP || state.filter(a.slot, (value) => counts(a.codes[value] as number, right))
      );
    },
    // Where a term does not count there is nothing to break, so the opposite needs both to count.
    opposites: () => [[bothCount(a, b, holds)]],
  };
}

/** Both terms count and the relation does not hold. */
function bothCount(a: Term, b: Term, holds: (a: number, b: number) => boolean): Propagator {
  const broken = (x: number, y: number): boolean => x !== SKIP && y !== SKIP && !holds(x, y);
  return {
    scope: [a.slot, b.slot],
    wakes: 'decided',
    test: (values) => broken(a.codes[values[a.slot] as number] as number, b.codes[values[b.slot] as number] as number),
    prune(state) {
      const left = decided(state, a);
      if (left !== null && !state.filter(b.slot, (value) => broken(left, b.codes[value] as number))) return false;
      const right = decided(state, b);
      return right === null || state.filter(a.slot, (value) => broken(a.codes[value] as number, right));
    },
  };
}

export function allDifferent(model: Model, node: Node<'all-different'>): Propagator[] {
  const groups = groupTerms(model, node.terms, node.per);
  return [...withoutNull(groups.flat()), ...pairsWithin(groups).map(([a, b]) => binary(a, b, (x, y) => x !== y))];
}

export function spacing(model: Model, node: Node<'spacing'>): Propagator[] {
  const groups = groupTerms(model, node.terms, node.per);
  return [
    ...withoutNull(groups.flat()),
    ...pairsWithin(groups).map(([a, b]) => binary(a, b, (x, y) => Math.abs(x - y) >= node.gap)),
  ];
}

export function each(model: Model, node: Node<'each'>): Propagator[] {
  const holds = createCondition(model, node.condition);
  return expandPick(model, { part: node.part, field: node.field, attr: node.condition.attr, keys: node.keys }).map(
    (term) => unary(term.slot, (value) => holds(term.codes[value] as number)),
  );
}

export function window(model: Model, node: Node<'window'>): Propagator[] {
  return node.terms
    .flatMap((pick) => expandPick(model, pick))
    .map((term) =>
      unary(term.slot, (value) => {
        const code = term.codes[value] as number;
        return code === SKIP || (code >= node.from && code < node.until);
      }),
    );
}

export function running(model: Model, node: Node<'running'>): Propagator[] {
  return node.keys.flatMap((_, i) => {
    const terms = node.terms.flatMap((pick) => expandPick(model, { ...pick, keys: node.keys.slice(0, i + 1) }));
    return [
      ...withoutNull(terms),
      linear(terms, '<=', node.high - node.initial),
      linear(terms, '>=', node.low - node.initial),
    ];
  });
}

export function aggregate(model: Model, node: Node<'aggregate'>): Propagator[] {
  return groupTerms(model, node.terms, node.per).flatMap((terms) => [
    ...withoutNull(terms),
    ...aggregateOf(terms, node),
  ]);
}

function aggregateOf(terms: Term[], { fn, op, bound }: Node<'aggregate'>): Propagator[] {
  if (fn === 'sum') return [linear(terms, op, bound)];
  if (fn === 'count')
    return [
      linear(
        terms.map(({ slot, codes }) => ({ slot, codes: codes.map((code) => (code === SKIP ? 0 : 1)) })),
        op,
        bound,
      ),
    ];
  if (fn === 'average') return [average(terms, op, bound)];
  const forAll = fn === 'min' ? op === '>' || op === '>=' : op === '<' || op === '<=';
  const compare = compareWith(op);
  if (forAll)
    return terms.map((term) =>
      unary(term.slot, (value) => term.codes[value] === SKIP || compare(term.codes[value] as number, bound)),
    );
  return [extreme(terms, fn, op, bound)];
}

/** The average of the counted terms `op` bound, as the sum of their distances from it; holds where no term counts. */
function average(terms: readonly Term[], op: Node<'aggregate'>['op'], bound: number): Propagator {
  const distances = terms.map(({ slot, codes }) => ({
    slot,
    codes: codes.map((code) => (code === SKIP ? SKIP : code - bound)),
  }));
  const mayBeEmpty = terms.every((term) => term.codes.includes(SKIP));
  const exact = linear(distances, op, 0);
  const counted = (values: ArrayLike<number>): boolean =>
    terms.some((term) => term.codes[values[term.slot] as number] !== SKIP);
  if (!mayBeEmpty) return exact;
  return {
    scope: exact.scope,
    test: (values) => !counted(values) || exact.test(values),
    prune(state) {
      return terms.every((term) => !state.filter || lowest(state, term, SKIP) === SKIP) ? true : exact.prune(state);
    },
  };
}

/** The smallest or largest term where one term is enough (min <= b, max >= b) or both directions matter (=, <>). */
function extreme(terms: readonly Term[], fn: 'min' | 'max', op: Node<'aggregate'>['op'], bound: number): Propagator {
  const compare = compareWith(op);
  const neutral = fn === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const better = fn === 'min' ? Math.min : Math.max;
  const test = (values: ArrayLike<number>): boolean => {
    let best = neutral;
    for (const term of terms) {
      const code = term.codes[values[term.slot] as number] as number;
      if (code !== SKIP) best = better(best, code);
    }
    return best === neutral || compare(best, bound);
  };
  const scope = scopeOf(terms);
  return {
    scope,
    test,
    prune(state) {
      if (op !== '=' && op !== '<>') {
        const reachable = terms.some((term) =>
          compare(fn === 'min' ? lowest(state, term, neutral) : highest(state, term, neutral), bound),
        );
        const mayBeEmpty = terms.every((term) => lowest(state, term, SKIP) === SKIP);
        if (!reachable && !mayBeEmpty) return false;
      }
      return leafTest(state, scope, test);
    },
  };
}
