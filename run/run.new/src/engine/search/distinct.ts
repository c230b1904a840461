import type { Node } from '../../domain/constraint.ts';
import { compareWith, limitsOf, OPPOSITE } from './compare.ts';
import { codeAt, type Model, SKIP, type Term } from './model.ts';
import { groupTerms } from './picks.ts';
import { decided, type Propagator, scopeOf, withoutNull } from './propagator.ts';
import type { State } from './state.ts';

export function distinct(model: Model, node: Node<'distinct'>): Propagator[] {
  return groupTerms(model, node.terms, node.per).flatMap((terms) => [...withoutNull(terms), distinctOf(terms, node)]);
}

function distinctOf(terms: readonly Term[], { op, bound }: Pick<Node<'distinct'>, 'op' | 'bound'>): Propagator {
  const compare = compareWith(op);
  const { least, most } = limitsOf(op, bound);
  return {
    scope: scopeOf(terms),
    test(values) {
      const seen = new Set<number>();
      for (const term of terms) seen.add(codeAt(term, values));
      seen.delete(SKIP);
      return compare(seen.size, bound);
    },
    prune(state) {
      const tally = count(state, terms);
      if (tally.open.length === 0) return compare(tally.seen.size, bound);
      return capped(state, tally, most) && fed(state, tally, least);
    },
    opposites: () => [[distinctOf(terms, { op: OPPOSITE[op], bound })]],
  };
}

interface Tally {
  /** The values of the terms that are decided. */
  readonly seen: ReadonlySet<number>;
  readonly open: readonly Term[];
}

function count(state: State, terms: readonly Term[]): Tally {
  const seen = new Set<number>();
  const open: Term[] = [];
  for (const term of terms) {
    const code = decided(state, term);
    if (code === null) open.push(term);
    else if (code !== SKIP) seen.add(code);
  }
  return { seen, open };
}

/** With as many values as are allowed, the open terms can only repeat one of them. */
function capped(state: State, { seen, open }: Tally, most: number): boolean {
  if (seen.size < most) return true;
  if (seen.size > most) return false;
  return open.every(({ slot, codes }) =>
    state.filter(slot, (value) => codes[value] === SKIP || seen.has(codes[value] as number)),
  );
}

/** Where every open term is needed for a new value, none can repeat one. */
function fed(state: State, { seen, open }: Tally, least: number): boolean {
  const reachable = seen.size + open.length;
  if (reachable > least) return true;
  if (reachable < least) return false;
  return open.every(({ slot, codes }) =>
    state.filter(slot, (value) => codes[value] !== SKIP && !seen.has(codes[value] as number)),
  );
}
