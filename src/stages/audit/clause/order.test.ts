import { describe, expect, it } from 'vitest';
import type { AnswerShape, Key } from '../../../domain/answer.ts';
import type { Constraint, Op } from '../../../domain/constraint.ts';
import { misordered } from './order.ts';

const shape: AnswerShape = {
  parts: [
    { name: 'exams', key: { field: 'exam', says: 'exam', values: ['A-1', 'B-2'] }, fields: [] },
    { name: 'legs', key: { field: 'leg', says: 'leg', values: [1, 4] }, fields: [] },
  ] as unknown as AnswerShape['parts'],
};
const side = (part: string) => ({ part, field: 'slot', attr: {} });
const relate = (op: Op, offset: number, pair: [Key, Key] = ['A-1', 'B-2']): Constraint => ({
  kind: 'relate',
  left: side(typeof pair[0] === 'number' ? 'legs' : 'exams'),
  right: side(typeof pair[1] === 'number' ? 'legs' : 'exams'),
  pairs: [pair],
  op,
  offset,
});
const precedence: Constraint = {
  kind: 'precedence',
  intervals: { part: 'exams', start: 'slot', duration: { field: 'slot', attr: {} } },
  pairs: [['A-1', 'B-2']],
  lag: 1,
};

describe('misordered', () => {
  it.each<[Constraint, string]>([
    [relate('>=', 4), 'A-1 comes after B-2: its number is greater by at least 4.'],
    [relate('>=', 4), 'B-2 is held before A-1, and from B-2 to A-1 the step is at least 4.'],
    [relate('<', 0), 'A-1 starts strictly before B-2.'],
    [relate('<=', 6), 'A-1 starts at most 6 slots after the start of B-2.'],
    [relate('<=', -6), 'A-1 starts at least 6 slots before B-2.'],
    [relate('>=', 30, ['B-2', 4]), 'Leg 4 arrives at least 30 minutes before B-2 closes.'],
    [precedence, 'B-2 starts 1 slot after the end of A-1 at the earliest.'],
    [relate('=', 3), 'A-1 comes before B-2.'],
    [relate('>=', 4, ['A-1', 'A-1']), 'A-1 ends after A-1 begins.'],
  ])('takes %j for what is said by "%s"', (node, clause) => {
    expect(misordered(clause, node, shape)).toBeNull();
  });

  it.each<[Constraint, string, string]>([
    [relate('>=', 4), 'A-1 comes before B-2: its number is greater by at least 4.', 'says that A-1 comes before B-2'],
    [relate('>=', 4), 'B-2 is held after A-1, and on we go.', 'says that B-2 comes after A-1'],
    [relate('<', 0), 'A-1 starts strictly after B-2.', 'says that A-1 comes after B-2'],
    [relate('<=', 6), 'A-1 starts at most 6 slots before the start of B-2.', 'says that A-1 comes before B-2'],
    [
      relate('>=', 30, ['B-2', 4]),
      'At leg 4 you arrive 30 minutes after B-2 closes.',
      'says that leg 4 comes after B-2',
    ],
    [precedence, 'B-2 starts 1 slot before the end of A-1.', 'says that B-2 comes before A-1'],
  ])('refuses for %j "%s"', (node, clause, expected) => {
    expect(misordered(clause, node, shape)).toBe(expected);
  });
});
