import type { Key } from '../../../../src/domain/answer.ts';
import type { Side } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { datesOf, day, steps } from '../plan.ts';
import { listed } from '../say.ts';
import { type Declared, entry } from './entry.ts';
import { sideAt } from './witness.ts';

interface Matching {
  readonly left: Side;
  readonly right: Side;
  readonly op: '=' | '<>';
  /** The pairs of keys among which those are drawn that the witness satisfies. */
  readonly pairs: (ctx: ProposeContext) => readonly (readonly [Key, Key])[];
  /** At most this many pairs of a proposal. */
  readonly most: number;
  readonly says: (pairs: readonly (readonly [Key, Key])[]) => readonly string[];
}

const ownDay = (ctx: ProposeContext): [Key, Key][] => datesOf(ctx.frame).map((date) => [date, date]);
const nextDay = (ctx: ProposeContext): [Key, Key][] => steps(datesOf(ctx.frame));
const keysIn = (pairs: readonly (readonly [Key, Key])[]): string => listed(pairs.map(([key]) => key));
const firstKeys = (pairs: readonly (readonly [Key, Key])[]): string => pairs.map(([key]) => key).join('-');

/** Equal or different attributes of two slots, on as many dates as the witness allows. */
function matching(declared: Declared, { left, right, op, pairs, most, says }: Matching): PaletteEntry {
  return entry('couple', declared, (ctx) => {
    const fitting = pairs(ctx).filter(([a, b]) => (sideAt(ctx, left, a) === sideAt(ctx, right, b)) === (op === '='));
    const chosen = ctx.rng.sample(fitting, most).sort(([a], [b]) => (a < b ? -1 : 1));
    if (chosen.length < (op === '=' ? 1 : Math.min(2, ctx.frame.size - 1))) return null;
    return {
      ...(declared.times ? { suffix: firstKeys(chosen) } : {}),
      constraint: { kind: 'relate', left, right, pairs: chosen.map(([a, b]) => [a, b]), op, offset: 0 },
      wording: { subject: 'this', unit: 'text', templates: says(chosen) },
    };
  });
}

export const matches: readonly PaletteEntry[] = [
  matching(
    { id: 'dinner-near-hotel', from: 2 },
    {
      left: day('dinner', { column: 'district' }),
      right: day('hotel', { column: 'district' }),
      op: '=',
      pairs: ownDay,
      most: 3,
      says: (pairs) => [
        `on ${keysIn(pairs)}, dinner is in the same district as that day's hotel`,
        `nobody wants to walk far at night: on ${keysIn(pairs)} the dinner restaurant and the hotel are in the same district`,
      ],
    },
  ),
  matching(
    { id: 'lunch-near-sight', from: 2 },
    {
      left: day('lunch', { column: 'district' }),
      right: day('attraction', { column: 'district' }),
      op: '=',
      pairs: ownDay,
      most: 3,
      says: (pairs) => [
        `on ${keysIn(pairs)}, lunch is in the same district as that day's attraction`,
        `on ${keysIn(pairs)} the lunch restaurant and the attraction share a district`,
      ],
    },
  ),
  matching(
    { id: 'dinner-elsewhere', from: 3 },
    {
      left: day('dinner', { column: 'district' }),
      right: day('lunch', { column: 'district' }),
      op: '<>',
      pairs: ownDay,
      most: 6,
      says: (pairs) => [
        `on ${keysIn(pairs)}, lunch and dinner are in different districts`,
        `see more of the town: on ${keysIn(pairs)} dinner is not in the district of that day's lunch`,
      ],
    },
  ),
  matching(
    { id: 'cuisine-within-day', from: 2 },
    {
      left: day('lunch', { column: 'cuisine' }),
      right: day('dinner', { column: 'cuisine' }),
      op: '<>',
      pairs: ownDay,
      most: 8,
      says: (pairs) => [
        `on ${keysIn(pairs)}, lunch and dinner are of different cuisines`,
        `no cuisine twice in one day: this holds on ${keysIn(pairs)}`,
      ],
    },
  ),
  matching(
    { id: 'dinner-changes', from: 3 },
    {
      left: day('dinner', { column: 'cuisine' }),
      right: day('dinner', { column: 'cuisine' }),
      op: '<>',
      pairs: nextDay,
      most: 8,
      says: (pairs) => [
        `the dinners of the following consecutive dates are of different cuisines: ${spans(pairs)}`,
        `dinner changes its cuisine between ${spans(pairs)}`,
      ],
    },
  ),
  matching(
    { id: 'sight-changes', from: 3 },
    {
      left: day('attraction', { column: 'category' }),
      right: day('attraction', { column: 'category' }),
      op: '<>',
      pairs: nextDay,
      most: 8,
      says: (pairs) => [
        `the attractions of the following consecutive dates are of different categories: ${spans(pairs)}`,
        `the attraction changes its category between ${spans(pairs)}`,
      ],
    },
  ),
];

const spans = (pairs: readonly (readonly [Key, Key])[]): string => pairs.map(([a, b]) => `${a} and ${b}`).join('; ');
