import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeWorld, worldHash } from '../../src/adapters/sqlite/index.ts';
import type { AnswerShape } from '../../src/domain/answer.ts';
import type { Check, Task } from '../../src/domain/task.ts';
import { SUBMIT, type Tool } from '../../src/domain/tool.ts';
import type { World } from '../../src/domain/world.ts';
import { answerCte } from '../../src/engine/answer/answer-cte.ts';
import { answerSchema } from '../../src/engine/answer/answer-schema.ts';
import { integrityChecks } from '../../src/engine/answer/integrity.ts';

export const verifiersFolder = fileURLToPath(new URL('../../src/verifiers/', import.meta.url));

/** Two towns with hotels: small enough to be judged by eye. */
export const world: World = {
  tables: [
    {
      name: 'towns',
      says: 'towns',
      key: ['name'],
      columns: [{ name: 'name', type: 'text', role: 'name', unit: 'text', says: 'name of the town' }],
    },
    {
      name: 'hotels',
      says: 'hotels',
      key: ['name'],
      columns: [
        { name: 'name', type: 'text', role: 'name', unit: 'text', says: 'name of the hotel' },
        { name: 'town', type: 'text', role: 'ref', target: 'towns.name', unit: 'text', says: 'its town' },
        { name: 'price', type: 'integer', role: 'value', unit: 'money:EUR', says: 'price of a night' },
      ],
    },
  ],
  rows: {
    towns: [{ name: 'Zürich' }, { name: "Val-d'Or" }],
    hotels: [
      { name: 'Grand Palace', town: 'Zürich', price: 30_000 },
      { name: 'Gasthof "Krone"', town: 'Zürich', price: 12_000 },
      { name: 'Auberge 🏔', town: "Val-d'Or", price: 9_000 },
    ],
  },
};

export const tools: Tool[] = [
  {
    name: 'list_towns',
    description: 'Names of all towns.',
    parameters: {},
    sql: 'SELECT name FROM towns ORDER BY rowid',
    returns: 'rows',
    effect: 'read',
  },
  {
    name: 'list_hotels',
    description: 'Names of the hotels of a town.',
    parameters: { town: { type: 'string', description: 'name of the town', key: 'towns.name' } },
    sql: 'SELECT name FROM hotels WHERE town = :town ORDER BY name',
    returns: 'rows',
    effect: 'read',
  },
  {
    name: 'get_hotel',
    description: 'All about a hotel.',
    parameters: { hotel: { type: 'string', description: 'name of the hotel', key: 'hotels.name' } },
    sql: 'SELECT name, town, price FROM hotels WHERE name = :hotel',
    returns: 'row',
    effect: 'read',
  },
  {
    name: 'count_hotels',
    description: 'Number of hotels up to a price.',
    parameters: { price: { type: 'integer', description: 'price of a night in cents' } },
    sql: 'SELECT count(*) FROM hotels WHERE price <= :price',
    returns: 'value',
    effect: 'read',
  },
];

const nights: AnswerShape['parts'][number] = {
  name: 'nights',
  key: { field: 'date', says: 'date of the night', values: ['2025-06-01', '2025-06-02'] },
  fields: [
    { name: 'hotel', says: 'name of the hotel', domain: { table: 'hotels', column: 'name' } },
    { name: 'guests', says: 'number of guests', domain: { min: 1, max: 9 } },
  ],
};
const walks: AnswerShape['parts'][number] = {
  name: 'walks',
  key: { field: 'walk', says: 'number of the walk', values: [1, 2] },
  fields: [{ name: 'town', says: 'name of the town', domain: { table: 'towns', column: 'name' } }],
};

const nightRules = (nightsTable: string): Check[] => [
  rule(
    'cheap',
    3,
    `SELECT sum(h.price) AS total FROM ${nightsTable} a JOIN hotels h ON h.name = a.hotel HAVING sum(h.price) > 25000`,
  ),
  rule('different', 2, `SELECT hotel FROM ${nightsTable} GROUP BY hotel HAVING count(*) > 1`),
  rule('pairs', 1, `SELECT date, guests FROM ${nightsTable} WHERE guests % 2 <> 0`),
  rule(
    'growing',
    1,
    `WITH ordered AS (SELECT guests, lag(guests) OVER (ORDER BY date) AS before FROM ${nightsTable})
     SELECT before, guests FROM ordered WHERE before > guests`,
  ),
];

function rule(id: string, weight: number, sql: string): Check {
  return { id, says: id, sql, weight, stage: 'rule', origin: 'test' };
}

export const shapes = { one: { parts: [nights] }, two: { parts: [nights, walks] } } satisfies Record<
  string,
  AnswerShape
>;

export const passing = {
  one: [
    { date: '2025-06-01', hotel: 'Gasthof "Krone"', guests: 2 },
    { date: '2025-06-02', hotel: 'Auberge 🏔', guests: 4 },
  ],
  get two() {
    return {
      nights: this.one,
      walks: [
        { walk: 2, town: 'Zürich' },
        { walk: 1, town: "Val-d'Or" },
      ],
    };
  },
};

export const worldBytes = encodeWorld(world);

/** A task on the world above; `checks` replaces its rules. */
export function createTask(name: keyof typeof shapes, checks?: readonly Check[]): Omit<Task, 'difficulty'> {
  const shape = shapes[name];
  const rules = checks ?? nightRules(name === 'one' ? 'answer' : 'answer_nights');
  return {
    format: 'envmint.task/1',
    id: `hotels-${name}`,
    domain: 'hotels',
    environment: 'hotels',
    world: worldHash(worldBytes),
    prompt: 'Choose hotels.',
    tools: [...tools.map((tool) => tool.name), SUBMIT],
    answer: { shape, schema: answerSchema(shape), cte: answerCte(shape) },
    checks: [...integrityChecks(shape, world.tables), ...rules],
    literals: [],
    lineage: { parent: null, steps: [] },
    engine: '0.0.0',
  };
}

export interface TaskFolder extends Disposable {
  /** The environment: world.sqlite and tasks/. */
  readonly root: string;
  readonly task: string;
}

/** An environment folder with one task, on disk until it is disposed. `task` may be anything, text is written as it is. */
export function writeTaskFolder(task: unknown): TaskFolder {
  const root = mkdtempSync(join(tmpdir(), 'envmint-verifier-'));
  const folder = join(root, 'tasks', 'hotels');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, 'world.sqlite'), worldBytes);
  writeFileSync(join(folder, 'task.json'), typeof task === 'string' ? task : JSON.stringify(task));
  for (const name of ['verify.py', 'verify.mjs']) cpSync(join(verifiersFolder, name), join(folder, name));
  return { root, task: folder, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}
