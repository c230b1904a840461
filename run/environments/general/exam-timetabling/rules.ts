import type { Constraint, Side } from '../../../src/domain/constraint.ts';
import type { Rule } from '../../../src/stages/synthesize/pack.ts';
import { ofExam, PART, side } from './slots.ts';

/** The rules without which a timetable is none. */
export function toRules(exams: readonly string[]): Rule[] {
  return [...slotRules(), ...needRules(exams), ...dutyRules(exams)];
}

function slotRules(): Rule[] {
  return [
    rule('no-clash', {
      constraint: {
        kind: 'all-different',
        terms: own('sitting', 'period'),
        per: { by: 'link', table: 'enrolment', group: 'student', member: 'exam' },
      },
      subject: 'the periods of the exams that a student sits',
      templates: [
        'no student may have two exams in the same period',
        'two exams that share a candidate must be in different periods',
        'every student can be in only one place: the exams that any one student sits are all in different periods',
      ],
    }),
    rule('one-exam-a-sitting', {
      constraint: { kind: 'all-different', terms: own('sitting') },
      subject: 'the sittings',
      templates: [
        'no sitting is used for more than one exam',
        'each exam has a sitting to itself: no two exams share a room in the same period',
      ],
    }),
  ];
}

function needRules(exams: readonly string[]): Rule[] {
  const needs = (column: string, op: '=' | '>=') =>
    relate(exams, [side('sitting', { column }), op, side('sitting', ofExam(column === 'seats' ? 'enrolled' : column))]);
  return [
    rule('seats', {
      constraint: needs('seats', '>='),
      subject: 'the number of seats in the room of an exam',
      templates: [
        'the room of every exam has at least as many seats as the exam has candidates',
        'no exam may have more candidates than its room has seats',
      ],
    }),
    rule('equipment', {
      constraint: needs('equipment', '='),
      subject: 'the equipment of the room of an exam',
      templates: [
        'the room of every exam has exactly the equipment that the exam needs (writing desks, computers or drawing tables)',
        'the equipment of the room must be the equipment that the exam asks for, nothing else will do',
      ],
    }),
    rule('long-enough', {
      constraint: needs('minutes', '>='),
      subject: 'the minutes for which the room of an exam is booked',
      templates: [
        'every sitting is booked for at least as many minutes as its exam lasts',
        'no exam may last longer than the time for which its sitting is booked',
      ],
    }),
    rule('step-free', {
      constraint: needs('step_free', '>='),
      subject: 'the step-free access of the room of an exam',
      templates: [
        'an exam with a candidate who needs step-free access is held in a step-free room',
        'exams that are marked step-free go into rooms that can be reached without steps; the other exams may go anywhere',
      ],
    }),
  ];
}

function dutyRules(exams: readonly string[]): Rule[] {
  return [
    rule('led-in-time', {
      constraint: relate(exams, [side('duty', { column: 'period' }), '=', side('sitting', { column: 'period' })]),
      subject: 'the period of the duty of an exam',
      templates: [
        'the duty of every exam is in the same period as its sitting',
        'whoever leads the invigilation of an exam is on duty in the very period of that exam',
      ],
    }),
    rule('one-exam-a-duty', {
      constraint: { kind: 'all-different', terms: own('duty') },
      subject: 'the duties',
      templates: [
        'no duty is used for more than one exam',
        'nobody leads two exams at once: each duty serves one exam at most',
      ],
    }),
  ];
}

/** Compares two terms of the same answer row, in every row. */
function relate(exams: readonly string[], [left, op, right]: readonly [Side, '=' | '>=', Side]): Constraint {
  return { kind: 'relate', left, right, pairs: exams.map((code) => [code, code]), op, offset: 0 };
}

function own(field: 'sitting' | 'duty', column?: string) {
  return [{ part: PART, field, attr: column === undefined ? {} : { column } }];
}

interface Draft {
  readonly constraint: Constraint;
  readonly subject: string;
  readonly templates: readonly string[];
}

function rule(id: string, { constraint, subject, templates }: Draft): Rule {
  return { id, constraint, wording: { subject, unit: 'count', templates } };
}
