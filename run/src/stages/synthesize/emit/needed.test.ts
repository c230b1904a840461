import { describe, expect, it } from 'vitest';
import type { AnswerShape } from '../../../domain/answer.ts';
import { textsOf } from '../../../util/texts.ts';
import type { GatherStep } from '../pack.ts';
import { stepsFor, tablesOf } from './needed.ts';

const shape: AnswerShape = {
  parts: [
    {
      name: 'days',
      key: { field: 'day', says: 'day', values: [1] },
      fields: [
        { name: 'hotel', says: '', domain: { table: 'hotel', column: 'name' } },
        { name: 'start', says: '', domain: { min: 0, max: 9 } },
      ],
    },
  ],
};
const step = (tool: string, into: string, args: Record<string, string> = {}): GatherStep => ({ tool, into, args });

describe('tablesOf', () => {
  it('names the tables of fields, of look-ups, of links, of pairs and of set-ups', () => {
    const side = { part: 'days', field: 'hotel', attr: {} };
    const tables = tablesOf(shape, [
      {
        kind: 'each',
        part: 'days',
        field: 'hotel',
        condition: { attr: { table: 'weather', on: { day: 'day' }, column: 'rain' }, op: '=', values: [0] },
      },
      {
        kind: 'distinct',
        terms: [side],
        per: { by: 'link', table: 'club', group: 'club', member: 'day' },
        op: '<=',
        bound: 1,
      },
      {
        kind: 'implies',
        when: [{ part: 'days', key: 1, field: 'hotel', condition: { attr: {}, op: '=', values: ['A'] } }],
        then: {
          kind: 'pairs',
          mode: 'required',
          left: side,
          right: side,
          pairs: [[1, 1]],
          table: { name: 'friends', left: 'a', right: 'b' },
        },
      },
      {
        kind: 'no-overlap',
        intervals: { part: 'days', start: 'start', duration: { field: 'hotel', attr: { column: 'size' } } },
        setup: {
          family: { table: 'family', key: 'code', column: 'family' },
          table: 'setup',
          from: 'a',
          to: 'b',
          column: 't',
        },
      },
    ]);

    expect([...tables].sort()).toEqual(['club', 'family', 'friends', 'hotel', 'setup', 'weather']);
  });
});

describe('stepsFor', () => {
  const steps = [
    step('towns', 'town'),
    step('hotels', 'hotel', { town: 'town.name' }),
    step('rooms', 'room', { hotel: 'hotel.name' }),
    step('days', 'day'),
    step('weather', 'weather', { town: 'town.name', day: 'day.date' }),
    step('prices', 'hotel', { hotel: 'hotel.name' }),
  ];
  const needed = (...tables: string[]): string[] => stepsFor(steps, new Set(tables)).map((one) => one.tool);

  it.each([
    [['town'], ['towns']],
    [['hotel'], ['towns', 'hotels', 'prices']],
    [['room'], ['towns', 'hotels', 'rooms', 'prices']],
    [['weather'], ['towns', 'days', 'weather']],
    [[], []],
    [['nowhere'], []],
  ])('takes what %j needs, in order', (tables, expected) => {
    expect(needed(...tables)).toEqual(expected);
  });
});

describe('textsOf', () => {
  it('finds every text inside a value', () => {
    expect(textsOf([{ a: 'x' }, ['y', [{ b: { c: 'z' } }]], 7, null])).toEqual(new Set(['x', 'y', 'z']));
  });
});
