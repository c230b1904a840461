import { DatabaseSync } from 'node:sqlite';
import type { Answer, AnswerShape } from '../../src/domain/answer.ts';
import type { Constraint } from '../../src/domain/constraint.ts';
import type { Rows, Table } from '../../src/domain/world.ts';
import { answerCte } from '../../src/engine/answer/answer-cte.ts';
import { lookupsOf, toSql } from '../../src/engine/constraints/sql/index.ts';
import type { Rng } from '../../src/util/rng.ts';

/** A world small enough to be searched by brute force, with every kind of table that a constraint can speak of. */
export interface Arena {
  readonly shape: AnswerShape;
  readonly rows: Rows;
  /** Whether the check finds a violation. */
  violates(node: Constraint, answer: Answer): boolean;
}

export const KEYS = ['k1', 'k2', 'k3'] as const;
export const LEGS = [1, 2] as const;
export const KINDS = ['red', 'green', 'blue'] as const;
export const ITEMS = ['Alder', "O'Brien", 'Cedar', 'Dogwood'] as const;

const column = (name: string, type: 'text' | 'integer', role: 'name' | 'value' = 'value') =>
  ({ name, type, role, unit: 'count', says: name }) as const;
export const TABLES: readonly Table[] = [
  {
    name: 'item',
    says: 'items',
    key: ['name'],
    columns: [
      column('name', 'text', 'name'),
      column('kind', 'text'),
      column('price', 'integer'),
      column('size', 'integer'),
    ],
  },
  {
    name: 'rate',
    says: 'rates',
    key: ['item', 'slot'],
    columns: [column('item', 'text'), column('slot', 'text'), column('fee', 'integer')],
  },
  { name: 'member', says: 'members', key: ['club', 'slot'], columns: [column('club', 'text'), column('slot', 'text')] },
  {
    name: 'slot',
    says: 'slots',
    key: ['code'],
    columns: [column('code', 'text', 'name'), column('family', 'text'), column('need', 'integer')],
  },
  {
    name: 'setup',
    says: 'set-up times',
    key: ['a', 'b'],
    columns: [column('a', 'text'), column('b', 'text'), column('t', 'integer')],
  },
  { name: 'friends', says: 'pairs', key: ['x', 'y'], columns: [column('x', 'text'), column('y', 'text')] },
];

export function createArena(rng: Rng): Arena {
  const shape: AnswerShape = {
    parts: [
      {
        name: 'days',
        key: { field: 'day', says: 'slot code', values: [...KEYS] },
        fields: [
          { name: 'item', says: 'item', domain: { table: 'item', column: 'name' } },
          { name: 'start', says: 'start', domain: { min: 0, max: 4 } },
        ],
      },
      {
        name: 'legs',
        key: { field: 'leg', says: 'leg', values: [...LEGS] },
        fields: [{ name: 'extra', says: 'item', domain: { table: 'item', column: 'name' } }],
      },
    ],
  };
  const rows: Rows = {
    item: ITEMS.map((name) => ({ name, kind: rng.pick(KINDS), price: rng.int(1, 6), size: rng.int(1, 2) })),
    // Some look-ups come back empty on purpose.
    rate: ITEMS.flatMap((item) =>
      KEYS.filter(() => rng.chance(0.85)).map((slot) => ({ item, slot, fee: rng.int(0, 5) })),
    ),
    member: ['x', 'y'].flatMap((club) => KEYS.filter(() => rng.chance(0.7)).map((slot) => ({ club, slot }))),
    slot: KEYS.map((code) => ({ code, family: rng.pick(['f', 'g']), need: rng.int(1, 3) })),
    setup: [
      ['f', 'g'],
      ['g', 'f'],
    ].map(([a, b]) => ({ a: a as string, b: b as string, t: rng.int(0, 2) })),
    friends: ITEMS.flatMap((x) => ITEMS.filter(() => rng.chance(0.5)).map((y) => ({ x, y }))),
  };
  const database = new DatabaseSync(':memory:');
  for (const table of TABLES) {
    const names = table.columns.map((one) => one.name);
    database.exec(`CREATE TABLE ${table.name} (${names.join(', ')})`);
    const insert = database.prepare(`INSERT INTO ${table.name} VALUES (${names.map(() => '?').join(', ')})`);
    for (const row of rows[table.name] ?? []) insert.run(...names.map((name) => row[name] ?? null));
  }
  return {
    shape,
    rows,
    violates: (node, answer) =>
      database
        .prepare(`${answerCte(shape, lookupsOf(shape, [node]))} ${toSql(shape, node)}`)
        .all({ answer: JSON.stringify(answer) }).length > 0,
  };
}
