import { describe, expect, it } from 'vitest';
import type { Answer, AnswerRow } from '../../domain/answer.ts';
import type { Constraint } from '../../domain/constraint.ts';
import { type Brief, solveWith } from './program.ts';

const stalls = [
  { name: 'Ada', price: 3 },
  { name: 'Bob', price: 4 },
  { name: 'Cyd', price: 9 },
];
const rule = (names: string[], op: 'in' | 'not in'): Constraint => ({
  kind: 'each',
  part: 'days',
  field: 'stall',
  condition: { attr: {}, op, values: names },
});

const brief: Brief = {
  shape: {
    parts: [
      {
        name: 'days',
        key: { field: 'day', says: 'day', values: ['mon', 'tue'] },
        fields: [{ name: 'stall', says: 'stall', domain: { table: 'stall', column: 'name' } }],
      },
    ],
  },
  rules: [{ kind: 'all-different', terms: [{ part: 'days', field: 'stall', attr: {} }] }],
  gather: [{ tool: 'list', into: 'stall', args: {} }],
  keys: { stall: ['name'] },
  references: {},
  seed: 1,
  nodeLimit: 100,
  reversed: false,
};

/** What the program submits. */
function solve(over: Partial<Brief>, rows: readonly object[] = stalls): readonly AnswerRow[] {
  let submitted: Answer = [];
  solveWith({ list: () => rows, submit_result: (answer) => (submitted = answer as Answer) }, { ...brief, ...over });
  return submitted as readonly AnswerRow[];
}

describe('solveWith', () => {
  it('submits an answer that keeps the rules, of names that the tools told', () => {
    const [monday, tuesday] = solve({});

    expect(monday?.stall).not.toBe(tuesday?.stall);
    expect(stalls.map((one) => one.name)).toEqual(expect.arrayContaining([monday?.stall, tuesday?.stall]));
  });

  it('finds the name behind a description, in the world as it is', () => {
    const references = { '@1': { table: 'stall', where: { price: 9 }, column: 'name' } };
    const twin = [
      { name: 'One', price: 9 },
      { name: 'Two', price: 3 },
      { name: 'Three', price: 4 },
    ];

    expect(solve({ rules: [rule(['@1'], 'in')], references }).map((row) => row.stall)).toEqual(['Cyd', 'Cyd']);
    expect(solve({ rules: [rule(['@1'], 'in')], references }, twin).map((row) => row.stall)).toEqual(['One', 'One']);
  });

  it('takes only whole texts for a placeholder', () => {
    const references = { '@1': { table: 'stall', where: { price: 9 }, column: 'name' } };

    expect(solve({ rules: [rule(['@12', 'Ada'], 'in')], references }).map((row) => row.stall)).toEqual(['Ada', 'Ada']);
  });

  it('throws where there is no answer', () => {
    expect(() => solve({ rules: [rule(['Ada'], 'in'), rule(['Ada'], 'not in')] })).toThrow(/no answer found/);
  });
});
