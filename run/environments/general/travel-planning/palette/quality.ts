import type { Pick } from '../../../../src/domain/constraint.ts';
import type { Level } from '../../../../src/domain/task.ts';
import type { PaletteEntry } from '../../../../src/stages/synthesize/pack.ts';
import { datesOf, pickDay } from '../plan.ts';
import { listed } from '../say.ts';
import { above, columnOf, ease, loosen, share } from './bound.ts';
import { type Declared, entry, total } from './entry.ts';
import { numbersOf, sum } from './witness.ts';

/** Tenths of a star by which the loosest tasks relax a rating. */
const WIDEST = 6;
const BOTH_MEALS = [pickDay('lunch', 'rating_tenths'), pickDay('dinner', 'rating_tenths')];
const AT_LEAST = [
  '{subject} must be {limit}',
  'the guests insist: {subject} has to be {limit}',
  'make sure that {subject} is {limit}',
];

interface Rating {
  readonly picks: readonly Pick[];
  readonly table: string;
  readonly subject: string;
}

function averageRating(declared: Declared, { picks, table, subject }: Rating): PaletteEntry {
  return entry('bound', declared, (ctx) => {
    const ratings = numbersOf(ctx, picks);
    const bound = ease(Math.floor(sum(ratings) / ratings.length), ctx.slack, { op: '>=', widest: WIDEST });
    const all = columnOf(ctx.world, table, 'rating_tenths');
    // Below the world's own average the bound would ask for nothing.
    if (bound <= sum(all) / all.length) return null;
    return {
      constraint: { kind: 'aggregate', fn: 'average', terms: [...picks], op: '>=', bound },
      wording: { subject, unit: 'tenths', templates: AT_LEAST },
    };
  });
}

function lowestRating(declared: Declared, { picks, table, subject }: Rating): PaletteEntry {
  return entry('bound', declared, (ctx) => {
    const bound = ease(Math.min(...numbersOf(ctx, picks)), ctx.slack, { op: '>=', widest: WIDEST });
    if (share(columnOf(ctx.world, table, 'rating_tenths'), above('>=', bound)) > 0.85) return null;
    return {
      constraint: { kind: 'aggregate', fn: 'min', terms: [...picks], op: '>=', bound },
      wording: { subject, unit: 'tenths', templates: AT_LEAST },
    };
  });
}

const sightTime = total(
  { id: 'sight-time', from: 2 },
  {
    picks: () => [pickDay('attraction', 'visit_minutes')],
    op: '>=',
    unit: 'minutes',
    subject: () => 'the visiting time of all attractions together',
    says: AT_LEAST,
  },
);

/** Nobody runs from sight to sight: time for visits is limited on each of a few dates. */
const shortVisits = entry('bound', { id: 'short-visits', from: 3 }, (ctx) => {
  const dates = ctx.rng.sample(datesOf(ctx.frame), Math.min(3, ctx.frame.size)).sort();
  const terms = [pickDay('attraction', 'visit_minutes', { keys: dates })];
  const bound = loosen(sum(numbersOf(ctx, terms)), ctx.slack, '<=');
  const usual = columnOf(ctx.world, 'attraction', 'visit_minutes');
  if (bound > (dates.length * sum(usual)) / usual.length) return null;
  return {
    constraint: { kind: 'aggregate', fn: 'sum', terms, op: '<=', bound },
    wording: {
      subject: `the visiting time of the attractions on ${listed(dates)} together`,
      unit: 'minutes',
      templates: AT_LEAST.slice(0, 1),
    },
  };
});

interface Counted {
  readonly pick: Pick;
  readonly table: string;
  readonly column: string;
  readonly value: string | number;
  readonly subject: string;
}

/** At least as many rows with a feature as the witness has, one fewer where there is slack. */
function countOf(
  { id, from }: { id: string; from: Level },
  { pick, table, column, value, subject }: Counted,
): PaletteEntry {
  return entry('bound', { id, from }, (ctx) => {
    const where = { attr: { column }, op: '=' as const, values: [value] };
    const terms = [{ ...pick, where }];
    const found = numbersOf(ctx, terms).length;
    const bound = found - (ctx.slack > 0.2 && found > 1 ? 1 : 0);
    const rows = ctx.world.rows[table] ?? [];
    const usual = (rows.filter((row) => row[column] === value).length / rows.length) * ctx.frame.size;
    if (bound === 0 || bound <= usual * 0.8) return null;
    return {
      constraint: { kind: 'aggregate', fn: 'count', terms, op: '>=', bound },
      wording: {
        subject,
        unit: 'count',
        templates: ['{subject} must be {limit}', 'see to it that {subject} is {limit}'],
      },
    };
  });
}

const nameOf = (field: 'hotel' | 'lunch' | 'dinner' | 'attraction'): Pick => ({ part: 'days', field, attr: {} });

const hotelWindow = entry('bound', { id: 'hotel-price-window', from: 3 }, (ctx) => {
  const terms = [pickDay('hotel', 'price_cents')];
  const prices = numbersOf(ctx, terms);
  const from = loosen(Math.min(...prices), ctx.slack, '>=');
  const until = loosen(Math.max(...prices) + 100, ctx.slack, '<=');
  if (share(columnOf(ctx.world, 'hotel', 'price_cents'), (price) => price >= from && price < until) > 0.75) return null;
  return {
    constraint: { kind: 'window', terms, from, until },
    wording: {
      subject: 'the price of a room per night',
      unit: 'money:EUR',
      templates: [
        'on every night {subject} must be at least {from} and less than {until}',
        'the travel policy wants {subject} to be {from} or more, but strictly below {until}, on every night',
      ],
    },
  };
});

export const quality: readonly PaletteEntry[] = [
  averageRating(
    { id: 'meal-rating', from: 1 },
    {
      picks: BOTH_MEALS,
      table: 'restaurant',
      subject: 'the average guest rating over all lunch and dinner restaurants',
    },
  ),
  averageRating(
    { id: 'hotel-rating', from: 2 },
    {
      picks: [pickDay('hotel', 'rating_tenths')],
      table: 'hotel',
      subject: 'the average guest rating of the hotels, taken over all nights',
    },
  ),
  averageRating(
    { id: 'sight-rating', from: 2 },
    {
      picks: [pickDay('attraction', 'rating_tenths')],
      table: 'attraction',
      subject: 'the average guest rating of the attractions',
    },
  ),
  lowestRating(
    { id: 'worst-hotel', from: 1 },
    { picks: [pickDay('hotel', 'rating_tenths')], table: 'hotel', subject: 'the guest rating of every hotel' },
  ),
  lowestRating(
    { id: 'worst-dinner', from: 2 },
    {
      picks: [pickDay('dinner', 'rating_tenths')],
      table: 'restaurant',
      subject: 'the guest rating of every dinner restaurant',
    },
  ),
  lowestRating(
    { id: 'worst-sight', from: 3 },
    {
      picks: [pickDay('attraction', 'rating_tenths')],
      table: 'attraction',
      subject: 'the guest rating of every attraction',
    },
  ),
  sightTime,
  shortVisits,
  hotelWindow,
  countOf(
    { id: 'breakfasts', from: 2 },
    {
      pick: nameOf('hotel'),
      table: 'hotel',
      column: 'breakfast',
      value: 'included',
      subject: 'the number of nights in a hotel with breakfast included',
    },
  ),
  countOf(
    { id: 'free-sights', from: 3 },
    {
      pick: nameOf('attraction'),
      table: 'attraction',
      column: 'ticket_cents',
      value: 0,
      subject: 'the number of attractions with free entry',
    },
  ),
  countOf(
    { id: 'vegetarian-dinners', from: 2 },
    {
      pick: nameOf('dinner'),
      table: 'restaurant',
      column: 'vegetarian',
      value: 'yes',
      subject: 'the number of dinners at a restaurant with a vegetarian menu',
    },
  ),
  countOf(
    { id: 'terrace-lunches', from: 2 },
    {
      pick: nameOf('lunch'),
      table: 'restaurant',
      column: 'terrace',
      value: 'yes',
      subject: 'the number of lunches at a restaurant with a terrace',
    },
  ),
];
