import type { Op } from '../../../domain/constraint.ts';
import { compareWith } from '../../../engine/search/compare.ts';
import { codeAt, NULL, SKIP, type Term } from '../../../engine/search/model.ts';

/** A number that a rule takes from an answer and holds against a bound, in the units of the bound. */
export interface Reading {
  readonly op: Op;
  readonly bound: number;
  /** The slots that move it. */
  readonly slots: readonly number[];
  /** Slots that need a certain candidate, so that the rule asks for the number at all. */
  readonly fixed: readonly Fixed[];
  /** The number as the rule finds it; null where an answer gives none. */
  read(values: ArrayLike<number>): number | null;
  /** How many other demands of the same rule an answer breaks: only where it is 0 does the bound alone decide. */
  breaks(values: ArrayLike<number>): number;
}

export interface Fixed {
  readonly slot: number;
  readonly value: number;
}

/** One list of terms, and how they become a number. */
export interface Measured {
  readonly terms: readonly Term[];
  /** The number; null where nothing counts, GAP where a term has no value. */
  measure(values: ArrayLike<number>): number | null;
}

/** A term without a value breaks a rule whatever its bound is. */
export const GAP = Number.NaN;

/** The reading that decides among several: the largest where there is an upper bound, else the smallest. */
export function worstOf(op: Op, bound: number, measured: readonly Measured[]): Reading[] {
  const slots = [...new Set(measured.flatMap(({ terms }) => terms.map((term) => term.slot)))];
  if (slots.length === 0) return [];
  const isWorse = op === '<' || op === '<=' ? compareWith('>') : compareWith('<');
  return [{ op, bound, slots, fixed: [], read: (values) => worst(measured, values, isWorse), breaks: () => 0 }];
}

function worst(
  measured: readonly Measured[],
  values: ArrayLike<number>,
  isWorse: (a: number, b: number) => boolean,
): number | null {
  let found: number | null = null;
  for (const one of measured) {
    const number = one.measure(values);
    if (Number.isNaN(number)) return null;
    if (number !== null && (found === null || isWorse(number, found))) found = number;
  }
  return found;
}

/** The readings of demands that a rule makes together: each says how many of the others are broken. */
export function together(readings: readonly Reading[]): Reading[] {
  const keeps = readings.map(({ op, bound, read }) => {
    const compare = compareWith(op);
    return (values: ArrayLike<number>): boolean => {
      const found = read(values);
      return found === null || compare(found, bound);
    };
  });
  return readings.map((one, i) => ({
    ...one,
    breaks: (values) => one.breaks(values) + keeps.filter((keep, j) => j !== i && !keep(values)).length,
  }));
}

/** The number of a single term. */
export const single = (term: Term): Measured => ({
  terms: [term],
  measure(values) {
    const code = codeAt(term, values);
    return code === SKIP ? null : code === NULL ? GAP : code;
  },
});

/** The codes of the terms that count; null where one has no value. */
export function counted(terms: readonly Term[], values: ArrayLike<number>): number[] | null {
  const codes: number[] = [];
  for (const term of terms) {
    const code = codeAt(term, values);
    if (code === NULL) return null;
    if (code !== SKIP) codes.push(code);
  }
  return codes;
}
