import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/task.ts';
import { createRng } from '../../src/util/rng.ts';
import { change, drawKey, type Text } from './text.ts';

const task = {
  answer: {
    cte: `SELECT 1 AS "hotel(name=stay).price", 2 AS "hotel(name=stay).stars"`,
    shape: { parts: [{ name: 'days', key: { field: 'day', says: 'day', values: ['mon', 'tue'] }, fields: [] }] },
  },
} as unknown as Task;
/** What an edit makes of a text over many draws. */
const all = (edit: Text, text: string): Set<string | null> =>
  new Set(Array.from({ length: 40 }, (_, i) => edit(text, createRng(`text/${i}`), task)));

describe('an edit', () => {
  it('moves one number, and no part of a date, a price or a name', () => {
    expect([...all(change.number, 'at most 7 on 2027-05-04 for 3.50 at 10:30')].sort()).toEqual(
      ['-3', '17', '6', '8'].map((by) => `at most ${by} on 2027-05-04 for 3.50 at 10:30`).sort(),
    );
  });

  it.each<[string, Text, string, readonly string[]]>([
    ['an operator', change.operator, 'a <= b', ['a < b', 'a >= b', 'a = b']],
    ['a direction', change.direction, 'at most 3', ['at least 3', 'less than 3', 'more than 3']],
    ['a word', change.word, 'every lunch', ['some lunch', 'every dinner']],
    ['a column', change.lookup, `"hotel(name=stay).price" > 3`, [`"hotel(name=stay).stars" > 3`]],
    ['a selected column', change.toolColumn, 'SELECT a, b FROM t', ['SELECT b AS a, a AS b FROM t']],
    ['a key', drawKey, 'on mon', ['on tue']],
  ])('exchanges %s', (_, edit, ...[text, others]) => {
    const drawn = [...all(edit, text)].filter((one) => one !== null);

    expect(drawn.sort()).toEqual([...others].sort());
  });

  it.each(Object.entries(change))('by %s gives null where there is no place for it', (_, edit) => {
    expect([...all(edit, 'nothing here')]).toEqual([null]);
  });
});
