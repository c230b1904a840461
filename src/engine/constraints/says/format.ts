import type { Literal, Op } from '../../../domain/constraint.ts';
import type { Unit } from '../../../domain/world.ts';

/** A value as a person writes it: 34950 `money:EUR` is "349.50 EUR", 870 `clock` is "14:30", 42 `tenths` is "4.2". */
export function formatValue(value: Literal, unit: Unit): string {
  if (typeof value === 'string') return value;
  if (unit.startsWith('money:')) return `${fixed(value, 2)} ${unit.slice('money:'.length)}`;
  if (unit.startsWith('plain:')) return counted(value, unit.slice('plain:'.length));
  switch (unit) {
    case 'clock':
      return `${pad(Math.floor(value / 60))}:${pad(value % 60)}`;
    case 'minutes':
      return counted(value, 'minutes');
    case 'tenths':
      return fixed(value, 1);
    default:
      return String(value);
  }
}

/** "1 slot", "2 slots", "1 degree Celsius", "1 kg". */
const counted = (value: number, plural: string): string =>
  `${value} ${Math.abs(value) === 1 ? plural.replace(/(\p{L}{2,})s\b/u, '$1') : plural}`;

const pad = (value: number): string => String(value).padStart(2, '0');

/** `value` in units of 10^-digits as a decimal, without floating point. */
function fixed(value: number, digits: number): string {
  const text = String(Math.abs(value)).padStart(digits + 1, '0');
  return `${value < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The phrases for each operator; every phrase says whether the bound itself is allowed. */
export const PHRASES: Readonly<Record<Op, readonly string[]>> = {
  '<': ['less than', 'strictly below', 'under'],
  '<=': ['at most', 'no more than'],
  '=': ['exactly'],
  '<>': ['anything but'],
  '>=': ['at least', 'no less than'],
  '>': ['more than', 'strictly above', 'over'],
};

/** The same for times of day and other points in time. */
export const TIME_PHRASES: Readonly<Record<Op, readonly string[]>> = {
  '<': ['before', 'earlier than'],
  '<=': ['no later than', 'at the latest'],
  '=': ['exactly at'],
  '<>': ['not at'],
  '>=': ['no earlier than', 'at the earliest'],
  '>': ['after', 'later than'],
};

/** Operator and bound: "at most 350.00 EUR", "no later than 14:30". `variant` chooses among the phrases. */
export function limit({ op, bound }: { op: Op; bound: Literal }, unit: Unit, variant: number): string {
  const phrases = unit === 'clock' || unit === 'date' ? TIME_PHRASES[op] : PHRASES[op];
  const phrase = phrases[variant % phrases.length] as string;
  const value = formatValue(bound, unit);
  return phrase.startsWith('at the ') ? `${value} ${phrase}` : `${phrase} ${value}`;
}

/** "A", "A or B", "A, B or C". */
export function either(values: readonly string[], word: 'or' | 'and' | 'nor' = 'or'): string {
  return values.length < 2 ? (values[0] ?? '') : `${values.slice(0, -1).join(', ')} ${word} ${values.at(-1)}`;
}
