import type { Op } from '../../domain/constraint.ts';

/** The operator that holds exactly where another does not. */
export const OPPOSITE: Readonly<Record<Op, Op>> = { '<': '>=', '<=': '>', '=': '<>', '<>': '=', '>=': '<', '>': '<=' };

/** The comparison that an operator stands for. */
export function compareWith(op: Op): (a: number, b: number) => boolean {
  switch (op) {
    case '<':
      return (a, b) => a < b;
    case '<=':
      return (a, b) => a <= b;
    case '=':
      return (a, b) => a === b;
    case '<>':
      return (a, b) => a !== b;
    case '>=':
      return (a, b) => a >= b;
    case '>':
      return (a, b) => a > b;
  }
}

/** The integers that satisfy `op` bound lie between these, both included; `<>` sets no limit. */
export function limitsOf(op: Op, bound: number): { least: number; most: number } {
  const [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  switch (op) {
    case '<':
      return { least, most: bound - 1 };
    case '<=':
      return { least, most: bound };
    case '=':
      return { least: bound, most: bound };
    case '<>':
      return { least, most };
    case '>=':
      return { least: bound, most };
    case '>':
      return { least: bound + 1, most };
  }
}
