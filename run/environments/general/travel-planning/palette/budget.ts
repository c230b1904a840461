import type { Pick } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { datesOf, pickDay, pickLeg } from '../plan.ts';
import { plural } from '../say.ts';
import { columnOf, loosen, share } from './bound.ts';
import { entry, factOf, hasLegs, MUST, total } from './entry.ts';
import { numbersOf, sum, termsOf } from './witness.ts';

const meals = (extra: Partial<Pick> = {}): Pick[] => [
  pickDay('lunch', 'price_cents', extra),
  pickDay('dinner', 'price_cents', extra),
];
const outings = (extra: Partial<Pick> = {}): Pick[] => [...meals(extra), pickDay('attraction', 'ticket_cents', extra)];

/** Everything that the party pays: rooms by the night, the rest by the head. */
function everything(ctx: ProposeContext): Pick[] {
  const heads = { weight: factOf(ctx, 'travellers') };
  const fares = hasLegs(ctx) ? [pickLeg('price_cents', heads)] : [];
  return [pickDay('hotel', 'price_cents', { weight: factOf(ctx, 'rooms') }), ...outings(heads), ...fares];
}

const party = (ctx: ProposeContext): string =>
  `${plural(factOf(ctx, 'rooms'), 'room')} for each night, ${hasLegs(ctx) ? 'meals, tickets and fares' : 'meals and tickets'} for ${plural(factOf(ctx, 'travellers'), 'traveller')}`;

const wholeTrip: readonly PaletteEntry[] = [
  total(
    { id: 'trip-budget', from: 1 },
    {
      picks: everything,
      op: '<=',
      unit: 'money:EUR',
      subject: (ctx) => `the cost of the whole trip (${party(ctx)})`,
      says: [...MUST, 'there is a ceiling on the whole: {subject} must be {limit}'],
    },
  ),
  total(
    { id: 'hotel-budget', from: 1 },
    {
      picks: (ctx) => [pickDay('hotel', 'price_cents', { weight: factOf(ctx, 'rooms') })],
      op: '<=',
      unit: 'money:EUR',
      subject: (ctx) => `the hotel bill over all nights (${plural(factOf(ctx, 'rooms'), 'room')} for each night)`,
      says: MUST,
    },
  ),
  total(
    { id: 'meal-budget', from: 1 },
    {
      picks: () => meals(),
      op: '<=',
      unit: 'money:EUR',
      subject: () => 'the price per person of all lunches and dinners together',
      says: MUST,
    },
  ),
  total(
    { id: 'ticket-budget', from: 2 },
    {
      picks: () => [pickDay('attraction', 'ticket_cents')],
      op: '<=',
      unit: 'money:EUR',
      subject: () => 'the price per person of all attraction tickets together',
      says: MUST,
    },
  ),
  total(
    { id: 'fare-budget', from: 4 },
    {
      picks: (ctx) => (hasLegs(ctx) ? [pickLeg('price_cents')] : null),
      op: '<=',
      unit: 'money:EUR',
      subject: () => 'the fare per person of all legs together',
      says: MUST,
    },
  ),
];

const dayBudget = entry('bound', { id: 'day-budget', from: 1, times: 3 }, (ctx) => {
  const date = ctx.rng.pick(datesOf(ctx.frame));
  const terms = outings({ keys: [date] });
  const bound = loosen(sum(numbersOf(ctx, terms)), ctx.slack, '<=');
  // A day on which the witness spends more than most would is no constraint.
  if (bound > 3 * mean(columnOf(ctx.world, 'restaurant', 'price_cents'))) return null;
  return {
    suffix: date,
    constraint: { kind: 'aggregate', fn: 'sum', terms, op: '<=', bound },
    wording: {
      subject: `the price per person of lunch, dinner and attraction ticket on ${date}`,
      unit: 'money:EUR',
      templates: [
        ...MUST,
        `for one person, lunch, dinner and the attraction ticket of ${date} together must cost {limit}`,
      ],
    },
  };
});

const mean = (values: readonly number[]): number => sum(values) / Math.max(1, values.length);

/** The same cap for every day: the dearest day of the witness sets it. */
const dailyCap = entry('bound', { id: 'daily-cap', from: 3 }, (ctx) => {
  const terms = outings();
  const byDate = Map.groupBy(termsOf(ctx, terms), ({ key }) => key);
  const dearest = Math.max(...[...byDate.values()].map((found) => sum(found.map(({ value }) => Number(value)))));
  return {
    constraint: {
      kind: 'aggregate',
      fn: 'sum',
      terms,
      per: { by: 'key' },
      op: '<=',
      bound: loosen(dearest, ctx.slack, '<='),
    },
    wording: {
      subject: "on every single day, the price per person of that day's lunch, dinner and attraction ticket together",
      unit: 'money:EUR',
      templates: ['{subject} must be {limit}', 'the daily allowance holds: {subject} is {limit}'],
    },
  };
});

/** No single price above a cap, for one kind of venue. */
function priceCap(
  id: string,
  from: 1 | 2 | 3 | 4,
  { pick, table, subject }: { pick: Pick; table: string; subject: string },
): PaletteEntry {
  return entry('bound', { id, from }, (ctx) => {
    if (pick.part === 'legs' && !hasLegs(ctx)) return null;
    const bound = loosen(Math.max(...numbersOf(ctx, [pick])), ctx.slack, '<=');
    if (share(columnOf(ctx.world, table, pick.attr.column ?? ''), (price) => price <= bound) > 0.9) return null;
    return {
      constraint: { kind: 'aggregate', fn: 'max', terms: [pick], op: '<=', bound },
      wording: {
        subject,
        unit: 'money:EUR',
        templates: ['{subject} must be {limit}', 'nobody approves more: {subject} is {limit}'],
      },
    };
  });
}

export const budget: readonly PaletteEntry[] = [
  ...wholeTrip,
  dayBudget,
  dailyCap,
  priceCap('dinner-cap', 2, {
    pick: pickDay('dinner', 'price_cents'),
    table: 'restaurant',
    subject: 'the price per person of every dinner',
  }),
  priceCap('night-cap', 2, {
    pick: pickDay('hotel', 'price_cents'),
    table: 'hotel',
    subject: 'the price of one room for every single night',
  }),
  priceCap('fare-cap', 4, {
    pick: pickLeg('price_cents'),
    table: 'service',
    subject: 'the fare per person of every single leg',
  }),
];
