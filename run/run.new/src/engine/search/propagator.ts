import { type Codes, NULL, SKIP, type Term } from './model.ts';
import type { State } from './state.ts';

/** A constraint, or an independent piece of one, bound to the slots of a model. */
export interface Propagator {
  readonly scope: readonly number[];
  /** Whether it holds of an assignment (a candidate for each slot). */
  test(values: ArrayLike<number>): boolean;
  /** Removes candidates that cannot be part of a solution; false when there is none. With every slot of the scope decided it is `test`. */
  prune(state: State): boolean;
  /** When `prune` can remove something: `first`: only the first time; `decided`: not before a slot of the scope is decided; else whenever a domain changed. */
  readonly wakes?: 'first' | 'decided';
  /** Where its negation can propagate: ways to break the piece, each a list of pieces that hold together; it is broken exactly where one of them holds. */
  opposites?(): Propagator[][];
}

/** A piece about one slot. */
export function unary(slot: number, keep: (value: number) => boolean): Propagator {
  return {
    scope: [slot],
    wakes: 'first',
    test: (values) => keep(values[slot] as number),
    prune: (state) => state.filter(slot, keep),
    opposites: () => [[unary(slot, (value) => !keep(value))]],
  };
}

/** The ways in which at least one of some pieces is broken; those that cannot say theirs are left to their test. */
export function oppositesOf(pieces: readonly Propagator[]): Propagator[][] {
  return pieces.flatMap((piece) => piece.opposites?.() ?? [[brokenAtLeaf(piece)]]);
}

/** Holds where `piece` does not; says so only once every slot is decided. */
function brokenAtLeaf(piece: Propagator): Propagator {
  const test = (values: ArrayLike<number>): boolean => !piece.test(values);
  return { scope: piece.scope, test, prune: (state) => leafTest(state, piece.scope, test) };
}

const leaf: number[] = [];

/** The test once every slot of the scope is decided; until then nothing is known. */
export function leafTest(
  state: State,
  scope: readonly number[],
  test: (values: ArrayLike<number>) => boolean,
): boolean {
  for (const slot of scope) {
    if (state.size[slot] !== 1) return true;
    leaf[slot] = (state.alive[slot] as Int32Array)[0] as number;
  }
  return test(leaf);
}

/** One piece for each term that has candidates without a value. */
export function withoutNull(terms: readonly Term[]): Propagator[] {
  return terms
    .filter((term) => term.codes.includes(NULL))
    .map((term) => unary(term.slot, (value) => term.codes[value] !== NULL));
}

/** The smallest code among the alive candidates, SKIP read as `skip`. */
export function lowest(state: State, term: Term, skip: number): number {
  const alive = state.alive[term.slot] as Int32Array;
  let low = Number.POSITIVE_INFINITY;
  for (let i = (state.size[term.slot] as number) - 1; i >= 0; i--) {
    const raw = term.codes[alive[i] as number] as number;
    const code = raw === SKIP ? skip : raw;
    if (code < low) low = code;
  }
  return low;
}

/** The largest code among the alive candidates, SKIP read as `skip`. */
export function highest(state: State, term: Term, skip: number): number {
  const alive = state.alive[term.slot] as Int32Array;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = (state.size[term.slot] as number) - 1; i >= 0; i--) {
    const raw = term.codes[alive[i] as number] as number;
    const code = raw === SKIP ? skip : raw;
    if (code > high) high = code;
  }
  return high;
}

const valuesOf = new WeakMap<Codes, ReadonlyMap<number, readonly number[]>>();

/** The candidates of each code. */
function valuesByCode(codes: Codes): ReadonlyMap<number, readonly number[]> {
  const known = valuesOf.get(codes);
  if (known) return known;
  const values = new Map<number, number[]>();
  codes.forEach((code, value) => {
    const list = values.get(code);
    if (list) list.push(value);
    else values.set(code, [value]);
  });
  valuesOf.set(codes, values);
  return values;
}

/** Removes the candidates that have a code, without a look at the others; false when the domain is empty then. */
export function removeCode(state: State, { slot, codes }: Term, code: number): boolean {
  const values = valuesByCode(codes).get(code);
  if (values) for (const value of values) if (!state.remove(slot, value)) return false;
  return true;
}

/** The smallest and the largest code among the alive candidates. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** The ends of a term without SKIP, read anew only where its domain is another one; what it returns is overwritten by the next call. */
export function createEnds(term: Term): (state: State) => Ends {
  const ends = { low: 0, high: 0 };
  let seen = 0;
  return (state) => {
    const stamp = state.stamp[term.slot] as number;
    if (seen === stamp) return ends;
    ends.low = lowest(state, term, 0);
    ends.high = highest(state, term, 0);
    seen = stamp;
    return ends;
  };
}

/** The code of a decided slot's term, or null while several candidates are alive. */
export function decided(state: State, term: Term): number | null {
  return state.size[term.slot] === 1
    ? (term.codes[(state.alive[term.slot] as Int32Array)[0] as number] as number)
    : null;
}

/** The slots of some terms, each once. */
export const scopeOf = (terms: readonly Term[]): number[] => [...new Set(terms.map((term) => term.slot))];
