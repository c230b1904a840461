import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../domain/tool.ts';
import type { ToolOutcome } from '../../ports/world-store.ts';
import { createToolbox, submitSchema, toolSchema } from './index.ts';

const hotel = { type: 'string', description: 'name of the hotel', key: 'hotels.name' } as const;
const tools: Tool[] = [
  {
    name: 'get_hotel',
    description: 'All about a hotel.',
    parameters: { hotel },
    sql: 'SELECT name, price FROM hotels WHERE name = :hotel',
    returns: 'row',
    effect: 'read',
  },
  {
    name: 'find_hotels',
    description: 'Hotels up to a price.',
    parameters: { price: { type: 'integer', description: 'in cents' } },
    sql: 'SELECT name FROM hotels WHERE price <= :price ORDER BY name',
    returns: 'rows',
    effect: 'read',
  },
  {
    name: 'cheapest',
    description: 'Lowest price.',
    parameters: {},
    sql: 'SELECT min(price) FROM hotels WHERE price > 1000',
    returns: 'value',
    effect: 'read',
  },
  {
    name: 'missing_row',
    description: 'A row that is not there.',
    parameters: {},
    sql: 'SELECT name FROM hotels WHERE price = 7',
    returns: 'row',
    effect: 'read',
  },
];

const database = new DatabaseSync(':memory:');
database.exec(`CREATE TABLE hotels (name TEXT PRIMARY KEY, price INTEGER);
  INSERT INTO hotels VALUES ('Grand Palace', 300), ('Grand Place', 200), ('Krone', 100), ('Élysée', 50)`);
const toolbox = createToolbox(database, tools);

function check(name: string, args: unknown, expected: Partial<ToolOutcome> & { message?: unknown }): void {
  expect(toolbox.call(name, args)).toEqual(expected);
}

describe('a toolbox', () => {
  it('gives rows, a row, a value, or null', () => {
    check(
      'find_hotels',
      { price: 200 },
      { kind: 'result', value: [{ name: 'Grand Place' }, { name: 'Krone' }, { name: 'Élysée' }] },
    );
    check('get_hotel', { hotel: 'Krone' }, { kind: 'result', value: { name: 'Krone', price: 100 } });
    check('cheapest', {}, { kind: 'result', value: null });
    check('missing_row', {}, { kind: 'result', value: null });
  });

  it('ends with submit_result', () => {
    check('submit_result', { answer: [1] }, { kind: 'submitted', answer: [1] });
    check('submit_result', {}, { kind: 'error', message: 'submit_result: argument "answer" is missing' });
  });

  it.each([
    [
      'an unknown tool',
      'get_hotels',
      {},
      'there is no tool "get_hotels"; the tools are: get_hotel, find_hotels, cheapest, missing_row, submit_result',
    ],
    ['no object', 'get_hotel', ['Krone'], 'get_hotel: the arguments must be one object'],
    ['a missing argument', 'get_hotel', {}, 'get_hotel: argument "hotel" is missing; it takes: hotel'],
    [
      'an extra argument',
      'get_hotel',
      { hotel: 'Krone', x: 1 },
      'get_hotel: there is no argument "x"; it takes: hotel',
    ],
    ['an argument too many', 'cheapest', { x: 1 }, 'cheapest: there is no argument "x"; it takes none'],
    ['a number for a text', 'get_hotel', { hotel: 1 }, 'get_hotel: argument "hotel" must be a string'],
    ['half a character', 'get_hotel', { hotel: '\ud800' }, 'get_hotel: argument "hotel" must be a string'],
    ['a text for an integer', 'find_hotels', { price: '1' }, 'find_hotels: argument "price" must be an integer'],
    ['a fraction', 'find_hotels', { price: 1.5 }, 'find_hotels: argument "price" must be an integer'],
  ])('says what is wrong with %s', (...[, name, args, message]) => {
    check(name, args, { kind: 'error', message });
  });

  it('suggests near names for an unknown key, whatever their case', () => {
    const message = 'get_hotel: there is no hotel "grand palce"; did you mean "Grand Palace", "Grand Place"?';

    check('get_hotel', { hotel: 'grand palce' }, { kind: 'error', message });
    check(
      'get_hotel',
      { hotel: 'something else altogether' },
      { kind: 'error', message: 'get_hotel: there is no hotel "something else altogether"' },
    );
  });

  it('binds what looks like SQL', () => {
    expect(toolbox.call('get_hotel', { hotel: "x' OR 1=1; DROP TABLE hotels; --" })).toMatchObject({ kind: 'error' });
    check('get_hotel', { hotel: 'Krone' }, { kind: 'result', value: { name: 'Krone', price: 100 } });
  });

  it('never throws and never shows a stack, whatever it is asked', () => {
    const name = fc.oneof(fc.constantFrom(...toolbox.names), fc.string());
    const args = fc.oneof(
      fc.anything(),
      fc.record({ hotel: fc.string({ unit: 'binary' }) }),
      fc.record({ price: fc.anything() }),
    );

    fc.assert(
      fc.property(name, args, (tool, given) => {
        const outcome = toolbox.call(tool, given);
        if (outcome.kind === 'error') expect(outcome.message).not.toMatch(/\n\s+at /);
      }),
    );
  });

  it('refuses tools whose SQL does not fit the world', () => {
    const broken: Tool = { ...(tools[0] as Tool), sql: 'SELECT x FROM nowhere' };

    expect(() => createToolbox(database, [broken])).toThrow(new RangeError('tool get_hotel: no such table: nowhere'));
  });
});

describe('the schema of a tool', () => {
  it('tells types and descriptions, and not where the legal values stand', () => {
    expect(toolSchema(tools[0] as Tool)).toEqual({
      type: 'function',
      function: {
        name: 'get_hotel',
        description: 'All about a hotel.',
        parameters: {
          type: 'object',
          properties: { hotel: { type: 'string', description: 'name of the hotel' } },
          required: ['hotel'],
          additionalProperties: false,
        },
      },
    });
  });

  it('of submit_result holds that of the answer', () => {
    const { function: submit } = submitSchema({ $schema: 'x', type: 'array' });

    expect(submit.name).toBe('submit_result');
    expect(submit.parameters).toMatchObject({ properties: { answer: { type: 'array' } }, required: ['answer'] });
  });
});
