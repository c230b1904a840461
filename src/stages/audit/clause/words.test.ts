import { describe, expect, it } from 'vitest';
import type { AnswerShape } from '../../../domain/answer.ts';
import type { Constraint, Pick } from '../../../domain/constraint.ts';
import type { Table } from '../../../domain/world.ts';
import { misworded } from './words.ts';

const venue = (name: string): Table => ({
  name,
  says: name,
  key: ['name'],
  columns: [
    { name: 'name', type: 'text', role: 'name', unit: 'text', says: 'name' },
    { name: 'cuisine', type: 'text', role: 'value', unit: 'text', says: 'cuisine' },
    { name: 'price_cents', type: 'integer', role: 'value', unit: 'money:EUR', says: 'price of a meal' },
    { name: 'rating_tenths', type: 'integer', role: 'value', unit: 'tenths', says: 'guest rating' },
  ],
});
const tables = [venue('restaurant'), venue('hotel')];
const shape: AnswerShape = {
  parts: [
    {
      name: 'days',
      key: { field: 'day', says: 'day', values: ['mon', 'tue'] },
      fields: [
        { name: 'lunch', says: 'lunch', domain: { table: 'restaurant', column: 'name' } },
        { name: 'dinner', says: 'dinner', domain: { table: 'restaurant', column: 'name' } },
        { name: 'hotel', says: 'hotel', domain: { table: 'hotel', column: 'name' } },
      ],
    },
  ],
};

const pick = (field: string, column?: string): Pick => ({ part: 'days', field, attr: column ? { column } : {} });
const total = (fn: 'sum' | 'average', ...terms: Pick[]): Constraint => ({
  kind: 'aggregate',
  fn,
  terms,
  op: '<=',
  bound: 4000,
});
const relate = (op: '=' | '<>'): Constraint => ({
  kind: 'relate',
  left: pick('lunch', 'cuisine'),
  right: pick('dinner', 'cuisine'),
  pairs: [['mon', 'mon']],
  op,
  offset: 0,
});
const lunches = total('sum', pick('lunch', 'price_cents'));
const meals = total('sum', pick('lunch', 'price_cents'), pick('dinner', 'price_cents'));
const variety: Constraint = { kind: 'all-different', terms: [pick('lunch'), pick('dinner')] };
const cuisines: Constraint = { kind: 'distinct', terms: [pick('lunch', 'cuisine')], op: '>=', bound: 2 };
const perCuisine: Constraint = { kind: 'group-limit', terms: [pick('lunch', 'cuisine')], op: '<=', bound: 2 };
const wish: Constraint = { kind: 'group-limit', terms: [pick('lunch')], op: '>=', bound: 1, values: ['Copper Fox'] };

describe('misworded', () => {
  it.each<[Constraint, string, string]>([
    [
      lunches,
      'The sum of the prices of all lunches is at most 40.00 EUR.',
      'The sum of the prices of all dinners is at most 40.00 EUR.',
    ],
    [lunches, 'All lunches cost at most 40.00 EUR.', 'Some lunches cost at most 40.00 EUR.'],
    [lunches, 'The price of all lunches is at most 40.00 EUR.', 'The rating of all lunches is at most 40.00 EUR.'],
    [
      lunches,
      'The sum of the prices of all lunches is at most 40.00 EUR.',
      'The average of the prices of all lunches is at most 40.00 EUR.',
    ],
    [
      total('average', pick('lunch', 'price_cents')),
      'On average a lunch costs at most 40.00 EUR.',
      'The sum of the prices of all lunches is at most 40.00 EUR.',
    ],
    [meals, 'Lunch and dinner cost at most 40.00 EUR.', 'Lunch and lunch cost at most 40.00 EUR.'],
    [
      variety,
      'Lunches and dinners are all at different restaurants.',
      'Lunches and dinners are all at equal restaurants.',
    ],
    [
      variety,
      'No restaurant is used twice, for lunch or for dinner.',
      'Every restaurant is used twice, for lunch or for dinner.',
    ],
    [
      relate('<>'),
      'On mon, lunch and dinner are not of one cuisine.',
      'On mon, lunch and dinner are only of one cuisine.',
    ],
    [relate('='), 'On mon, lunch has the same cuisine as dinner.', 'On mon, lunch has the other cuisine as dinner.'],
    [cuisines, 'At least 2 different cuisines of lunch.', 'At least 2 equal cuisines of lunch.'],
    [
      perCuisine,
      'For any one cuisine there are at most 2 lunches.',
      'For the one cuisine there are at most 2 lunches.',
    ],
  ])('of %o takes "%s" and not "%s"', (constraint, right, wrong) => {
    expect(misworded(right, constraint, { shape, tables })).toBeNull();
    expect(misworded(wrong, constraint, { shape, tables })).not.toBeNull();
  });

  it('lets a name be described by what its rule does not read', () => {
    expect(
      misworded('The restaurant next to the hotel Albion must be among the lunches.', wish, { shape, tables }),
    ).toBeNull();
    expect(misworded('Copper Fox must be among the dinners.', wish, { shape, tables })).not.toBeNull();
  });

  it('takes no word of a name for one that speaks of something', () => {
    const named: Constraint = { ...wish, values: ['Dinner at Some Hotel'] };

    expect(misworded('Dinner at Some Hotel must be among the lunches.', named, { shape, tables })).toBeNull();
    expect(misworded('Dinner at Some Hotel must be among the dinners.', named, { shape, tables })).not.toBeNull();
  });

  it('lets a clause say before a colon why it is there', () => {
    expect(
      misworded('Some are short of money: all lunches cost at most 40.00 EUR.', lunches, { shape, tables }),
    ).toBeNull();
  });
});
