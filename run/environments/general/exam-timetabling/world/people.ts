import type { Rng } from '../../../../src/util/rng.ts';
import { givenNames, surnames } from '../names/people.ts';
import { EVENING, type Period } from './calendar.ts';
import { roundTo } from './random.ts';

export type Staff = Readonly<{ name: string; department: string; years: number; score: number }>;

/** Draws names of people that never repeat. */
export function createPeopleNames(rng: Rng): () => string {
  const used = new Set<string>();
  return () => {
    for (;;) {
      const name = `${rng.pick(givenNames)} ${rng.pick(surnames)}`;
      if (!used.has(name)) {
        used.add(name);
        return name;
      }
    }
  };
}

/** Four people in each department: one new, two in between, one of long standing; the rating follows the years loosely. */
export function createStaff(departments: readonly string[], nextName: () => string, rng: Rng): Staff[] {
  return departments.flatMap((department) =>
    [rng.int(0, 2), rng.int(3, 6), rng.int(5, 11), rng.int(10, 24)].map((years) => ({
      name: nextName(),
      department,
      years,
      score: Math.min(50, Math.max(15, 27 + Math.min(years, 14) + rng.int(-8, 8))),
    })),
  );
}

/** Cents for leading one invigilation: more for the experienced and the well rated, and for evenings, with noise. */
export function payOf(person: Staff, period: Period, rng: Rng): number {
  const base = 3_000 + 150 * Math.min(person.years, 15) + 95 * (person.score - 15);
  const evening = period.starts >= EVENING ? 900 : 0;
  return roundTo(((base + evening) * rng.int(82, 118)) / 100, 50);
}
