import { describe, expect, it } from 'vitest';
import type { Constraint } from '../../../domain/constraint.ts';
import { toClause } from './index.ts';
import type { Wording } from './wording.ts';

const terms = [{ part: 'days', field: 'item', attr: { column: 'price' } }];
const side = { part: 'days', field: 'item', attr: { column: 'price' } };
const pairs: [string, string][] = [['a', 'b']];
const intervals = { part: 'days', start: 'start', duration: { field: 'item', attr: { column: 'size' } } };
const each = (op: '<=' | '>=' | '=' | '<>' | 'in' | 'not in', ...values: (string | number)[]): Constraint => ({
  kind: 'each',
  part: 'days',
  field: 'item',
  condition: { attr: { column: 'kind' }, op, values },
});
const relate = (op: '<' | '<=' | '=' | '<>' | '>=' | '>', offset: number): Constraint => ({
  kind: 'relate',
  left: side,
  right: side,
  pairs,
  op,
  offset,
});
const say = (node: Constraint, wording: Partial<Wording> = {}, variant = 0): string =>
  toClause(node, { subject: 'the price', unit: 'count', ...wording }, variant);

describe('toClause', () => {
  it.each<[string, Constraint, Partial<Wording>, string]>([
    ['all-different', { kind: 'all-different', terms }, { subject: 'the hotels' }, 'The hotels must all be different.'],
    [
      'aggregate',
      { kind: 'aggregate', fn: 'sum', terms, op: '<=', bound: 35000 },
      { unit: 'money:EUR' },
      'The price must be at most 350.00 EUR.',
    ],
    [
      'distinct',
      { kind: 'distinct', terms, op: '>=', bound: 3 },
      { subject: 'halls' },
      'There must be at least 3 different halls.',
    ],
    [
      'group-limit',
      { kind: 'group-limit', terms, op: '<=', bound: 2 },
      { parts: { group: 'hall' }, unit: 'plain:lunches' },
      'For any one hall, the price must be at most 2 lunches.',
    ],
    [
      'precedence',
      { kind: 'precedence', intervals, pairs, lag: 15 },
      { subject: 'cutting comes before drilling', unit: 'minutes' },
      'Cutting comes before drilling, with 15 minutes in between at least.',
    ],
    [
      'no-overlap',
      { kind: 'no-overlap', intervals },
      { subject: 'jobs on one machine' },
      'Jobs on one machine must not overlap.',
    ],
    [
      'cumulative',
      { kind: 'cumulative', intervals, demand: { field: 'item', attr: {} }, capacity: 4 },
      { subject: 'the crew at work', unit: 'plain:people' },
      'At no moment may the crew at work exceed 4 people.',
    ],
    ['each', each('in', 'red', 'blue'), {}, 'The price must be red or blue.'],
    [
      'window',
      { kind: 'window', terms, from: 540, until: 600 },
      { subject: 'the start', unit: 'clock' },
      'The start must not be earlier than 09:00 and must be earlier than 10:00.',
    ],
    [
      'pairs',
      {
        kind: 'pairs',
        mode: 'forbidden',
        left: side,
        right: side,
        pairs,
        list: [
          ['A', 'B'],
          ['C', 'D'],
        ],
      },
      { templates: ['do not pair {list}'] },
      'Do not pair A with B or C with D.',
    ],
    [
      'balance',
      { kind: 'balance', terms, values: ['x', 'y'], spread: 1 },
      { parts: { group: 'halls' } },
      'The price may differ by 1 at most between any two halls.',
    ],
    [
      'spacing',
      { kind: 'spacing', terms, gap: 20 },
      { subject: 'starts', unit: 'minutes' },
      'Starts must be at least 20 minutes apart.',
    ],
    [
      'running',
      { kind: 'running', part: 'days', keys: ['a'], terms, initial: 0, low: -5, high: 30 },
      { subject: 'the stock', parts: { group: 'day' } },
      'After each day, the stock so far must be at least -5 and at most 30.',
    ],
  ])('says %s', (...[, node, wording, expected]) => {
    expect(say(node, wording)).toBe(expected);
  });

  it.each<[Constraint, string]>([
    [relate('=', 0), 'The price must be the same as that of b.'],
    [relate('<>', 0), 'The price must be different from that of b.'],
    [relate('<', 0), 'The price must be less than that of b.'],
    [relate('<=', 0), 'The price must be at most that of b.'],
    [relate('>', 0), 'The price must be more than that of b.'],
    [relate('>=', 0), 'The price must be at least that of b.'],
    [relate('>=', 30), 'The price must be at least 30 more than that of b.'],
    [relate('<=', 30), 'The price must be at most 30 more than that of b.'],
    [relate('=', 30), 'The price must be exactly 30 more than that of b.'],
    [relate('<=', -30), 'The price must be at least 30 less than that of b.'],
    [relate('<', -30), 'The price must be more than 30 less than that of b.'],
    [relate('>=', -30), 'The price must be at most 30 less than that of b.'],
    [relate('>', -30), 'The price must be less than 30 less than that of b.'],
    [relate('=', -30), 'The price must be exactly 30 less than that of b.'],
  ])('turns the direction of a relation with its offset: %#', (node, expected) => {
    expect(say(node, { parts: { object: 'that of b' } })).toBe(expected);
  });

  it.each<[Constraint, string]>([
    [each('=', 'red'), 'red'],
    [each('<>', 'red'), 'not red'],
    [each('in', 'red'), 'red'],
    [each('in', 'red', 'green', 'blue'), 'red, green or blue'],
    [each('not in', 'red', 'green'), 'neither red nor green'],
    [each('not in', 'red'), 'not red'],
    [each('not in', 'New York'), 'not New York'],
    [each('=', 4), 'exactly 4'],
    [each('<>', 4), 'anything but 4'],
    [each('<=', 4), 'at most 4'],
  ])('says a condition: %#', (node, expected) => {
    expect(say(node)).toBe(`The price must be ${expected}.`);
  });

  const budget: Constraint = { kind: 'aggregate', fn: 'sum', terms, op: '<=', bound: 100 };
  const nested: Wording = { subject: 'the sum', unit: 'count' };
  const tier: Constraint = {
    kind: 'tier',
    on: { part: 'days', key: 'a', field: 'item', attr: {} },
    tiers: [
      { from: 0, until: 10, then: [budget] },
      { from: 10, until: 20, then: [budget, { ...budget, bound: 7 } as never] },
      { from: 20, until: null, then: [budget] },
    ],
  };

  it('says a count of none and an even balance as people do, and bounds of other sums as they are', () => {
    const none: Constraint = { kind: 'aggregate', fn: 'count', terms, op: '<=', bound: 0 };
    const even: Constraint = { kind: 'balance', terms, values: ['x', 'y'], spread: 0 };
    const halls = { subject: 'the loads', parts: { group: 'halls' } };

    expect([0, 1].map((variant) => say(none, { subject: 'the number of flights' }, variant))).toEqual([
      'The number of flights must be 0.',
      'See to it that the number of flights is 0.',
    ]);
    expect(say({ ...none, op: '>=', bound: 1 })).toBe('The price must be at least 1.');
    expect(say({ ...none, fn: 'sum' })).toBe('The price must be at most 0.');
    expect(say(even, halls)).toBe('The loads must be equal for any two halls.');
    expect(say(even, { ...halls, even: ['all {group} get as much'], templates: ['{spread} apart'] })).toBe(
      'All halls get as much.',
    );
    expect(say({ ...even, spread: 2 }, { ...halls, even: ['all {group} get as much'] })).toBe(
      'The loads may differ by 2 at most between any two halls.',
    );
  });

  it('says what holds under a condition', () => {
    const node: Constraint = {
      kind: 'implies',
      when: [{ part: 'days', key: 'a', field: 'item', condition: { attr: {}, op: '=', values: ['X'] } }],
      then: budget as never,
    };
    const wording = { parts: { when: 'X is chosen on a' }, nested: [nested] };

    expect(say(node, wording)).toBe('If X is chosen on a, then the sum must be at most 100.');
    expect(say(node, wording, 1)).toBe('See to it that the sum is no more than 100, provided that X is chosen on a.');
  });

  it('says a rule of every row, with conditions inside its parts', () => {
    const node: Constraint = {
      kind: 'whenever',
      part: 'days',
      when: { field: 'item', condition: { attr: {}, op: '>=', values: [3] } },
      then: { field: 'start', condition: { attr: {}, op: '<', values: [9] } },
    };

    expect(say(node, { parts: { when: 'the item costs {whenCondition}', then: 'the start is {thenCondition}' } })).toBe(
      'Whenever the item costs at least 3, the start is less than 9.',
    );
  });

  it('says both ends of every tier, and every demand of it', () => {
    expect(say(tier, { nested: Array.from({ length: 4 }, () => nested) })).toBe(
      'If the price is less than 10, the sum must be at most 100; ' +
        'if the price is at least 10 but less than 20, the sum must be at most 100 and the sum must be at most 7; ' +
        'if the price is at least 20, the sum must be at most 100.',
    );
  });

  it('chooses among templates by the variant and fills a placeholder of a placeholder', () => {
    const templates = ['one {subject}', 'two {limit}'];

    expect([0, 1, 2, 3].map((variant) => say(budget, { templates, subject: 'of {bound}' }, variant))).toEqual([
      'One of 100.',
      'Two no more than 100.',
      'One of 100.',
      'Two no more than 100.',
    ]);
  });

  it('refuses a wording that leaves a placeholder or a branch without words', () => {
    expect(() => say(budget, { templates: ['{nothing} of it'] })).toThrow(/no value for \{nothing\}/);
    expect(() => say(tier, { nested: [nested] })).toThrow(/nested words number 1/);
  });
});
