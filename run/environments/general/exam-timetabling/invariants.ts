import type { Invariant } from '../../../src/stages/synthesize/pack.ts';

/** Statements on every world; `sql` finds the rows that break them. */
export const invariants: readonly Invariant[] = [
  {
    says: 'A name stands for one thing in the whole world.',
    sql: `SELECT name, count(*) AS uses FROM (
      SELECT name FROM department UNION ALL SELECT name FROM building UNION ALL SELECT name FROM room
      UNION ALL SELECT name FROM sitting UNION ALL SELECT name FROM staff UNION ALL SELECT name FROM duty
      UNION ALL SELECT code FROM exam UNION ALL SELECT title FROM exam UNION ALL SELECT name FROM student
    ) GROUP BY name HAVING count(*) > 1`,
  },
  {
    says: 'A sitting has the place of its room and building.',
    sql: `SELECT s.name FROM sitting s LEFT JOIN room r ON r.name = s.room LEFT JOIN building b ON b.name = r.building
      WHERE r.name IS NULL OR b.name IS NULL OR s.building <> b.name OR s.campus <> b.campus
      OR s.seats <> r.seats OR s.equipment <> r.equipment OR s.step_free <> r.step_free`,
  },
  {
    says: 'A sitting has the time of its period.',
    sql: `SELECT s.name FROM sitting s LEFT JOIN period p ON p.number = s.period
      WHERE p.number IS NULL OR s.day <> p.day OR s.starts <> p.starts OR s.minutes <> p.minutes`,
  },
  {
    says: 'A sitting lies within the opening hours of its building.',
    sql: `SELECT s.name FROM sitting s JOIN building b ON b.name = s.building
      WHERE s.starts < b.opens OR s.starts + s.minutes > b.closes`,
  },
  {
    says: 'A room is offered once in a period.',
    sql: 'SELECT room, period FROM sitting GROUP BY room, period HAVING count(*) > 1',
  },
  {
    says: 'A duty has the time of its period and the details of its person.',
    sql: `SELECT d.name FROM duty d LEFT JOIN period p ON p.number = d.period LEFT JOIN staff s ON s.name = d.staff
      WHERE p.number IS NULL OR s.name IS NULL OR d.day <> p.day OR d.department <> s.department
      OR d.years <> s.years OR d.score <> s.score`,
  },
  {
    says: 'A person offers one duty in a period.',
    sql: 'SELECT staff, period FROM duty GROUP BY staff, period HAVING count(*) > 1',
  },
  {
    says: 'The candidates of an exam are its enrolments.',
    sql: `SELECT e.code FROM exam e WHERE e.enrolled <> (SELECT count(*) FROM enrolment n WHERE n.exam = e.code)
      OR e.enrolled < 3`,
  },
  {
    says: 'A student sits three to six exams.',
    sql: `SELECT s.name FROM student s LEFT JOIN enrolment n ON n.student = s.name
      GROUP BY s.name HAVING count(n.exam) NOT BETWEEN 3 AND 6`,
  },
  {
    says: 'An enrolment names a student and an exam.',
    sql: `SELECT n.student, n.exam FROM enrolment n WHERE n.student NOT IN (SELECT name FROM student)
      OR n.exam NOT IN (SELECT code FROM exam)`,
  },
  {
    says: 'A paper is set by a member of its department, and its code tells the year of study.',
    sql: `SELECT e.code FROM exam e LEFT JOIN staff s ON s.name = e.convenor
      WHERE s.name IS NULL OR s.department <> e.department OR CAST(substr(e.code, 5, 1) AS INTEGER) <> e.year`,
  },
  {
    says: 'Departments of staff, exams and students exist.',
    sql: `SELECT x.department FROM (SELECT department FROM staff UNION ALL SELECT department FROM exam
      UNION ALL SELECT department FROM student) x WHERE x.department NOT IN (SELECT name FROM department)`,
  },
  {
    says: 'A badge names a member of staff and a building.',
    sql: `SELECT b.staff, b.building FROM badge b WHERE b.staff NOT IN (SELECT name FROM staff)
      OR b.building NOT IN (SELECT name FROM building)`,
  },
  {
    says: 'Periods are numbered without gap in the order of time, and none lies on a Sunday.',
    sql: `SELECT a.number FROM period a WHERE a.weekday = 'Sunday' OR strftime('%w', a.date) = '0'
      OR (a.number > 1 AND NOT EXISTS (SELECT 1 FROM period b WHERE b.number = a.number - 1
        AND (b.date < a.date OR (b.date = a.date AND b.starts + b.minutes <= a.starts))))`,
  },
  {
    says: 'Days are numbered without gap in the order of dates.',
    sql: `SELECT a.number FROM period a LEFT JOIN period b ON b.number = a.number - 1
      WHERE (b.number IS NULL AND a.day <> 1) OR a.day - b.day NOT IN (0, 1) OR (a.day = b.day) <> (a.date = b.date)`,
  },
  {
    says: 'Every exam has at least three sittings that fit it by itself.',
    sql: `SELECT e.code FROM exam e LEFT JOIN sitting s ON s.seats >= e.enrolled AND s.equipment = e.equipment
      AND s.step_free >= e.step_free AND s.minutes >= e.minutes GROUP BY e.code HAVING count(s.name) < 3`,
  },
  {
    says: 'Money, seats, years and ratings lie in their ranges.',
    sql: `SELECT name FROM sitting WHERE fee NOT BETWEEN 2000 AND 40000 OR seats NOT BETWEEN 10 AND 100
      UNION ALL SELECT name FROM duty WHERE pay NOT BETWEEN 1500 AND 15000
      UNION ALL SELECT name FROM staff WHERE years NOT BETWEEN 0 AND 24 OR score NOT BETWEEN 10 AND 50`,
  },
];
