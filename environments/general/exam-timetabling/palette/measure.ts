import type { Node } from '../../../../src/domain/constraint.ts';
import type { Unit } from '../../../../src/domain/world.ts';
import type { ProposeContext, Wording } from '../../../../src/stages/synthesize/pack.ts';
import { PART } from '../slots.ts';
import { bitingBound } from './bound.ts';
import type { Group } from './groups.ts';
import { type Field, numbersOf, type Play, planted, type Source } from './play.ts';

/** A number that a play has for a group of exams, and which way of it is wanted. */
export interface Measure {
  readonly field: Field;
  readonly column: string;
  readonly fn: 'sum' | 'average' | 'min' | 'max';
  readonly op: '<=' | '>=';
  readonly unit: Unit;
  /** A bound below this asks for nothing that people would write down. */
  readonly least?: number;
  /** Noun phrase, given the group's label. */
  says(label: string): string;
}

export const FEES: Measure = {
  field: 'sitting',
  column: 'fee',
  fn: 'sum',
  op: '<=',
  unit: 'money:EUR',
  says: (label) => `the sum of the sitting fees of ${label}`,
};
export const PAY: Measure = {
  field: 'duty',
  column: 'pay',
  fn: 'sum',
  op: '<=',
  unit: 'money:EUR',
  says: (label) => `the sum of the pay for the duties of ${label}`,
};
export const SEATS: Measure = {
  field: 'sitting',
  column: 'seats',
  fn: 'sum',
  op: '<=',
  unit: 'plain:seats',
  says: (label) =>
    `the sum of the seats of the rooms of ${label}, counted exam by exam (all seats of a room, taken or not),`,
};
export const RATING: Measure = {
  field: 'duty',
  column: 'score',
  fn: 'average',
  op: '>=',
  unit: 'tenths',
  says: (label) => `the average, taken over ${label}, of the audit rating of the person who leads each of them`,
};
export const YEARS: Measure = {
  field: 'duty',
  column: 'years',
  fn: 'min',
  op: '>=',
  unit: 'plain:years',
  least: 2,
  says: (label) => `the experience of the least experienced person among those who lead ${label}`,
};
export const TOTAL_YEARS: Measure = {
  field: 'duty',
  column: 'years',
  fn: 'sum',
  op: '>=',
  unit: 'plain:years',
  says: (label) => `the sum of the years of experience of those who lead ${label}, counted exam by exam,`,
};
export const LAST_PERIOD: Measure = {
  field: 'sitting',
  column: 'period',
  fn: 'max',
  op: '<=',
  unit: 'count',
  says: (label) => `the highest of the period numbers of ${label}`,
};
export const FIRST_PERIOD: Measure = {
  field: 'sitting',
  column: 'period',
  fn: 'min',
  op: '>=',
  unit: 'count',
  says: (label) => `the lowest of the period numbers of ${label}`,
};

/** Terms and how they are put together. */
export interface Folded extends Source {
  readonly fn: Measure['fn'];
  readonly op: Measure['op'];
}

/** The tightest integer bound that the play keeps. */
export function measure(ctx: ProposeContext, play: Play, { fn, op, ...source }: Folded): number {
  const values = numbersOf(ctx, play, source);
  if (fn === 'min') return Math.min(...values);
  if (fn === 'max') return Math.max(...values);
  const sum = values.reduce((total, value) => total + value, 0);
  if (fn === 'sum') return sum;
  return op === '>=' ? Math.floor(sum / values.length) : Math.ceil(sum / values.length);
}

/** Random plays among which a bound is to bite, and the share that it may let through. */
export interface Crowd {
  readonly plays: readonly Play[];
  readonly easy: number;
}

export const wayOf = ({ op }: Measure): 'up' | 'down' => (op === '<=' ? 'up' : 'down');

/** The bound that the planted answer keeps and that bites among the crowd; null where there is none, or none that people would write down. */
export function boundOf(ctx: ProposeContext, chosen: Measure, { keys, plays, easy }: Group & Crowd): number | null {
  const read = (play: Play) => measure(ctx, play, sourceOf(chosen, { keys }));
  const bound = bitingBound({
    value: read(planted(ctx)),
    way: wayOf(chosen),
    slack: ctx.slack,
    others: plays.map(read),
    easy,
  });
  return bound === null || bound < (chosen.least ?? 0) ? null : bound;
}

/** The aggregate node of a measure; over all exams where the group is all of them. */
export function nodeOf(ctx: ProposeContext, chosen: Measure, { keys }: Group): (bound: number) => Node<'aggregate'> {
  const { field, column, fn, op } = chosen;
  const all = keys.length === ctx.frame.size;
  const terms = [{ part: PART, field, attr: { column }, ...(all ? {} : { keys: [...keys] }) }];
  return (bound) => ({ kind: 'aggregate', fn, terms, op, bound });
}

export function sourceOf({ field, column, fn, op }: Measure, { keys }: Pick<Group, 'keys'>): Folded {
  return { field, attr: { column }, keys, fn, op };
}

export function wordingOf(chosen: Measure, label: string): Wording {
  return {
    subject: chosen.says(label),
    unit: chosen.unit,
    templates: ['{subject} must be {limit}', '{subject} has to be {limit}'],
  };
}
