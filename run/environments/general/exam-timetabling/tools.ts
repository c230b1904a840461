import type { Tool, ToolParameter } from '../../../src/domain/tool.ts';
import type { GatherStep } from '../../../src/stages/synthesize/pack.ts';

const key = (target: string, description: string): ToolParameter => ({ type: 'string', description, key: target });
const building = key('building.name', 'Name of a building.');
const department = key('department.name', 'Name of a department.');
const duty = key('duty.name', 'Code of a duty, such as list_duties_of_staff returns.');
const exam = key('exam.code', 'Code of an exam.');
const room = key('room.name', 'Name of a room.');
const sitting = key('sitting.name', 'Booking code of a sitting, such as list_sittings_in_room returns.');
const staff = key('staff.name', 'Name of a member of staff.');
const student = key('student.name', 'Name of a student.');
const title = key('exam.title', 'Title of a paper, exactly as get_exam writes it.');
const period: ToolParameter = { type: 'integer', description: 'Number of a period, from 1.', key: 'period.number' };

function lookUp(name: string, description: string, query: Pick<Tool, 'parameters' | 'sql' | 'returns'>): Tool {
  return { name, description, effect: 'read', ...query };
}

const places: readonly Tool[] = [
  lookUp('list_buildings', 'Names of all buildings with examination rooms.', {
    parameters: {},
    sql: 'SELECT name FROM building ORDER BY name',
    returns: 'rows',
  }),
  lookUp(
    'get_building',
    'Campus (North or South) of a building and its opening hours; opens and closes are minutes since midnight.',
    {
      parameters: { building },
      sql: 'SELECT campus, opens, closes FROM building WHERE name = :building ORDER BY name',
      returns: 'row',
    },
  ),
  lookUp('list_rooms_in_building', 'Names of the rooms in a building.', {
    parameters: { building },
    sql: 'SELECT name FROM room WHERE building = :building ORDER BY name',
    returns: 'rows',
  }),
  lookUp(
    'get_room',
    'Building of a room, its number of seats, its equipment (writing desks, computers or drawing tables), and step_free: 1 where it is reached without steps, else 0.',
    {
      parameters: { room },
      sql: 'SELECT building, seats, equipment, step_free FROM room WHERE name = :room ORDER BY name',
      returns: 'row',
    },
  ),
];

const times: readonly Tool[] = [
  lookUp('list_periods', 'Numbers of all examination periods; a lower number is an earlier period.', {
    parameters: {},
    sql: 'SELECT number FROM period ORDER BY number',
    returns: 'rows',
  }),
  lookUp(
    'get_period',
    'When a period is: number of the exam day (from 1), date, weekday, start in minutes since midnight, length in minutes.',
    {
      parameters: { period },
      sql: 'SELECT day, date, weekday, starts, minutes FROM period WHERE number = :period ORDER BY number',
      returns: 'row',
    },
  ),
];

const sittings: readonly Tool[] = [
  lookUp('list_sittings_in_room', 'Codes of the sittings that can be booked in a room.', {
    parameters: { room },
    sql: 'SELECT name FROM sitting WHERE room = :room ORDER BY name',
    returns: 'rows',
  }),
  lookUp('list_sittings_in_period', 'Codes of the sittings that can be booked in a period.', {
    parameters: { period },
    sql: 'SELECT name FROM sitting WHERE period = :period ORDER BY name',
    returns: 'rows',
  }),
  lookUp(
    'get_sitting',
    'Time and price of a sitting: number of the period, number of the exam day, start in minutes since midnight, minutes for which the room is booked, fee in cents (EUR).',
    {
      parameters: { sitting },
      sql: 'SELECT period, day, starts, minutes, fee FROM sitting WHERE name = :sitting ORDER BY name',
      returns: 'row',
    },
  ),
  lookUp(
    'get_place_of_sitting',
    'Place of a sitting: room, building, campus, number of seats, equipment, and step_free (1 or 0).',
    {
      parameters: { sitting },
      sql: 'SELECT room, building, campus, seats, equipment, step_free FROM sitting WHERE name = :sitting ORDER BY name',
      returns: 'row',
    },
  ),
];

const people: readonly Tool[] = [
  lookUp('list_departments', 'Names of all departments of the faculty.', {
    parameters: {},
    sql: 'SELECT name FROM department ORDER BY name',
    returns: 'rows',
  }),
  lookUp('list_staff_of_department', 'Names of the members of a department who may lead an invigilation.', {
    parameters: { department },
    sql: 'SELECT name FROM staff WHERE department = :department ORDER BY name',
    returns: 'rows',
  }),
  lookUp(
    'get_staff',
    'Department of a member of staff, years of experience as an invigilator, and audit rating (score) in tenths of a point from 10 to 50.',
    {
      parameters: { staff },
      sql: 'SELECT department, years, score FROM staff WHERE name = :staff ORDER BY name',
      returns: 'row',
    },
  ),
  lookUp('list_badges_of_staff', 'Buildings whose doors the badge of a member of staff opens.', {
    parameters: { staff },
    sql: 'SELECT building FROM badge WHERE staff = :staff ORDER BY building',
    returns: 'rows',
  }),
  lookUp('list_duties_of_staff', 'Codes of the invigilation duties that a member of staff offers.', {
    parameters: { staff },
    sql: 'SELECT name FROM duty WHERE staff = :staff ORDER BY name',
    returns: 'rows',
  }),
  lookUp('list_duties_in_period', 'Codes of the invigilation duties on offer in a period.', {
    parameters: { period },
    sql: 'SELECT name FROM duty WHERE period = :period ORDER BY name',
    returns: 'rows',
  }),
  lookUp(
    'get_duty',
    'Details of a duty: the person, the department, years of experience and score (tenths of a point) of that person, number of the period, number of the exam day, pay in cents (EUR).',
    {
      parameters: { duty },
      sql: 'SELECT staff, department, years, score, period, day, pay FROM duty WHERE name = :duty ORDER BY name',
      returns: 'row',
    },
  ),
];

const exams: readonly Tool[] = [
  lookUp('list_exams_of_department', 'Codes of the exams that a department sets.', {
    parameters: { department },
    sql: 'SELECT code FROM exam WHERE department = :department ORDER BY code',
    returns: 'rows',
  }),
  lookUp(
    'get_exam',
    'Details of an exam: title, department, convenor, year of study, length in minutes, number of candidates (enrolled), equipment needed, and step_free: 1 where a candidate needs a step-free room, else 0.',
    {
      parameters: { exam },
      sql: 'SELECT title, department, convenor, year, minutes, enrolled, equipment, step_free FROM exam WHERE code = :exam ORDER BY code',
      returns: 'row',
    },
  ),
  lookUp('get_exam_by_title', 'Code of the exam with a title.', {
    parameters: { title },
    sql: 'SELECT code FROM exam WHERE title = :title ORDER BY code',
    returns: 'value',
  }),
  lookUp('list_candidates_of_exam', 'Names of the students who sit an exam.', {
    parameters: { exam },
    sql: 'SELECT student FROM enrolment WHERE exam = :exam ORDER BY student',
    returns: 'rows',
  }),
  lookUp('list_exams_of_student', 'Codes of the exams that a student sits.', {
    parameters: { student },
    sql: 'SELECT exam FROM enrolment WHERE student = :student ORDER BY exam',
    returns: 'rows',
  }),
  lookUp('get_student', 'Department in which a student takes the degree.', {
    parameters: { student },
    sql: 'SELECT department FROM student WHERE name = :student ORDER BY name',
    returns: 'row',
  }),
];

const aggregates: readonly Tool[] = [
  lookUp(
    'list_clashing_exams',
    'Codes of the exams that share at least one candidate with an exam, and how many they share.',
    {
      parameters: { exam },
      sql: 'SELECT b.exam AS exam, count(*) AS shared FROM enrolment a JOIN enrolment b ON b.student = a.student AND b.exam <> a.exam WHERE a.exam = :exam GROUP BY b.exam ORDER BY b.exam',
      returns: 'rows',
    },
  ),
  lookUp(
    'find_sittings_for_exam',
    'Codes of the sittings whose room has the seats, equipment and step-free way that an exam needs, for long enough.',
    {
      parameters: { exam },
      sql: 'SELECT s.name AS name FROM exam e JOIN sitting s ON s.seats >= e.enrolled AND s.equipment = e.equipment AND s.step_free >= e.step_free AND s.minutes >= e.minutes WHERE e.code = :exam ORDER BY s.name',
      returns: 'rows',
    },
  ),
];

export const aggregateTools: readonly string[] = aggregates.map((tool) => tool.name);

export const tools: readonly Tool[] = [...places, ...times, ...sittings, ...people, ...exams, ...aggregates];

/** How every table is read through the tools, parents first. */
export const gather: readonly GatherStep[] = [
  { tool: 'list_departments', into: 'department', args: {} },
  { tool: 'list_buildings', into: 'building', args: {} },
  { tool: 'get_building', into: 'building', args: { building: 'building.name' }, merge: { name: 'building' } },
  {
    tool: 'list_rooms_in_building',
    into: 'room',
    args: { building: 'building.name' },
    merge: { building: 'building' },
  },
  { tool: 'get_room', into: 'room', args: { room: 'room.name' }, merge: { name: 'room' } },
  { tool: 'list_periods', into: 'period', args: {} },
  { tool: 'get_period', into: 'period', args: { period: 'period.number' }, merge: { number: 'period' } },
  { tool: 'list_sittings_in_room', into: 'sitting', args: { room: 'room.name' }, merge: { room: 'room' } },
  { tool: 'get_sitting', into: 'sitting', args: { sitting: 'sitting.name' }, merge: { name: 'sitting' } },
  { tool: 'get_place_of_sitting', into: 'sitting', args: { sitting: 'sitting.name' }, merge: { name: 'sitting' } },
  {
    tool: 'list_staff_of_department',
    into: 'staff',
    args: { department: 'department.name' },
    merge: { department: 'department' },
  },
  { tool: 'get_staff', into: 'staff', args: { staff: 'staff.name' }, merge: { name: 'staff' } },
  { tool: 'list_badges_of_staff', into: 'badge', args: { staff: 'staff.name' }, merge: { staff: 'staff' } },
  { tool: 'list_duties_of_staff', into: 'duty', args: { staff: 'staff.name' }, merge: { staff: 'staff' } },
  { tool: 'get_duty', into: 'duty', args: { duty: 'duty.name' }, merge: { name: 'duty' } },
  {
    tool: 'list_exams_of_department',
    into: 'exam',
    args: { department: 'department.name' },
    merge: { department: 'department' },
  },
  { tool: 'get_exam', into: 'exam', args: { exam: 'exam.code' }, merge: { code: 'exam' } },
  { tool: 'list_candidates_of_exam', into: 'enrolment', args: { exam: 'exam.code' }, merge: { exam: 'exam' } },
];
