import type { Pick } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { firstOf, pickDay, staysIn } from '../plan.ts';
import { listed } from '../say.ts';
import { entry } from './entry.ts';
import { termsOf } from './witness.ts';

const MEALS: Pick[] = [pickDay('lunch', 'cuisine'), pickDay('dinner', 'cuisine')];
const SIGHTS: Pick[] = [pickDay('attraction', 'category')];

/** How often each value occurs among the terms of the witness. */
function tally(ctx: ProposeContext, picks: readonly Pick[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { value } of termsOf(ctx, picks)) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return counts;
}

const valuesOf = ({ world }: ProposeContext, table: string, column: string): string[] =>
  [...new Set((world.rows[table] ?? []).map((row) => String(row[column])))].sort();

const cuisines = entry('bound', { id: 'cuisines', from: 1 }, (ctx) => {
  const bound = tally(ctx, MEALS).size - (ctx.slack > 0.2 ? 1 : 0);
  if (bound < ctx.frame.size + 1) return null;
  return {
    constraint: { kind: 'distinct', terms: MEALS, op: '>=', bound },
    wording: {
      subject: 'cuisines among all lunches and dinners',
      unit: 'count',
      templates: [
        'there must be {limit} different {subject}',
        'the party wants to taste widely: {limit} different {subject}',
      ],
    },
  };
});

const categories = entry('bound', { id: 'categories', from: 2 }, (ctx) => {
  const bound = tally(ctx, SIGHTS).size - (ctx.slack > 0.25 ? 1 : 0);
  if (bound < Math.max(2, Math.ceil(ctx.frame.size * 0.6))) return null;
  return {
    constraint: { kind: 'distinct', terms: SIGHTS, op: '>=', bound },
    wording: {
      subject: 'categories of attractions over the trip',
      unit: 'count',
      templates: ['there must be {limit} different {subject}', 'no monotony, please: {limit} different {subject}'],
    },
  };
});

const cuisineLimit = entry('bound', { id: 'cuisine-limit', from: 3 }, (ctx) => {
  const bound = Math.max(...tally(ctx, MEALS).values());
  if (bound > Math.ceil(ctx.frame.size / 2)) return null;
  return {
    constraint: { kind: 'group-limit', terms: MEALS, op: '<=', bound },
    wording: {
      subject: 'the number of lunches and dinners of that cuisine',
      unit: 'count',
      parts: { group: 'cuisine' },
      templates: [
        'for any one {group}, {subject} must be {limit}',
        'do not serve the same all the time: for each {group}, {subject} is {limit}',
      ],
    },
  };
});

/** A category that a traveller cares for occurs a number of times. */
const categoryWish = entry('bound', { id: 'category-wish', from: 2 }, (ctx) => {
  const wished = [...tally(ctx, SIGHTS)].filter(([, count]) => count >= (ctx.frame.size > 4 ? 2 : 1));
  if (wished.length === 0) return null;
  const [value, bound] = ctx.rng.pick(wished);
  return {
    constraint: { kind: 'group-limit', terms: SIGHTS, op: '>=', bound, values: [value] },
    wording: {
      subject: `the number of attractions of the category ${value}`,
      unit: 'count',
      templates: ['{subject} must be {limit}', 'one of the party came for this: {subject} has to be {limit}'],
    },
  };
});

const categoryBalance = entry('bound', { id: 'category-balance', from: 4 }, (ctx) => {
  const counts = tally(ctx, SIGHTS);
  const chosen = ctx.rng.sample([...counts.keys()].sort(), 3).sort();
  if (chosen.length < 3) return null;
  const numbers = chosen.map((value) => counts.get(value) ?? 0);
  const spread = Math.max(...numbers) - Math.min(...numbers);
  if (spread > 1) return null;
  return {
    constraint: { kind: 'balance', terms: SIGHTS, values: chosen, spread },
    wording: {
      subject: 'the numbers of attractions of these categories',
      unit: 'count',
      parts: { group: 'of them' },
      templates: [
        `count the attractions of each of the categories ${listed(chosen)}: the largest of the three counts exceeds the smallest by at most {spread}`,
        `keep the interests in balance: among the categories ${listed(chosen)} (each counted over the whole trip, 0 included) the largest count is at most {spread} above the smallest`,
      ],
      even: [
        `count the attractions of each of the categories ${listed(chosen)}: the three counts must be equal`,
        `keep the interests in balance: over the whole trip, the numbers of attractions of the categories ${listed(chosen)} must be equal`,
      ],
    },
  };
});

/** Cuisines that somebody cannot eat; only ones that occur in many places, so that it costs something. */
const noCuisine = entry('bound', { id: 'avoided-cuisines', from: 1, times: 2 }, (ctx) => {
  const field = ctx.rng.pick(['lunch', 'dinner'] as const);
  const eaten = tally(ctx, [pickDay(field, 'cuisine')]);
  const rows = ctx.world.rows.restaurant ?? [];
  const common = valuesOf(ctx, 'restaurant', 'cuisine').filter(
    (cuisine) => !eaten.has(cuisine) && rows.filter((row) => row.cuisine === cuisine).length >= rows.length / 20,
  );
  if (common.length < 3) return null;
  const avoided = ctx.rng.sample(common, ctx.slack > 0.2 ? 3 : Math.min(5, common.length)).sort();
  return {
    suffix: field,
    constraint: {
      kind: 'each',
      part: 'days',
      field,
      condition: { attr: { column: 'cuisine' }, op: 'not in', values: avoided },
    },
    wording: {
      subject: `the cuisine of every ${field} restaurant`,
      unit: 'text',
      templates: [
        `no ${field} may be of any of these cuisines: ${listed(avoided, 'or')}`,
        `somebody in the party is choosy: every ${field} avoids the cuisines ${listed(avoided)}`,
      ],
    },
  };
});

const countries = entry('bound', { id: 'countries', from: 2 }, (ctx) => {
  const terms = [pickDay('city', 'country', { keys: staysIn(ctx.frame).map(firstOf) })];
  const bound = tally(ctx, terms).size;
  const usual = valuesOf(ctx, 'city', 'country').length;
  if (usual < 2 || bound < 2) return null;
  return {
    constraint: { kind: 'distinct', terms, op: '>=', bound },
    wording: {
      subject: 'countries among the cities visited',
      unit: 'count',
      templates: ['there must be {limit} different {subject}', 'stamps for the passport: {limit} different {subject}'],
    },
  };
});

export const variety: readonly PaletteEntry[] = [
  cuisines,
  categories,
  cuisineLimit,
  categoryWish,
  categoryBalance,
  noCuisine,
  countries,
];
