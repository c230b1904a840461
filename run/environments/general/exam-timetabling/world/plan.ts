import type { Rng } from '../../../../src/util/rng.ts';
import type { Period } from './calendar.ts';
import type { Staff } from './people.ts';
import { type Building, isOpen, type Places, type Room, type RoomKind } from './places.ts';

/** Where the hidden timetable puts an exam. It only shapes the world, so that one timetable without clashes exists. */
export interface Planned {
  readonly period: Period;
  readonly room: Room;
  readonly kind: RoomKind;
}

const QUOTA: readonly (readonly [RoomKind, number])[] = [
  ['hall', 4],
  ['theatre', 8],
  ['laboratory', 4],
  ['studio', 3],
  ['seminar', 7],
];
const PER_PERIOD = 3;

export type Cell = Readonly<{ period: Period; room: Room }>;

/** All (period, room) pairs in which the room's building is open. */
export function openCells(periods: readonly Period[], { buildings, rooms }: Places): Cell[] {
  const byName = new Map(buildings.map((building) => [building.name, building]));
  return periods.flatMap((period) =>
    rooms.filter((room) => isOpen(byName.get(room.building) as Building, period)).map((room) => ({ period, room })),
  );
}

/** A place for each exam to come, by quotas of room kinds, at most three exams in a period. */
export function planExams(cells: readonly Cell[], kinds: Places['kinds'], rng: Rng): Planned[] {
  const load = new Map<number, number>();
  const planned: Planned[] = [];
  const free = rng.shuffle(cells);
  for (const [kind, count] of QUOTA) {
    const fitting = free.filter((cell) => kinds.get(cell.room.name) === kind);
    let left = count;
    for (const { period, room } of fitting) {
      const used = load.get(period.number) ?? 0;
      if (left === 0) break;
      if (used >= PER_PERIOD) continue;
      load.set(period.number, used + 1);
      planned.push({ period, room, kind });
      left--;
    }
  }
  return planned;
}

/** A person for each planned exam: free in the period and not the convenor, the least used first. */
export function planDuties(
  exams: readonly { readonly at: Planned; readonly convenor: string }[],
  staff: readonly Staff[],
  rng: Rng,
): { person: Staff; period: Period }[] {
  const busy = new Set<string>();
  const load = new Map<string, number>();
  return exams.map(({ at, convenor }) => {
    const person = rng
      .shuffle(staff)
      .filter(({ name }) => name !== convenor && !busy.has(`${name}@${at.period.number}`))
      .reduce((a, b) => ((load.get(b.name) ?? 0) < (load.get(a.name) ?? 0) ? b : a));
    busy.add(`${person.name}@${at.period.number}`);
    load.set(person.name, (load.get(person.name) ?? 0) + 1);
    return { person, period: at.period };
  });
}
