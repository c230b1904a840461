import type { Column, Table, Unit } from '../../../src/domain/world.ts';

const name = (column: string, says: string): Column => ({
  name: column,
  type: 'text',
  role: 'name',
  unit: 'text',
  says,
});
const ref = (column: string, target: string, says: string): Column => ({
  name: column,
  type: 'text',
  role: 'ref',
  target,
  unit: 'text',
  says,
});
const text = (column: string, says: string, unit: Unit = 'text'): Column => ({
  name: column,
  type: 'text',
  role: 'value',
  unit,
  says,
});
const int = (column: string, unit: Unit, says: string): Column => ({
  name: column,
  type: 'integer',
  role: 'value',
  unit,
  says,
});

const department: Table = {
  name: 'department',
  says: 'Teaching departments of the faculty.',
  columns: [name('name', 'Name of the department.')],
  key: ['name'],
};

const building: Table = {
  name: 'building',
  says: 'Buildings with examination rooms.',
  columns: [
    name('name', 'Name of the building.'),
    text('campus', 'Campus: North or South.'),
    int('opens', 'clock', 'Doors open, minutes since midnight.'),
    int('closes', 'clock', 'Doors close, minutes since midnight; no sitting may end later.'),
  ],
  key: ['name'],
};

const room: Table = {
  name: 'room',
  says: 'Examination rooms.',
  columns: [
    name('name', 'Name of the room.'),
    ref('building', 'building.name', 'Building that the room is in.'),
    int('seats', 'plain:seats', 'Candidates that fit in the room.'),
    text('equipment', 'Furniture: writing desks, computers or drawing tables.'),
    int('step_free', 'count', '1 where the room is reached without steps, else 0.'),
  ],
  key: ['name'],
};

const period: Table = {
  name: 'period',
  says: 'Examination periods, numbered from 1 in the order of time.',
  columns: [
    int('number', 'count', 'Number of the period, from 1.'),
    int('day', 'count', 'Number of the exam day, from 1; days without exams are not counted.'),
    text('date', 'Calendar date, YYYY-MM-DD.', 'date'),
    text('weekday', 'Day of the week.'),
    int('starts', 'clock', 'Start, minutes since midnight.'),
    int('minutes', 'minutes', 'Length of the period.'),
  ],
  key: ['number'],
};

const sitting: Table = {
  name: 'sitting',
  says: 'Bookable sittings: one room in one period. Time and place are those of its period and room.',
  columns: [
    name('name', 'Booking code of the sitting.'),
    int('period', 'count', 'Number of the period.'),
    int('day', 'count', 'Number of the exam day.'),
    int('starts', 'clock', 'Start, minutes since midnight.'),
    int('minutes', 'minutes', 'Time for which the room is booked, from the start of the period.'),
    int('fee', 'money:EUR', 'What the estates office charges for the sitting, in cents.'),
    ref('room', 'room.name', 'Room of the sitting.'),
    ref('building', 'building.name', 'Building of the room.'),
    text('campus', 'Campus of the building.'),
    int('seats', 'plain:seats', 'Seats of the room.'),
    text('equipment', 'Equipment of the room.'),
    int('step_free', 'count', '1 where the room is reached without steps, else 0.'),
  ],
  key: ['name'],
};

const staff: Table = {
  name: 'staff',
  says: 'Members of staff who may lead an invigilation.',
  columns: [
    name('name', 'Name of the person.'),
    ref('department', 'department.name', 'Department of the person.'),
    int('years', 'plain:years', 'Years of experience as an invigilator.'),
    int('score', 'tenths', 'Rating in the invigilation audit, in tenths of a point: 10 is the worst, 50 the best.'),
  ],
  key: ['name'],
};

const duty: Table = {
  name: 'duty',
  says: 'Duties on offer: one person who can lead an invigilation in one period. Person and time are those of staff and period.',
  columns: [
    name('name', 'Code of the duty.'),
    ref('staff', 'staff.name', 'Person who offers the duty.'),
    ref('department', 'department.name', 'Department of the person.'),
    int('years', 'plain:years', 'Years of experience of the person.'),
    int('score', 'tenths', 'Rating of the person in tenths of a point.'),
    int('period', 'count', 'Number of the period.'),
    int('day', 'count', 'Number of the exam day.'),
    int('pay', 'money:EUR', 'What the duty is paid, in cents.'),
  ],
  key: ['name'],
};

const badge: Table = {
  name: 'badge',
  says: 'Which member of staff has a door badge for which building.',
  columns: [
    ref('staff', 'staff.name', 'Holder of the badge.'),
    ref('building', 'building.name', 'Building that the badge opens.'),
  ],
  key: ['staff', 'building'],
};

const exam: Table = {
  name: 'exam',
  says: 'Examinations of the faculty.',
  columns: [
    name('code', 'Code of the exam.'),
    name('title', 'Title of the paper.'),
    ref('department', 'department.name', 'Department that sets the paper.'),
    ref('convenor', 'staff.name', 'Member of that department who set the paper.'),
    int('year', 'count', 'Year of study that the paper belongs to, 1 to 3.'),
    int('minutes', 'minutes', 'Length of the exam.'),
    int('enrolled', 'plain:candidates', 'Number of candidates.'),
    text('equipment', 'Furniture that the candidates need: writing desks, computers or drawing tables.'),
    int('step_free', 'count', '1 where a candidate needs a step-free room, else 0.'),
  ],
  key: ['code'],
};

const student: Table = {
  name: 'student',
  says: 'Students who sit exams of the faculty.',
  columns: [
    name('name', 'Name of the student.'),
    ref('department', 'department.name', 'Department in which the student takes the degree.'),
  ],
  key: ['name'],
};

const enrolment: Table = {
  name: 'enrolment',
  says: 'Which student sits which exam.',
  columns: [
    ref('student', 'student.name', 'The candidate.'),
    ref('exam', 'exam.code', 'The exam that the candidate sits.'),
  ],
  key: ['student', 'exam'],
};

export const tables: readonly Table[] = [
  department,
  building,
  room,
  period,
  sitting,
  staff,
  duty,
  badge,
  exam,
  student,
  enrolment,
];
