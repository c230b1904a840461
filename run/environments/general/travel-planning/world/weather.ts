import type { Row } from '../../../../src/domain/world.ts';
import type { Rng } from '../../../../src/util/rng.ts';
import type { Place } from './atlas.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const DAY_MS = 86_400_000;
/** Dates that a world knows: eight days, the way back, and room to start later. */
export const CALENDAR_DAYS = 12;

/** A run of dates from March to October of 2027 or 2028. */
export function calendarOf(rng: Rng): Row[] {
  const start = Date.UTC(rng.int(2027, 2028), rng.int(2, 9), rng.int(1, 28));
  return Array.from({ length: CALENDAR_DAYS }, (_, i) => {
    const day = new Date(start + i * DAY_MS);
    return { date: day.toISOString().slice(0, 10), weekday: WEEKDAYS[day.getUTCDay()] as string };
  });
}

/** Forecasts: neighbours in time resemble each other, places differ by latitude and luck. */
export function weatherOf(cities: readonly Place[], dates: readonly string[], rng: Rng): Row[] {
  return cities.flatMap((city) => {
    const usual = usualHigh(city, Number(dates[0]?.slice(5, 7)));
    let isWet = rng.chance(0.4);
    return dates.map((date) => {
      isWet = rng.chance(isWet ? 0.6 : 0.3);
      const rain = isWet ? rainOf(rng) : 0;
      return {
        city: city.name,
        date,
        sky: skyOf(rain, rng),
        rain_mm: rain,
        high_c: usual + rng.int(-4, 4) - (rain >= 5 ? 2 : 0),
      };
    });
  });
}

/** Highest temperature in whole degrees that is usual at the latitude in the month (1..12). */
function usualHigh(city: Place, month: number): number {
  const latitude = city.lat / 10_000;
  const height = Math.abs(latitude);
  const sun = Math.cos(((month - 7) / 6) * Math.PI) * (latitude < 0 ? -1 : 1);
  return Math.round(32 - Math.max(0, height - 12) * 0.42 + sun * Math.min(12, height * 0.24));
}

const rainOf = (rng: Rng): number => rng.pick([1, 2, 2, 3, 4, 6, 7, 9, 12, 16, 24]);

function skyOf(rain: number, rng: Rng): string {
  if (rain === 0) return rng.pick(['sunny', 'sunny', 'cloudy']);
  return rain < 5 ? 'showers' : rain < 15 ? 'rain' : 'storm';
}
