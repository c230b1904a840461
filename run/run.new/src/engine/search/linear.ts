import type { Op } from '../../domain/constraint.ts';
import { compareWith, limitsOf, OPPOSITE } from './compare.ts';
import { codeAt, SKIP, type Term } from './model.ts';
import { highest, lowest, type Propagator, scopeOf } from './propagator.ts';
import type { State } from './state.ts';

/** The sum of the terms (SKIP counts 0) `op` bound, with bounds propagation. */
export function linear(terms: readonly Term[], op: Op, bound: number): Propagator {
  const compare = compareWith(op);
  const { least, most } = limitsOf(op, bound);
  const ranges = createRanges(terms);

  function test(values: ArrayLike<number>): boolean {
    let sum = 0;
    for (const term of terms) {
      const code = codeAt(term, values);
      if (code !== SKIP) sum += code;
    }
    return compare(sum, bound);
  }

  function prune(state: State): boolean {
    const { low, high, lowSum, highSum, widest } = ranges(state);
    if (op === '<>') return lowSum !== highSum || lowSum !== bound;
    if (lowSum > most || highSum < least) return false;
    const slack = most - lowSum;
    const lack = least - highSum;
    return (widest <= slack && widest <= -lack) || narrow(state, terms, { low, high, slack, lack });
  }

  return { scope: scopeOf(terms), test, prune, opposites: () => [[linear(terms, OPPOSITE[op], bound)]] };
}

interface Ranges {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

interface Sums extends Ranges {
  readonly lowSum: number;
  readonly highSum: number;
  /** The largest distance between the two values of a term. */
  readonly widest: number;
}

interface Room extends Ranges {
  /** How far one term may rise above its lowest while the others give as little as they can. */
  readonly slack: number;
  /** How far one term may fall below its highest while the others give as much as they can; not above 0. */
  readonly lack: number;
}

function narrow(state: State, terms: readonly Term[], { low, high, slack, lack }: Room): boolean {
  for (let i = 0; i < terms.length; i++) {
    const termLow = low[i] as number;
    const termHigh = high[i] as number;
    const least = termHigh + lack;
    const most = termLow + slack;
    if (termHigh <= most && termLow >= least) continue;
    if (!keepWithin(state, terms[i] as Term, { least, most })) return false;
  }
  return true;
}

function keepWithin(state: State, { slot, codes }: Term, { least, most }: { least: number; most: number }): boolean {
  return state.filter(slot, (value) => {
    const raw = codes[value] as number;
    const code = raw === SKIP ? 0 : raw;
    return code <= most && code >= least;
  });
}

/** Reads the smallest and largest value of each term; what it returns is overwritten by the next call. */
function createRanges(terms: readonly Term[]): (state: State) => Sums {
  const low = new Float64Array(terms.length);
  const high = new Float64Array(terms.length);
  // Stamps of the domains whose bounds stand in `low` and `high` already.
  const seen = new Float64Array(terms.length);
  const slots = Int32Array.from(terms, (term) => term.slot);
  const sums = { low, high, lowSum: 0, highSum: 0, widest: 0 };
  return (state) => {
    const { stamp } = state;
    let lowSum = 0;
    let highSum = 0;
    let widest = 0;
    for (let i = 0; i < slots.length; i++) {
      const now = stamp[slots[i] as number] as number;
      if (seen[i] !== now) {
        low[i] = lowest(state, terms[i] as Term, 0);
        high[i] = highest(state, terms[i] as Term, 0);
        seen[i] = now;
      }
      const termLow = low[i] as number;
      const termHigh = high[i] as number;
      lowSum += termLow;
      highSum += termHigh;
      if (termHigh - termLow > widest) widest = termHigh - termLow;
    }
    sums.lowSum = lowSum;
    sums.highSum = highSum;
    sums.widest = widest;
    return sums;
  };
}
