import type { Node } from '../../domain/constraint.ts';
import { compareWith } from './compare.ts';
import { linear } from './linear.ts';
import { codeAt, type Model, mapCodes, SKIP, type Term } from './model.ts';
import { expandPick, groupTerms } from './picks.ts';
import { highest, leafTest, lowest, type Propagator, scopeOf, unary, withoutNull } from './propagator.ts';
import type { State } from './state.ts';

type Aim = Pick<Node<'aggregate'>, 'fn' | 'op' | 'bound'>;

export function aggregate(model: Model, node: Node<'aggregate'>): Propagator[] {
  return groupTerms(model, node.terms, node.per).flatMap((terms) => [...withoutNull(terms), ...piecesOf(terms, node)]);
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

function piecesOf(terms: readonly Term[], aim: Aim): Propagator[] {
  const { fn, op, bound } = aim;
  switch (fn) {
    case 'sum':
      return [linear(terms, op, bound)];
    case 'count':
      return [
        linear(
          terms.map((term) => mapCodes(term, (code) => (code === SKIP ? 0 : 1))),
          op,
          bound,
        ),
      ];
    case 'average':
      return [average(terms, aim)];
    case 'min':
      return op === '>' || op === '>=' ? forEach(terms, aim) : [extreme(terms, aim)];
    case 'max':
      return op === '<' || op === '<=' ? forEach(terms, aim) : [extreme(terms, aim)];
  }
}

/** Where the extreme keeps the bound, every term does. */
function forEach(terms: readonly Term[], { op, bound }: Aim): Propagator[] {
  const compare = compareWith(op);
  return terms.map(({ slot, codes }) =>
    unary(slot, (value) => codes[value] === SKIP || compare(codes[value] as number, bound)),
  );
}

/** The average of the counted terms `op` bound, as the sum of their distances from it; holds where no term counts. */
function average(terms: readonly Term[], { op, bound }: Aim): Propagator {
  const distances = terms.map((term) => mapCodes(term, (code) => (code === SKIP ? SKIP : code - bound)));
  const exact = linear(distances, op, 0);
  if (!terms.every((term) => term.codes.includes(SKIP))) return exact;
  return {
    scope: exact.scope,
    test: (values) => terms.every((term) => codeAt(term, values) === SKIP) || exact.test(values),
    prune: (state) => mayBeEmpty(state, terms) || exact.prune(state),
  };
}

/** Whether it may still be that no term counts. */
const mayBeEmpty = (state: State, terms: readonly Term[]): boolean =>
  terms.every((term) => lowest(state, term, SKIP) === SKIP);

/** The smallest or largest term where one term is enough (min <= b, max >= b) or both directions matter (=, <>). */
function extreme(terms: readonly Term[], { fn, op, bound }: Aim): Propagator {
  const compare = compareWith(op);
  const neutral = fn === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const better = fn === 'min' ? Math.min : Math.max;
  const furthest = fn === 'min' ? lowest : highest;
  const isOneEnough = op !== '=' && op !== '<>';
  const scope = scopeOf(terms);

  function test(values: ArrayLike<number>): boolean {
    let best = neutral;
    for (const term of terms) {
      const code = codeAt(term, values);
      if (code !== SKIP) best = better(best, code);
    }
    return best === neutral || compare(best, bound);
  }

  const isReachable = (state: State): boolean =>
    terms.some((term) => compare(furthest(state, term, neutral), bound)) || mayBeEmpty(state, terms);

  return {
    scope,
    test,
    prune: (state) => (!isOneEnough || isReachable(state)) && leafTest(state, scope, test),
  };
}
