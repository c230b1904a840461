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
  /** `when` stands for the dates: `every day` or `each of 2027-05-04 and 2027-05-06`, `any two consecutive dates` or the pairs of them. */
  readonly says: (when: string) => readonly string[];
}

const ownDay = (ctx: ProposeContext): [Key, Key][] => datesOf(ctx.frame).map((date) => [date, date]);
const nextDay = (ctx: ProposeContext): [Key, Key][] => steps(datesOf(ctx.frame));

function whenOf(pairs: readonly (readonly [Key, Key])[], isAll: boolean): string {
  const isOwnDay = pairs.every(([a, b]) => a === b);
  if (isAll && pairs.length > 1) return isOwnDay ? 'every day' : 'any two consecutive dates';
  const said = pairs.map(([a, b]) => (isOwnDay ? `${a}` : `${a} and ${b}`));
  if (said.length === 1) return said[0] as string;
  return isOwnDay ? `each of ${listed(said)}` : `each of these pairs of dates (${said.join('; ')})`;
}
const firstKeys = (pairs: readonly (readonly [Key, Key])[]): string => pairs.map(([key]) => key).join('-');

/** Equal or different attributes of two slots, on as many dates as the witness allows. */
function matching(declared: Declared, { left, right, op, pairs, most, says }: Matching): PaletteEntry {
  return entry('couple', declared, (ctx) => {
    const all = pairs(ctx);
    const fitting = all.filter(([a, b]) => (sideAt(ctx, left, a) === sideAt(ctx, right, b)) === (op === '='));
    const chosen = ctx.rng.sample(fitting, most).sort(([a], [b]) => (a < b ? -1 : 1));
    if (chosen.length < (op === '=' ? 1 : Math.min(2, ctx.frame.size - 1))) return null;
    return {
      ...(declared.times ? { suffix: firstKeys(chosen) } : {}),
      constraint: { kind: 'relate', left, right, pairs: chosen.map(([a, b]) => [a, b]), op, offset: 0 },
      wording: { subject: 'this', unit: 'text', templates: says(whenOf(chosen, chosen.length === all.length)) },
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
      says: (when) => [
        `on ${when}, dinner is in the same district as that day's hotel`,
        `nobody wants to walk far at night: on ${when} the dinner restaurant and the hotel are in the same district`,
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
      says: (when) => [
        `on ${when}, lunch is in the same district as that day's attraction`,
        `on ${when} the lunch restaurant and the attraction share a district`,
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
      says: (when) => [
        `on ${when}, lunch and dinner are in different districts`,
        `see more of the town: on ${when} dinner is not in the district of that day's lunch`,
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
      says: (when) => [
        `on ${when}, lunch and dinner are of different cuisines`,
        `no cuisine twice in one day: this holds on ${when}`,
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
      says: (when) => [
        `the dinners of ${when} are of different cuisines`,
        `no cuisine twice in a row at dinner: this holds for ${when}`,
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
      says: (when) => [
        `the attractions of ${when} are of different categories`,
        `no category of attractions twice in a row: this holds for ${when}`,
      ],
    },
  ),
];
