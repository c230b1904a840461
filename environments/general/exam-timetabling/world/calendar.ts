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

/** The periods of four or five exam days: three a day, no exams on Sundays and on Saturday evenings. */
export function createCalendar(rng: Rng): Period[] {
  const first = Date.UTC(rng.int(2026, 2029), rng.pick([0, 4, 5, 11]), rng.int(3, 13));
  const pattern = [
    { starts: 30 * rng.int(17, 19), minutes: 180 },
    { starts: 30 * rng.int(26, 28), minutes: rng.pick([150, 165]) },
    { starts: 30 * rng.int(34, 36), minutes: 120 },
  ];
  const days = rng.int(4, 5);
  const periods: Period[] = [];
  for (let ms = first, day = 1; day <= days; ms += MS_PER_DAY) {
    const weekday = WEEKDAYS[new Date(ms).getUTCDay()] as string;
    if (weekday === 'Sunday') continue;
    const date = new Date(ms).toISOString().slice(0, 10);
    for (const slot of weekday === 'Saturday' ? pattern.slice(0, 2) : pattern) {
      periods.push({ number: periods.length + 1, day, date, weekday, ...slot });
    }
    day++;
  }
  return periods;
}

export const EVENING = 17 * 60;
