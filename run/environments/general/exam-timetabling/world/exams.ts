import type { Rng } from '../../../../src/util/rng.ts';
import type { DepartmentBank, Equipment } from '../names/departments.ts';
import type { Staff } from './people.ts';
import type { Room, RoomKind } from './places.ts';
import type { Planned } from './plan.ts';

/** An exam before its candidates are known. */
export interface Draft {
  readonly code: string;
  readonly title: string;
  readonly department: string;
  readonly convenor: string;
  readonly year: number;
  readonly minutes: number;
  readonly equipment: string;
  readonly stepFree: number;
  /** Candidates that it should get, no more than the planned room holds. */
  readonly target: number;
  readonly at: Planned;
}

const SHARE: Readonly<Record<RoomKind, readonly [number, number]>> = {
  hall: [60, 80],
  theatre: [52, 82],
  seminar: [50, 88],
  laboratory: [48, 84],
  studio: [45, 86],
};
const LENGTHS = [90, 105, 120, 120, 135, 150, 165, 180, 180];

export interface Faculty {
  readonly banks: readonly DepartmentBank[];
  readonly staff: readonly Staff[];
  readonly rooms: readonly Room[];
}

/** Share of exams with a candidate who needs a step-free room, among those for which this rules out a room. */
const STEP_FREE = 0.45;

/** One exam for each place of the plan; departments take turns, titles fit the furniture. */
export function draftExams(plan: readonly Planned[], { banks, staff, rooms }: Faculty, rng: Rng): Draft[] {
  const titles = new Map<string, string[]>();
  const codes = new Set<string>();
  const setters = new Map<string, number>();
  return rng.shuffle(plan).map((at, i) => {
    const equipment = at.room.equipment as Equipment;
    const bank = pickBank(i, equipment);
    const year = rng.int(1, 3);
    const target = Math.floor((at.room.seats * rng.int(...SHARE[at.kind])) / 100);
    return {
      code: nextCode(bank.prefix, year),
      title: titlesOf(bank, equipment).pop() as string,
      department: bank.name,
      convenor: nextSetter(bank.name),
      year,
      minutes: rng.pick(LENGTHS.filter((minutes) => minutes <= at.period.minutes)),
      equipment,
      stepFree: at.room.step_free === 1 && hasStairs(equipment, target) && rng.chance(STEP_FREE) ? 1 : 0,
      target,
      at,
    };
  });

  function hasStairs(equipment: string, candidates: number): boolean {
    return rooms.some((room) => room.step_free === 0 && room.equipment === equipment && room.seats >= candidates);
  }

  function titlesOf(bank: DepartmentBank, equipment: Equipment): string[] {
    const key = `${bank.name}/${equipment}`;
    const left = titles.get(key) ?? rng.shuffle(bank.titles[equipment]);
    titles.set(key, left);
    return left;
  }

  function pickBank(turn: number, equipment: Equipment): DepartmentBank {
    const order = banks.map((_, k) => banks[(turn + k) % banks.length] as DepartmentBank);
    const bank = order.find((candidate) => titlesOf(candidate, equipment).length > 0);
    if (!bank) throw new RangeError(`no title left for an exam with ${equipment}`);
    return bank;
  }

  function nextCode(prefix: string, year: number): string {
    for (;;) {
      const code = `${prefix}-${year}${rng.int(10, 99)}`;
      if (!codes.has(code)) {
        codes.add(code);
        return code;
      }
    }
  }

  function nextSetter(department: string): string {
    const turn = setters.get(department) ?? 0;
    setters.set(department, turn + 1);
    const own = staff.filter((person) => person.department === department);
    return (own[turn % own.length] as Staff).name;
  }
}
