import type { Op } from '../../domain/constraint.ts';
import { compareWith, OPPOSITE, SKIP, type Term } from './model.ts';
import { highest, lowest, type Propagator, scopeOf } from './propagator.ts';
import type { State } from './state.ts';

/** The sum of the terms (SKIP counts 0) `op` bound, with bounds propagation. */
export function linear(terms: readonly Term[], op: Op, bound: number): Propagator {
  const low = new Float64Array(terms.length);
  const high = new Float64Array(terms.length);
  // Domains whose bounds stand in `low` and `high` already.
  const seen = new Float64Array(terms.length);
  const compare = compareWith(op);
  const atMost = op === '<' ? bound - 1 : op === '<=' || op === '=' ? bound : null;
  const atLeast = op === '>' ? bound + 1 : op === '>=' || op === '=' ? bound : null;

  function test(values: ArrayLike<number>): boolean {
    let sum = 0;
    for (const term of terms) {
      const code = term.codes[values[term.slot] as number] as number;
      if (code !== SKIP) sum += code;
    }
    return compare(sum, bound);
  }

  function prune(state: State): boolean {
    let lowSum = 0;
    let highSum = 0;
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i] as Term;
      if (seen[i] !== state.stamp[term.slot]) {
        low[i] = lowest(state, term, 0);
        high[i] = highest(state, term, 0);
        seen[i] = state.stamp[term.slot] as number;
      }
      lowSum += low[i] as number;
      highSum += high[i] as number;
    }
    if (op === '<>') return lowSum !== highSum || lowSum !== bound;
    if (atMost !== null && lowSum > atMost) return false;
    if (atLeast !== null && highSum < atLeast) return false;
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i] as Term;
      const most = atMost === null ? Number.POSITIVE_INFINITY : atMost - lowSum + (low[i] as number);
      const least = atLeast === null ? Number.NEGATIVE_INFINITY : atLeast - highSum + (high[i] as number);
      if ((high[i] as number) <= most && (low[i] as number) >= least) continue;
      const keep = (value: number): boolean => {
        const raw = term.codes[value] as number;
        const code = raw === SKIP ? 0 : raw;
        return code <= most && code >= least;
      };
      if (!state.filter(term.slot, keep)) return false;
    }
    return true;
  }

  return { scope: scopeOf(terms), test, prune, opposites: () => [[linear(terms, OPPOSITE[op], bound)]] };
}
