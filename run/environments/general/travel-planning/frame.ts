import type { AnswerShape, Key } from '../../../src/domain/answer.ts';
import type { World } from '../../../src/domain/world.ts';
import type { Frame } from '../../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../../src/util/rng.ts';
import { firstOf, type Stay, staysOf } from './plan.ts';
import { dayRules, legRules } from './rules.ts';

/** Days of the longest trip. */
export const MAX_DAYS = 8;
/** Trips of this many days or more have their journeys in the answer. */
export const LEGS_FROM = 4;

/** The trip of `size` days. All draws are for the longest trip, so that a shorter one is its beginning. */
export function createFrame(world: World, size: number, rng: Rng): Frame {
  const calendar = (world.rows.calendar ?? []).map((row) => String(row.date));
  const start = rng.fork('start').int(0, calendar.length - MAX_DAYS - 1);
  const nights = drawNights(rng.fork('stays'));
  const home = drawHome(world, rng.fork('home'));
  const travellers = rng.fork('party').pick([1, 2, 2, 2, 3, 4]);

  const dates = calendar.slice(start, start + size);
  const back = calendar[start + size] as string;
  const stays = staysOf(dates, nights);
  const hasLegs = size >= LEGS_FROM;
  const facts = {
    home,
    first_date: dates[0] as string,
    last_date: dates.at(-1) as string,
    back_date: back,
    days: size,
    travellers,
    rooms: Math.ceil(travellers / 2),
    nights_by_stay: nights.join(' '),
  };
  const rules = [...dayRules(stays, home, hasLegs), ...(hasLegs ? legRules(stays, home) : [])];
  return { size, shape: shapeOf(stays, hasLegs ? stays.length + 1 : 0), rules, facts };
}

/** Nights of each stay of the longest trip: two days in two cities first, then two or three stays of two nights among the rest. */
function drawNights(rng: Rng): number[] {
  const doubles = rng.int(2, 3);
  return [1, ...rng.shuffle([...Array(doubles).fill(2), ...Array(MAX_DAYS - 1 - 2 * doubles).fill(1)])];
}

/** A city from which, and to which, at least four others have services. */
function drawHome(world: World, rng: Rng): string {
  const names = (world.rows.city ?? []).map((row) => String(row.name));
  const degree = (name: string): number => (world.rows.connection ?? []).filter((row) => row.origin === name).length;
  return rng.pick(names.filter((name) => degree(name) >= 4));
}

const entity = (name: string, table: string, says: string) => ({ name, says, domain: { table, column: 'name' } });

function shapeOf(stays: readonly Stay[], legs: number): AnswerShape {
  const dates: Key[] = stays.flatMap((stay) => stay.dates);
  const days = {
    name: 'days',
    key: { field: 'date', says: 'date of the day', values: dates },
    fields: [
      entity('city', 'city', 'city in which the day and the following night are spent'),
      entity('hotel', 'hotel', 'hotel for the following night'),
      entity('lunch', 'restaurant', 'restaurant for lunch'),
      entity('attraction', 'attraction', 'attraction visited in the afternoon'),
      entity('dinner', 'restaurant', 'restaurant for dinner'),
    ],
  };
  if (legs === 0) return { parts: [days] };
  const numbers = Array.from({ length: legs }, (_, i) => i + 1);
  const journeys = {
    name: 'legs',
    key: { field: 'leg', says: 'number of the journey', values: numbers },
    fields: [entity('service', 'service', 'number of the direct service that is taken')],
  };
  return { parts: [days, journeys] };
}

/** The date on which each leg is travelled: the first day of a stay, and the day after the last night. */
export function legDates(stays: readonly Stay[], back: string): string[] {
  return [...stays.map(firstOf), back];
}
