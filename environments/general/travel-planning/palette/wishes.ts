import type { Pick } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { datesOf, firstOf, staysIn } from '../plan.ts';
import { type Declared, entry } from './entry.ts';
import { termsOf } from './witness.ts';

interface Wish {
  readonly picks: (ctx: ProposeContext) => readonly Pick[];
  readonly says: (name: string) => readonly string[];
}

/** One name that the witness uses has to be used, somewhere in the trip. */
function wish(declared: Declared, { picks, says }: Wish): PaletteEntry {
  return entry('couple', declared, (ctx) => {
    const terms = [...picks(ctx)];
    const name = String(ctx.rng.pick(termsOf(ctx, terms)).value);
    return {
      constraint: { kind: 'group-limit', terms, op: '>=', bound: 1, values: [name] },
      wording: { subject: name, unit: 'count', templates: says(name) },
    };
  });
}

const chosen = (field: 'city' | 'hotel' | 'lunch' | 'dinner' | 'attraction', keys?: string[]): Pick => ({
  part: 'days',
  field,
  attr: {},
  ...(keys ? { keys } : {}),
});

/** A city that the party knows too well: one of those that the first stays could be in. */
const avoidedCities = entry('bound', { id: 'known-cities', from: 2 }, (ctx) => {
  const visited = new Set(termsOf(ctx, [chosen('city')]).map(({ value }) => value));
  const open = (ctx.world.rows.city ?? [])
    .map((row) => String(row.name))
    .filter((name) => !visited.has(name) && name !== ctx.frame.facts.home);
  const known = ctx.rng.sample(open, 2).sort();
  if (known.length < 2) return null;
  return {
    constraint: { kind: 'each', part: 'days', field: 'city', condition: { attr: {}, op: 'not in', values: known } },
    wording: {
      subject: 'the city of each day',
      unit: 'text',
      templates: [
        `no day may be spent in ${known.join(' or in ')}`,
        `the party has been to ${known.join(' and to ')} before and will spend no day there`,
      ],
    },
  };
});

/** Dates on which a hotel must have a class of at least that of the witness. */
const hotelClass = entry('bound', { id: 'hotel-class', from: 2, times: 2 }, (ctx) => {
  const date = ctx.rng.pick(datesOf(ctx.frame));
  const stars = Number(ctx.witness.row('days', date, 'hotel').stars);
  if (stars < 4) return null;
  return {
    suffix: date,
    constraint: {
      kind: 'each',
      part: 'days',
      field: 'hotel',
      keys: [date],
      condition: { attr: { column: 'stars' }, op: '>=', values: [stars] },
    },
    wording: {
      subject: `the class of the hotel on ${date}`,
      unit: 'count',
      templates: [
        '{subject} (the official one, 2 to 5) must be {condition}',
        `the night of ${date} is a special one: the official class of the hotel, from 2 to 5, is {condition}`,
      ],
    },
  };
});

export const wishes: readonly PaletteEntry[] = [
  wish(
    { id: 'wish-city', from: 2 },
    {
      picks: (ctx) => [chosen('city', staysIn(ctx.frame).map(firstOf))],
      says: (name) => [
        `one of the stays must be in ${name}`,
        `an old friend waits in ${name}, so at least one stay is there`,
      ],
    },
  ),
  wish(
    { id: 'wish-restaurant', from: 3 },
    {
      picks: () => [chosen('lunch'), chosen('dinner')],
      says: (name) => [
        `at least one lunch or dinner must be at ${name}`,
        `a table at ${name}, for lunch or for dinner, has to be part of the trip`,
      ],
    },
  ),
  wish(
    { id: 'wish-attraction', from: 3 },
    {
      picks: () => [chosen('attraction')],
      says: (name) => [
        `one attraction of the trip must be ${name}, on whichever day`,
        `one afternoon belongs to ${name}: it must be among the attractions`,
      ],
    },
  ),
  avoidedCities,
  hotelClass,
];
