import type { World } from '../../../../src/domain/world.ts';
import type { Rng } from '../../../../src/util/rng.ts';
import { departments } from '../names/departments.ts';
import { tables } from '../tables.ts';
import { createCalendar, type Period } from './calendar.ts';
import { draftExams } from './exams.ts';
import { createPeopleNames, createStaff, payOf, type Staff } from './people.ts';
import { type Building, createPlaces, feeOf } from './places.ts';
import { type Cell, openCells, planDuties, planExams } from './plan.ts';
import { createCodes } from './random.ts';
import { enrol } from './students.ts';

const DEPARTMENTS = 5;
/** Share of the open cells beyond the plan that the estates office offers. */
const OFFERED = 0.62;
/** Periods beyond the plan in which a person offers a duty. */
const EXTRA_DUTIES = [2, 5] as const;

/** A faculty in its exam week, with one hidden timetable that breaks no rule of the frame. */
export function createWorld(rng: Rng): World {
  const banks = rng.fork('departments').sample(departments, DEPARTMENTS);
  const periods = createCalendar(rng.fork('calendar'));
  const places = createPlaces(rng.fork('places'));
  const nextName = createPeopleNames(rng.fork('people'));
  const staff = createStaff(
    banks.map((bank) => bank.name),
    nextName,
    rng.fork('staff'),
  );
  const cells = openCells(periods, places);
  const plan = planExams(cells, places.kinds, rng.fork('plan'));
  const drafts = draftExams(plan, { banks, staff, rooms: places.rooms }, rng.fork('exams'));
  const { students, enrolments } = enrol(drafts, nextName, rng.fork('students'));
  const planned = new Set(plan.map(({ period, room }) => `${period.number}@${room.name}`));
  const offered = rng.fork('offer');
  const duties = planDuties(drafts, staff, rng.fork('duties'));
  return {
    tables,
    rows: {
      department: banks.map(({ name }) => ({ name })),
      building: places.buildings,
      room: places.rooms,
      period: periods,
      sitting: toSittings(
        cells.filter(({ period, room }) => planned.has(`${period.number}@${room.name}`) || offered.chance(OFFERED)),
        places.buildings,
        rng.fork('sittings'),
      ),
      staff,
      duty: toDuties(duties, { staff, periods }, rng.fork('offers')),
      badge: toBadges(staff, places.buildings, rng.fork('badges')),
      exam: drafts.map(({ stepFree, target, at, ...columns }) => ({
        ...columns,
        enrolled: enrolments.filter((enrolment) => enrolment.exam === columns.code).length,
        step_free: stepFree,
      })),
      student: students,
      enrolment: enrolments,
    },
  };
}

function toSittings(cells: readonly Cell[], buildings: readonly Building[], rng: Rng) {
  const nextCode = createCodes('SIT', rng);
  const campuses = new Map(buildings.map(({ name, campus }) => [name, campus]));
  return rng.shuffle(cells).map(({ period, room }) => ({
    name: nextCode(),
    period: period.number,
    day: period.day,
    starts: period.starts,
    minutes: period.minutes,
    fee: feeOf(room, period, rng),
    room: room.name,
    building: room.building,
    campus: campuses.get(room.building) as string,
    seats: room.seats,
    equipment: room.equipment,
    step_free: room.step_free,
  }));
}

interface Calendar {
  readonly staff: readonly Staff[];
  readonly periods: readonly Period[];
}

function toDuties(planned: readonly { person: Staff; period: Period }[], { staff, periods }: Calendar, rng: Rng) {
  const nextCode = createCodes('INV', rng);
  const offers = staff.flatMap((person) => {
    const own = planned.filter((duty) => duty.person === person).map((duty) => duty.period);
    const extra = rng.sample(
      periods.filter((period) => !own.includes(period)),
      rng.int(...EXTRA_DUTIES),
    );
    return [...own, ...extra].map((period) => ({ person, period }));
  });
  return rng.shuffle(offers).map(({ person, period }) => ({
    name: nextCode(),
    staff: person.name,
    department: person.department,
    years: person.years,
    score: person.score,
    period: period.number,
    day: period.day,
    pay: payOf(person, period, rng),
  }));
}

function toBadges(staff: readonly Staff[], buildings: readonly Building[], rng: Rng) {
  return staff.flatMap(({ name }) =>
    rng.sample(buildings, rng.int(2, 4)).map((building) => ({ staff: name, building: building.name })),
  );
}
