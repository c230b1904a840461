import type { Node } from '../../domain/constraint.ts';
import { codeAt, type Model, SKIP, type Term } from './model.ts';
import { createCondition, expandPick, groupTerms, pairsWithin } from './picks.ts';
import { decided, type Propagator, removeCode, unary, withoutNull } from './propagator.ts';
import type { State } from './state.ts';

/** A piece for two terms that propagates once one of them is decided. */
function binary(a: Term, b: Term, holds: (a: number, b: number) => boolean): Propagator {
  const counts = (x: number, y: number): boolean => x === SKIP || y === SKIP || holds(x, y);
  return {
    scope: [a.slot, b.slot],
    wakes: 'decided',
    test: (values) => counts(codeAt(a, values), codeAt(b, values)),
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

/** The same for two terms that must not be equal: what one takes the other loses. */
function different(a: Term, b: Term): Propagator {
  const leaves = (state: State, one: Term, other: Term): boolean => {
    const code = decided(state, one);
    return code === null || code === SKIP || removeCode(state, other, code);
  };
  return {
    scope: [a.slot, b.slot],
    wakes: 'decided',
    test(values) {
      const code = codeAt(a, values);
      return code === SKIP || code !== codeAt(b, values);
    },
    prune: (state) => leaves(state, a, b) && leaves(state, b, a),
    opposites: () => [[bothCount(a, b, (x, y) => x !== y)]],
  };
}

/** Both terms count and the relation does not hold. */
function bothCount(a: Term, b: Term, holds: (a: number, b: number) => boolean): Propagator {
  const broken = (x: number, y: number): boolean => x !== SKIP && y !== SKIP && !holds(x, y);
  return {
    scope: [a.slot, b.slot],
    wakes: 'decided',
    test: (values) => broken(codeAt(a, values), codeAt(b, values)),
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
  return [...withoutNull(groups.flat()), ...pairsWithin(groups).map(([a, b]) => different(a, b))];
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
