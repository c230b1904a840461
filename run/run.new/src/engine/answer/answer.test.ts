import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { AnswerShape } from '../../domain/answer.ts';
import type { Table } from '../../domain/world.ts';
import { answerCte, cteName, type Lookup, lookupName } from './answer-cte.ts';
import { answerSchema } from './answer-schema.ts';
import { exampleAnswer } from './example.ts';
import { integrityChecks } from './integrity.ts';

const days: AnswerShape['parts'][number] = {
  name: 'days',
  key: { field: 'date', says: 'the day', values: ['2025-06-01', '2025-06-02'] },
  fields: [{ name: 'night_hotel', says: 'the hotel', domain: { table: 'hotels', column: 'name' } }],
};
const starts: AnswerShape['parts'][number] = {
  name: 'starts',
  key: { field: 'step', says: 'the step', values: [1] },
  fields: [{ name: 'slot', says: 'its slot', domain: { min: 0, max: 600 } }],
};
const one: AnswerShape = { parts: [days] };
const two: AnswerShape = { parts: [days, starts] };
const tables: Table[] = [
  {
    name: 'hotels',
    says: 'hotels',
    key: ['name'],
    columns: [{ name: 'name', type: 'text', role: 'name', unit: 'text', says: 'name' }],
  },
];

/** The rows of `from` for an answer, as a check sees them in a world where only one hotel stands. */
function rowsOf(cte: string, answer: unknown, from: string): unknown[] {
  using database = new DatabaseSync(':memory:');
  database.exec("CREATE TABLE hotels (name TEXT, price INTEGER); INSERT INTO hotels VALUES ('L''Ô', 90)");
  const statement = database.prepare(`${cte} SELECT * FROM ${from}`);
  return statement.all({ answer: JSON.stringify(answer) }).map((row) => ({ ...row }));
}

describe('answerSchema', () => {
  it('asks for an array where there is one part, and for an object of arrays where there are several', () => {
    expect(answerSchema(one)).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'array',
      minItems: 2,
      maxItems: 2,
      items: {
        type: 'object',
        properties: {
          date: { type: 'string', description: 'the day', enum: ['2025-06-01', '2025-06-02'] },
          night_hotel: { type: 'string', description: 'the hotel', maxLength: 200 },
        },
        required: ['date', 'night_hotel'],
        additionalProperties: false,
      },
    });
    expect(answerSchema(two)).toMatchObject({
      type: 'object',
      required: ['days', 'starts'],
      properties: {
        starts: { items: { properties: { step: { type: 'integer', enum: [1] }, slot: { minimum: 0, maximum: 600 } } } },
      },
    });
  });
});

describe('answerCte', () => {
  const rows = [
    { date: '2025-06-02', night_hotel: 'O"K' },
    { date: '2025-06-01', night_hotel: "L'Ô" },
  ];

  const known = rows.map((row) => ({
    ...row,
    'hotels(name=night_hotel).name': row.night_hotel === 'O"K' ? null : row.night_hotel,
  }));

  it('gives the rows of the only part under two names, with the names that exist', () => {
    expect(rowsOf(answerCte(one), rows, cteName(one, 'days'))).toEqual(known);
    expect(rowsOf(answerCte(one), rows, 'answer_days')).toEqual(known);
    expect(cteName(one, 'days')).toBe('answer');
  });

  it('gives the rows of each part', () => {
    const answer = { days: rows, starts: [{ step: 1, slot: 7 }] };

    expect(rowsOf(answerCte(two), answer, cteName(two, 'days'))).toEqual(known);
    expect(rowsOf(answerCte(two), answer, cteName(two, 'starts'))).toEqual([{ step: 1, slot: 7 }]);
  });

  it('gives what is looked up once, and NULL where there is no such row', () => {
    const price: Lookup = { part: 'days', table: 'hotels', on: [['name', 'night_hotel']], column: 'price' };
    const prices = rowsOf(answerCte(one, [price, price]), rows, `(SELECT "${lookupName(price)}" AS price FROM answer)`);

    expect(prices).toEqual([{ price: null }, { price: 90 }]);
  });
});

describe('integrityChecks', () => {
  it('asks of each part that keys are single, and of each name that it exists', () => {
    const checks = integrityChecks(two, tables);

    expect(checks.map(({ id, stage }) => [id, stage])).toEqual([
      ['once-days', 'integrity'],
      ['known-days-night-hotel', 'integrity'],
      ['once-starts', 'integrity'],
    ]);
  });

  it('refuses a field that points to no column', () => {
    expect(() => integrityChecks(one, [])).toThrow(
      new RangeError('field days.night_hotel takes names of hotels.name, which is no column'),
    );
  });
});

describe('exampleAnswer', () => {
  it('shows the form with placeholders that no schema lets pass', () => {
    expect(exampleAnswer(one)).toEqual([{ date: '2025-06-01', night_hotel: '<night hotel name>' }]);
    expect(exampleAnswer(two)).toEqual({
      days: [{ date: '2025-06-01', night_hotel: '<night hotel name>' }],
      starts: [{ step: 1, slot: '<integer 0 to 600>' }],
    });
  });
});
