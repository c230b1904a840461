import { describe, expect, it } from 'vitest';
import type { AnswerShape } from '../../../domain/answer.ts';
import type { Constraint } from '../../../domain/constraint.ts';
import type { Table } from '../../../domain/world.ts';
import { unexplained } from './numbers.ts';

const exam: Table = {
  name: 'exam',
  says: 'exams',
  key: ['code'],
  columns: [
    { name: 'code', type: 'text', role: 'name', unit: 'text', says: 'code' },
    { name: 'year', type: 'integer', role: 'value', unit: 'count', says: 'year of study' },
    { name: 'enrolled', type: 'integer', role: 'value', unit: 'count', says: 'candidates' },
    { name: 'stars', type: 'integer', role: 'value', unit: 'count', says: 'stars' },
  ],
};
const rows = {
  exam: [
    { code: 'MAT-1', year: 2, enrolled: 40, stars: 1 },
    { code: 'MAT-2', year: 3, enrolled: 71, stars: 5 },
  ],
};
const shape: AnswerShape = {
  parts: [
    {
      name: 'exams',
      key: { field: 'exam', says: 'exam', values: ['MAT-1', 'MAT-2'] },
      fields: [{ name: 'slot', says: 'slot', domain: { min: 0, max: 35 } }],
    },
    {
      name: 'legs',
      key: { field: 'leg', says: 'leg', values: [1, 2, 11] },
      fields: [{ name: 'service', says: 'service', domain: { table: 'service', column: 'code' } }],
    },
  ],
};
const facts = { shape, tables: [exam], rows };

const early = (keys: (string | number)[], value: number): Constraint => ({
  kind: 'each',
  part: 'exams',
  field: 'slot',
  keys,
  condition: { attr: {}, op: '<=', values: [value] },
});
const apart: Constraint = {
  kind: 'relate',
  left: { part: 'legs', field: 'service', attr: { column: 'arrives' } },
  right: { part: 'legs', field: 'service', attr: { column: 'departs' } },
  pairs: [[1, 2]],
  op: '<=',
  offset: -30,
};
const even: Constraint = {
  kind: 'balance',
  terms: [{ part: 'exams', field: 'slot', attr: {} }],
  values: ['north', 'south'],
  spread: 2,
};

describe('unexplained', () => {
  it.each<[string, string, Constraint]>([
    ['a bound', 'MAT-1 starts in slot 21 at the latest.', early(['MAT-1'], 21)],
    ['money', 'It costs at most 13.50 EUR.', early(['MAT-1'], 1350)],
    ['tenths and a time of day', 'Rated 4.2, that is, 00:42.', early(['MAT-1'], 42)],
    ['rows that are numbered', 'Leg 1 arrives at least 30 minutes before leg 2 departs.', apart],
    ['a number below zero', 'Leg 1 less leg 2 gives -30 at most.', apart],
    ['numbers in the names of rows', 'No MAT-1 after slot 7, nor MAT-2.', early(['MAT-1', 'MAT-2'], 7)],
    ['what the row of a name says', 'The exams of year 2 start in slot 7 at the latest.', early(['MAT-1'], 7)],
    ['the end of the answer', 'It ends before slot 36: in slot 7.', early(['MAT-1'], 7)],
    ['a time that repeats a number', 'MAT-1 starts before slot 7 (08:45).', early(['MAT-1'], 7)],
    ['a count of nothing', 'The halls, 0 included, differ by at most 2.', even],
    [
      'the range of a column',
      'The stars (1 to 5) of leg 1 are at least 4.',
      {
        kind: 'each',
        part: 'legs',
        field: 'service',
        keys: [1],
        condition: { attr: { column: 'stars' }, op: '>=', values: [4] },
      },
    ],
  ])('lets %s stand', (_, clause, node) => {
    expect(unexplained(clause, node, facts)).toBeNull();
  });

  it.each<[string, string, Constraint, string]>([
    ['another bound beside the right one', 'MAT-1 starts in slot 21, or 22.', early(['MAT-1'], 21), '22'],
    ['another row', 'Leg 11 arrives at least 30 minutes before leg 2 departs.', apart, '11'],
    ['another sign', 'Leg 1 arrives at least 30 minutes before leg -2 departs.', apart, '-2'],
    ['what another row says', 'The exams of year 3 start in slot 7 at the latest.', early(['MAT-1'], 7), '3'],
    ['another end', 'It ends before slot 46: in slot 7.', early(['MAT-1'], 7), '46'],
    ['another range', 'From 2 to 6 halls.', even, '6'],
    ['another time of day', 'MAT-1 starts before 08:45, that is, 7.', early(['MAT-1'], 7), '08:45'],
  ])('finds %s', (_, clause, ...[node, number]) => {
    expect(unexplained(clause, node, facts)).toBe(number);
  });
});
