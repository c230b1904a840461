import type { Rng } from '../../../../src/util/rng.ts';
import type { Equipment } from '../names/departments.ts';
import { buildings, roomNames } from '../names/places.ts';
import type { Period } from './calendar.ts';
import { roundTo } from './random.ts';

export type Building = Readonly<{ name: string; campus: string; opens: number; closes: number }>;
export type Room = Readonly<{ name: string; building: string; seats: number; equipment: string; step_free: number }>;
export type RoomKind = 'hall' | 'theatre' | 'seminar' | 'laboratory' | 'studio';

interface KindOfRoom {
  readonly kind: RoomKind;
  readonly word: string;
  readonly count: number;
  readonly seats: readonly [number, number];
  readonly equipment: Equipment;
}

const KINDS: readonly KindOfRoom[] = [
  { kind: 'hall', word: 'Hall', count: 2, seats: [54, 84], equipment: 'writing desks' },
  { kind: 'theatre', word: 'Theatre', count: 3, seats: [32, 50], equipment: 'writing desks' },
  { kind: 'seminar', word: 'Seminar Room', count: 3, seats: [15, 28], equipment: 'writing desks' },
  { kind: 'laboratory', word: 'Computer Room', count: 2, seats: [18, 34], equipment: 'computers' },
  { kind: 'studio', word: 'Drawing Studio', count: 2, seats: [14, 26], equipment: 'drawing tables' },
];

/** Rooms with the kind that they were made from, which is no column. */
export interface Places {
  readonly buildings: readonly Building[];
  readonly rooms: readonly Room[];
  readonly kinds: ReadonlyMap<string, RoomKind>;
}

/** Five buildings on two campuses, two of them closed in the evening, and a dozen rooms; the rooms of a kind are spread over buildings. */
export function createPlaces(rng: Rng): Places {
  const closing = rng.shuffle([1080, 1140, 1260, 1290, 1320]);
  const campuses = rng.shuffle(['North', 'North', 'South', 'South', rng.pick(['North', 'South'])]);
  const houses = rng.sample(buildings, closing.length).map((name, i) => ({
    name,
    campus: campuses[i] as string,
    opens: 30 * rng.int(14, 16),
    closes: closing[i] as number,
  }));
  const names = rng.shuffle(roomNames);
  const kinds = new Map<string, RoomKind>();
  const rooms: Room[] = [];
  let next = 0;
  for (const { kind, word, count, seats, equipment } of KINDS) {
    for (let i = 0; i < count; i++, next++) {
      const name = `${names[next]} ${word}`;
      const building = (houses[next % houses.length] as Building).name;
      const stepFree = i === 0 || rng.chance(0.35) ? 1 : 0;
      kinds.set(name, kind);
      rooms.push({ name, building, seats: rng.int(...seats), equipment, step_free: stepFree });
    }
  }
  return { buildings: houses, rooms, kinds };
}

/** Whether the building of `room` is open for the whole period. */
export function isOpen(building: Building, period: Period): boolean {
  return building.opens <= period.starts && period.starts + period.minutes <= building.closes;
}

/** Cents for a room in a period: by seats, dearer where all want it (early days, mornings, special equipment), with noise of a quarter. */
export function feeOf(room: Room, period: Period, rng: Rng): number {
  const special = room.equipment === 'writing desks' ? 0 : 2_500;
  const base = 4_000 + 190 * room.seats + special + (room.step_free ? 700 : 0);
  const demand =
    118 - 6 * (period.day - 1) - (period.starts >= 1000 ? 12 : 0) + (period.weekday === 'Saturday' ? 20 : 0);
  return roundTo((base * demand * rng.int(75, 125)) / 10_000, 250);
}
