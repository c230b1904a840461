import type { Rng } from '../../../../src/util/rng.ts';

const MS_PER_DAY = 86_400_000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** A row of the table `period`; the index signature lets it stand as a row. */
export type Period = Readonly<{
  number: number;
  day: number;
  date: string;
  weekday: string;
  starts: number;
  minutes: number;
}>;

/**
 * The periods of four or five exam days, ten or eleven in all: mornings and afternoons, and evenings on some days.
 * There are no exams on Sundays and on Saturday evenings. So few periods bring the colouring of the conflict graph near its limit.
 */
export function createCalendar(rng: Rng): Period[] {
  const first = Date.UTC(rng.int(2026, 2029), rng.pick([0, 4, 5, 11]), rng.int(3, 13));
  const dates = examDates(first, rng.int(4, 5));
  const evenings = rng.sample(
    dates.filter(({ weekday }) => weekday !== 'Saturday'),
    rng.int(10, 11) - 2 * dates.length,
  );
  const morning = { starts: 30 * rng.int(17, 19), minutes: 180 };
  const afternoon = { starts: 30 * rng.int(26, 28), minutes: rng.pick([135, 150]) };
  const evening = { starts: 30 * rng.int(34, 36), minutes: 120 };
  return dates
    .flatMap((date) =>
      [morning, afternoon, ...(evenings.includes(date) ? [evening] : [])].map((slot) => ({ ...date, ...slot })),
    )
    .map((period, i) => ({ number: i + 1, ...period }));
}

function examDates(first: number, count: number): Pick<Period, 'day' | 'date' | 'weekday'>[] {
  return Array.from({ length: count + 2 }, (_, i) => new Date(first + i * MS_PER_DAY))
    .filter((date) => date.getUTCDay() !== 0)
    .slice(0, count)
    .map((date, i) => ({
      day: i + 1,
      date: date.toISOString().slice(0, 10),
      weekday: WEEKDAYS[date.getUTCDay()] as string,
    }));
}

export const EVENING = 17 * 60;
