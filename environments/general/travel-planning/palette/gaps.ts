import type { Key } from '../../../../src/domain/answer.ts';
import type { Side } from '../../../../src/domain/constraint.ts';
import type { Unit } from '../../../../src/domain/world.ts';
import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { datesOf, day, firstOf, forecast, lastOf, leg, staysIn } from '../plan.ts';
import { loosen } from './bound.ts';
import { type Declared, entry, hasLegs } from './entry.ts';
import { sideAt } from './witness.ts';

const ownDay = (ctx: ProposeContext): [Key, Key][] => datesOf(ctx.frame).map((date) => [date, date]);

interface Gap {
  readonly left: Side;
  readonly right: Side;
  readonly unit: Unit;
  /** The smallest difference that is worth a clause. */
  readonly least: number;
  readonly keys: (ctx: ProposeContext) => readonly (readonly [Key, Key])[];
  readonly says: (a: Key, b: Key) => readonly string[];
}

/** The left term exceeds the right one by at least what it does in the witness, less the slack. */
function gap(declared: Declared, { left, right, unit, least, keys, says }: Gap): PaletteEntry {
  return entry('couple', declared, (ctx) => {
    const pairs = keys(ctx);
    if (pairs.length === 0) return null;
    const [a, b] = ctx.rng.pick(pairs);
    const offset = loosen(Number(sideAt(ctx, left, a)) - Number(sideAt(ctx, right, b)), ctx.slack, '>=');
    if (offset < least) return null;
    return {
      suffix: a === b ? a : `${a}-${b}`,
      constraint: { kind: 'relate', left, right, pairs: [[a, b]], op: '>=', offset },
      wording: { subject: 'this', unit, templates: says(a, b) },
    };
  });
}

/** Ordered pairs of different dates. */
const twoDates = (ctx: ProposeContext): [Key, Key][] => {
  const [a, b] = ctx.rng.sample(datesOf(ctx.frame), 2);
  return a && b
    ? [
        [a, b],
        [b, a],
      ]
    : [];
};
const arrivals = (ctx: ProposeContext): [Key, Key][] =>
  hasLegs(ctx) ? staysIn(ctx.frame).map((stay) => [stay.leg, firstOf(stay)]) : [];
const departures = (ctx: ProposeContext): [Key, Key][] =>
  hasLegs(ctx) ? staysIn(ctx.frame).map((stay) => [stay.leg + 1, lastOf(stay)]) : [];

export const gaps: readonly PaletteEntry[] = [
  gap(
    { id: 'cheaper-night', from: 2, times: 2 },
    {
      left: day('hotel', { column: 'price_cents' }),
      right: day('hotel', { column: 'price_cents' }),
      unit: 'money:EUR',
      least: 1000,
      keys: twoDates,
      says: (a, b) => [
        `a room on ${b} must be at least {offset} cheaper per night than a room on ${a}`,
        `the room price per night on ${a} has to be at least {offset} above that on ${b}`,
      ],
    },
  ),
  gap(
    { id: 'dearer-ticket', from: 2, times: 2 },
    {
      left: day('attraction', { column: 'ticket_cents' }),
      right: day('attraction', { column: 'ticket_cents' }),
      unit: 'money:EUR',
      least: 200,
      keys: twoDates,
      says: (a, b) => [
        `the attraction ticket on ${a} costs at least {offset} more per person than the one on ${b}`,
        `the highlight comes on ${a}: its ticket is at least {offset} dearer per person than the ticket on ${b}`,
      ],
    },
  ),
  gap(
    { id: 'dinner-over-lunch', from: 2, times: 2 },
    {
      left: day('dinner', { column: 'price_cents' }),
      right: day('lunch', { column: 'price_cents' }),
      unit: 'money:EUR',
      least: 300,
      keys: ownDay,
      says: (a) => [
        `on ${a}, dinner costs at least {offset} more per person than lunch`,
        `dinner is the main meal on ${a}: its price per person is at least {offset} above that of lunch`,
      ],
    },
  ),
  gap(
    { id: 'better-dinner', from: 3, times: 2 },
    {
      left: day('dinner', { column: 'rating_tenths' }),
      right: day('dinner', { column: 'rating_tenths' }),
      unit: 'tenths',
      least: 1,
      keys: twoDates,
      says: (a, b) => [
        `the guest rating of the dinner restaurant on ${a} is at least {offset} above that on ${b}`,
        `dinner on ${a} beats dinner on ${b} by at least {offset} in guest rating`,
      ],
    },
  ),
  gap(
    { id: 'longer-visit', from: 3, times: 2 },
    {
      left: day('attraction', { column: 'visit_minutes' }),
      right: day('attraction', { column: 'visit_minutes' }),
      unit: 'minutes',
      least: 15,
      keys: twoDates,
      says: (a, b) => [
        `the visit on ${a} takes at least {offset} longer than the visit on ${b}`,
        `the visiting time of the attraction on ${a} is at least {offset} more than on ${b}`,
      ],
    },
  ),
  gap(
    { id: 'time-before-dinner', from: 3, times: 2 },
    {
      left: day('dinner', { column: 'dinner_until' }),
      right: day('attraction', { column: 'closes' }),
      unit: 'minutes',
      least: 60,
      keys: ownDay,
      says: (a) => [
        `on ${a}, the last dinner order is at least {offset} after the attraction closes`,
        `there is time to change on ${a}: from the closing of the attraction to the last dinner order there must be at least {offset}`,
      ],
    },
  ),
  gap(
    { id: 'warmer-day', from: 4, times: 2 },
    {
      left: day('city', forecast('high_c')),
      right: day('city', forecast('high_c')),
      unit: 'plain:degrees Celsius',
      least: 1,
      keys: twoDates,
      says: (a, b) => [
        `the highest temperature forecast for the city of ${a} on that date is at least {offset} above that for the city of ${b} on its date`,
        `it should be warmer on ${a} than on ${b}: by the forecast for the city of each date, the high is at least {offset} more`,
      ],
    },
  ),
  gap(
    { id: 'breakfast-before-leg', from: 4, times: 2 },
    {
      left: leg('departs'),
      right: day('hotel', { column: 'breakfast_from' }),
      unit: 'minutes',
      least: 5,
      keys: departures,
      says: (a, b) => [
        `leg ${a} departs at least {offset} after the hotel of ${b} starts to serve breakfast`,
        `no leaving without breakfast: from its start at the hotel of ${b} to the departure of leg ${a} there must be at least {offset}`,
      ],
    },
  ),
  gap(
    { id: 'leg-before-closing', from: 5, times: 2 },
    {
      left: day('attraction', { column: 'closes' }),
      right: leg('arrives'),
      unit: 'minutes',
      least: 240,
      keys: (ctx) => arrivals(ctx).map(([number, date]) => [date, number]),
      says: (a, b) => [
        `the attraction on ${a} closes at least {offset} after leg ${b} arrives`,
        `leg ${b} arrives at least {offset} before the attraction of ${a} closes`,
      ],
    },
  ),
];
