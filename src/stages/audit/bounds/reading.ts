import type { Op } from '../../../domain/constraint.ts';
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
}

export interface Fixed {
  readonly slot: number;
  readonly value: number;
}

/** One list of terms, and how they become a number. */
export interface Measured {
  readonly terms: readonly Term[];
  measure(values: ArrayLike<number>): number | null;
}

/** The reading that decides among several: the largest where there is an upper bound, else the smallest. */
export function worstOf(op: Op, bound: number, measured: readonly Measured[]): Reading[] {
  const slots = [...new Set(measured.flatMap(({ terms }) => terms.map((term) => term.slot)))];
  if (slots.length === 0) return [];
  const isUpper = op === '<' || op === '<=';
  return [
    {
      op,
      bound,
      slots,
      fixed: [],
      read(values) {
        let worst: number | null = null;
        for (const one of measured) {
          const found = one.measure(values);
          if (found !== null && (worst === null || (isUpper ? found > worst : found < worst))) worst = found;
        }
        return worst;
      },
    },
  ];
}

/** The number of a single term. */
export const single = (term: Term): Measured => ({
  terms: [term],
  measure(values) {
    const code = codeAt(term, values);
    return code === SKIP || code === NULL ? null : code;
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
