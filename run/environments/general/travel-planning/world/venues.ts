import type { Row } from '../../../../src/domain/world.ts';
import type { Rng } from '../../../../src/util/rng.ts';
import { categories, cuisines, districts, type Namer } from '../names.ts';

const WEEKDAYS = ['Monday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** What the venues of one city have in common. */
export interface Town {
  readonly name: string;
  readonly districts: readonly string[];
  /** Price level in percent. */
  readonly level: number;
}

export const createTown = (name: string, rng: Rng): Town => ({
  name,
  districts: rng.sample(districts, 4),
  level: rng.int(70, 140),
});

/** Qualities in percent, spread over the whole range so that every city has cheap and fine houses. */
const qualities = (count: number, rng: Rng): number[] =>
  rng.shuffle(Array.from({ length: count }, (_, i) => Math.round((100 * i + rng.int(0, 100)) / count)));

const whole = (cents: number): number => Math.round(cents / 100) * 100;
const quarter = (minutes: number): number => Math.round(minutes / 15) * 15;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
/** Tenths of a star: rises with quality, with enough noise that price does not tell it. */
const ratingOf = (quality: number, rng: Rng): number => clamp(Math.round(30 + quality * 0.16 + rng.int(-6, 6)), 22, 50);
const closedOn = (share: number, rng: Rng): string => (rng.chance(share) ? rng.pick(WEEKDAYS) : 'none');
const yes = (share: number, rng: Rng): string => (rng.chance(share) ? 'yes' : 'no');

/** Where the best rated row is also among the cheaper half, it trades prices with the dearest, so that no row beats all others. */
function withoutBargain<T extends Row>(rows: T[], price: keyof T & string): T[] {
  const byPrice = [...rows].sort((a, b) => Number(a[price]) - Number(b[price]));
  const best = rows.reduce((a, b) => (Number(b.rating_tenths) > Number(a.rating_tenths) ? b : a));
  const dearest = byPrice.at(-1);
  if (!dearest || byPrice.indexOf(best) >= rows.length / 2) return rows;
  const [low, high] = [best[price], dearest[price]];
  return rows.map((row) =>
    row === best ? { ...row, [price]: high } : row === dearest ? { ...row, [price]: low } : row,
  );
}

export function hotelsOf(town: Town, namer: Namer, rng: Rng): Row[] {
  const rows = qualities(rng.int(5, 9), rng).map((quality) => {
    const stars = clamp(2 + Math.floor(quality / 27) + rng.int(-1, 0) + (quality > 80 ? 1 : 0), 2, 5);
    return {
      name: namer.hotel(),
      city: town.name,
      district: rng.pick(town.districts),
      stars,
      price_cents: whole((town.level * (4200 + quality * 130 + stars * 400) * rng.int(85, 118)) / 10_000),
      rating_tenths: ratingOf(quality, rng),
      breakfast: rng.chance(0.25 + quality / 250) ? 'included' : 'extra',
      breakfast_from: quarter(rng.int(360, 480)),
      checkin_from: quarter(rng.int(720, 930)),
    };
  });
  return withoutBargain(rows, 'price_cents');
}

const SERVES = ['lunch', 'dinner', 'both', 'both', 'both'] as const;

export function restaurantsOf(town: Town, namer: Namer, rng: Rng): Row[] {
  const offered = rng.sample(cuisines, 7);
  const served = rng.shuffle(SERVES);
  const isOpenDaily = (i: number): boolean =>
    served[i] === 'both' && served.slice(0, i).filter((one) => one === 'both').length < 2;
  const rows = qualities(rng.int(8, 12), rng).map((quality, i) => {
    const serves = served[i % served.length];
    const cheap = serves === 'lunch' ? 0.75 : 1;
    const cuisine = rng.pick(offered);
    return {
      name: namer.restaurant(),
      city: town.name,
      district: rng.pick(town.districts),
      cuisine,
      price_cents: Math.round((town.level * cheap * (900 + quality * 48) * rng.int(82, 120)) / 500_000) * 50,
      rating_tenths: ratingOf(quality, rng),
      lunch_until: serves === 'dinner' ? 0 : quarter(rng.int(795, 930)),
      dinner_until: serves === 'lunch' ? 0 : quarter(rng.int(1200, 1395)),
      // Two places for any meal never close, so that no day is without food.
      closed_on: isOpenDaily(i) ? 'none' : closedOn(0.6, rng),
      terrace: yes(0.4, rng),
      vegetarian: cuisine === 'vegan' ? 'yes' : yes(0.45, rng),
    };
  });
  return withoutBargain(rows, 'price_cents');
}

export function attractionsOf(town: Town, namer: Namer, rng: Rng): Row[] {
  const kinds = rng.shuffle(Object.keys(categories));
  const rows = qualities(rng.int(6, 9), rng).map((quality, i) => {
    const category = i < 5 ? (kinds[i] as string) : rng.pick(kinds);
    const visit = quarter(rng.int(45, 240));
    const closes = quarter(rng.int(960, 1170));
    return {
      name: namer.attraction(category),
      city: town.name,
      district: rng.pick(town.districts),
      category,
      ticket_cents: rng.chance(0.12)
        ? 0
        : Math.round((town.level * (400 + quality * 24 + visit * 4) * rng.int(75, 125)) / 500_000) * 50,
      rating_tenths: ratingOf(quality, rng),
      indoor: yes(categories[category]?.indoor ?? 0.5, rng),
      visit_minutes: visit,
      opens: quarter(rng.int(510, 630)),
      last_entry: closes - visit,
      closes,
      closed_on: closedOn(0.5, rng),
    };
  });
  return withoutBargain(rows, 'ticket_cents');
}
