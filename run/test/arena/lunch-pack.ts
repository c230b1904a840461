import type { AnswerShape } from '../../src/domain/answer.ts';
import { LEVELS, type Level } from '../../src/domain/task.ts';
import type { Tool } from '../../src/domain/tool.ts';
import type { Table, World } from '../../src/domain/world.ts';
import type { DomainPack, Frame, LevelSpec, PaletteEntry, Rule } from '../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../src/util/rng.ts';

/** Where to have lunch on each day and when: a domain small enough that a whole audit takes a fraction of a second. */
const tables: readonly Table[] = [
  {
    name: 'hall',
    says: 'halls',
    key: ['name'],
    columns: [{ name: 'name', type: 'text', role: 'name', unit: 'text', says: 'name of the hall' }],
  },
  {
    name: 'stall',
    says: 'stalls',
    key: ['name'],
    columns: [
      { name: 'name', type: 'text', role: 'name', unit: 'text', says: 'name of the stall' },
      {
        name: 'hall',
        type: 'text',
        role: 'ref',
        target: 'hall.name',
        unit: 'text',
        says: 'the hall that it stands in',
      },
      { name: 'price', type: 'integer', role: 'value', unit: 'money:EUR', says: 'price of a lunch' },
      { name: 'rating', type: 'integer', role: 'value', unit: 'tenths', says: 'stars' },
    ],
  },
  {
    name: 'queue',
    says: 'waiting times',
    key: ['stall', 'day'],
    columns: [
      { name: 'stall', type: 'text', role: 'ref', target: 'stall.name', unit: 'text', says: 'the stall' },
      { name: 'day', type: 'text', role: 'value', unit: 'text', says: 'day of the week' },
      { name: 'wait', type: 'integer', role: 'value', unit: 'minutes', says: 'waiting time' },
    ],
  },
];

const lookUp = (name: string, sql: string, over: Partial<Tool> = {}): Tool => ({
  name,
  description: name.replaceAll('_', ' '),
  parameters: {},
  sql,
  returns: 'rows',
  effect: 'read',
  ...over,
});
const parameters = { stall: { type: 'string', description: 'name of the stall', key: 'stall.name' } } as const;
const tools: readonly Tool[] = [
  lookUp('list_halls', 'SELECT name FROM hall ORDER BY name'),
  lookUp('list_stalls', 'SELECT name, hall FROM stall WHERE hall = :hall ORDER BY name', {
    parameters: { hall: { type: 'string', description: 'name of the hall', key: 'hall.name' } },
  }),
  lookUp('get_stall', 'SELECT name, hall, price, rating FROM stall WHERE name = :stall', {
    parameters,
    returns: 'row',
  }),
  lookUp('list_queues', 'SELECT stall, day, wait FROM queue WHERE stall = :stall ORDER BY day', { parameters }),
  lookUp('cheapest_stall', 'SELECT name FROM stall ORDER BY price, name LIMIT 1', { returns: 'value' }),
];

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const STALLS = [
  'Amber',
  "O'Hara's",
  'Cedar',
  'Dill & Sons',
  'Elm',
  'Fig',
  'Gorse',
  'Hazel',
  'Iris',
  'Juniper',
  'Kale',
  'Lovage',
];
const HALLS = ['North Hall', 'South Hall', 'Yard'];

function createWorld(rng: Rng): World {
  const stall = rng.shuffle(STALLS).map((name, i) => ({
    name,
    hall: HALLS[i % HALLS.length] as string,
    price: rng.int(50, 140) * 10,
    rating: rng.int(25, 49),
  }));
  const queue = stall.flatMap(({ name }) => DAYS.map((day) => ({ stall: name, day, wait: rng.int(2, 30) })));
  return { tables, rows: { hall: HALLS.map((name) => ({ name })), stall, queue } };
}

const shapeOf = (size: number): AnswerShape => ({
  parts: [
    {
      name: 'lunches',
      key: { field: 'day', says: 'day of the week', values: DAYS.slice(0, size) },
      fields: [
        { name: 'stall', says: 'name of the stall', domain: { table: 'stall', column: 'name' } },
        { name: 'start', says: 'minutes after 12:00', domain: { min: 0, max: 20 } },
      ],
    },
  ],
});

const stalls = (column?: string) => ({ part: 'lunches', field: 'stall', attr: column ? { column } : {} });
const frameRules: readonly Rule[] = [
  {
    id: 'variety',
    constraint: { kind: 'all-different', terms: [stalls()] },
    wording: { subject: 'the stalls of the days', unit: 'text' },
  },
  {
    id: 'patience',
    constraint: {
      kind: 'each',
      part: 'lunches',
      field: 'stall',
      condition: {
        attr: { table: 'queue', on: { stall: 'stall', day: 'day' }, column: 'wait' },
        op: '<=',
        values: [24],
      },
    },
    wording: { subject: 'the waiting time at the stall on its day', unit: 'minutes' },
  },
  {
    id: 'apart',
    constraint: { kind: 'spacing', terms: [{ part: 'lunches', field: 'start', attr: {} }], gap: 3 },
    wording: { subject: 'the starts of any two days', unit: 'minutes' },
  },
];

function frame(_world: World, size: number): Frame {
  return { size, shape: shapeOf(size), rules: frameRules, facts: { first: 'mon' } };
}

const loosen = (value: number, slack: number): number => Math.round(Math.abs(value) * slack);

const palette: readonly PaletteEntry[] = [
  {
    id: 'budget',
    role: 'bound',
    from: 1,
    times: 1,
    propose({ frame: { shape }, witness, slack }) {
      const sum =
        shape.parts[0]?.key.values.reduce<number>(
          (total, key) => total + Number(witness.row('lunches', key, 'stall').price),
          0,
        ) ?? 0;
      return {
        id: 'budget',
        constraint: {
          kind: 'aggregate',
          fn: 'sum',
          terms: [stalls('price')],
          op: '<=',
          bound: sum + loosen(sum, slack),
        },
        wording: { subject: 'the price of all lunches', unit: 'money:EUR' },
      };
    },
  },
  {
    id: 'stars',
    role: 'bound',
    from: 1,
    times: 1,
    propose({ frame: { shape }, witness, slack }) {
      const sum =
        shape.parts[0]?.key.values.reduce<number>(
          (total, key) => total + Number(witness.row('lunches', key, 'stall').rating),
          0,
        ) ?? 0;
      return {
        id: 'stars',
        constraint: {
          kind: 'aggregate',
          fn: 'sum',
          terms: [stalls('rating')],
          op: '>=',
          bound: sum - loosen(sum, slack),
        },
        wording: { subject: 'the sum of the stars', unit: 'tenths' },
      };
    },
  },
  {
    id: 'late',
    role: 'couple',
    from: 1,
    times: 2,
    propose({ frame: { shape }, witness, rng, rules }) {
      const day = rng.pick(shape.parts[0]?.key.values ?? []);
      const start = Number(witness.value('lunches', day, 'start'));
      if (start < 3 || rules.some(({ constraint }) => constraint.kind === 'each' && constraint.keys?.[0] === day))
        return null;
      return {
        id: 'late',
        constraint: {
          kind: 'each',
          part: 'lunches',
          field: 'start',
          keys: [day],
          condition: { attr: {}, op: '>=', values: [start] },
        },
        wording: { subject: `the start on ${day}`, unit: 'minutes' },
      };
    },
  },
  {
    id: 'hall-whenever',
    role: 'conditional',
    from: 1,
    times: 1,
    propose({ frame: { shape }, witness, rng }) {
      const hall = rng.pick(HALLS);
      const starts = (shape.parts[0]?.key.values ?? [])
        .filter((key) => witness.row('lunches', key, 'stall').hall === hall)
        .map((key) => Number(witness.value('lunches', key, 'start')));
      const least = Math.min(...starts);
      if (starts.length === 0 || least < 2) return null;
      return {
        id: 'hall-whenever',
        constraint: {
          kind: 'whenever',
          part: 'lunches',
          when: { field: 'stall', condition: { attr: { column: 'hall' }, op: '=', values: [hall] } },
          then: { field: 'start', condition: { attr: {}, op: '>=', values: [least] } },
        },
        wording: {
          subject: 'lunches',
          unit: 'minutes',
          parts: { when: `the stall stands in ${hall}`, then: 'the start is {thenCondition}' },
        },
      };
    },
  },
];

const levelOf = (level: Level): LevelSpec => ({
  size: Math.min(2 + Math.ceil(level / 2), DAYS.length),
  rules: Math.min(2 + Math.floor(level / 2), 5),
  conditionals: 1,
  slack: 0.16 - level * 0.02,
  indirect: level >= 5,
  forbidGreedy: false,
  narrowTools: level >= 4,
});

export const lunchPack: DomainPack = {
  name: 'lunch',
  version: '1',
  title: 'Lunch plans',
  cores: ['slot filling'],
  provenance: [{ what: 'all rows', source: 'drawn', licence: 'CC0-1.0', attribution: '' }],
  tables,
  tools,
  aggregateTools: ['cheapest_stall'],
  gather: [
    { tool: 'list_halls', into: 'hall', args: {} },
    { tool: 'list_stalls', into: 'stall', args: { hall: 'hall.name' } },
    { tool: 'get_stall', into: 'stall', args: { stall: 'stall.name' } },
    { tool: 'list_queues', into: 'queue', args: { stall: 'stall.name' } },
  ],
  invariants: [],
  levels: Object.fromEntries(LEVELS.map((level) => [level, levelOf(level)])) as Readonly<Record<Level, LevelSpec>>,
  palette,
  createWorld,
  frame,
  narrate: () => ({
    intro: ['Plan the lunches of the week, please.'],
    lead: 'What matters to us:',
    notes: ['Starts are minutes after 12:00.'],
  }),
  describe(world, name) {
    const row = world.rows.stall?.find((one) => one.name === name);
    return row
      ? {
          says: `the stall with ${Number(row.rating) / 10} stars at ${row.price} cents`,
          table: 'stall',
          where: { price: Number(row.price), rating: Number(row.rating) },
          column: 'name',
        }
      : null;
  },
};

/** The same domain with all rules fixed in its frame, so that a test knows every rule of its task whatever the ladder draws. */
export const fixedLunchPack: DomainPack = {
  ...lunchPack,
  levels: Object.fromEntries(
    LEVELS.map((level) => [level, { ...levelOf(level), rules: 0, conditionals: 0 }]),
  ) as Readonly<Record<Level, LevelSpec>>,
  palette: [],
  frame(world, size, rng) {
    const prices = (world.rows.stall ?? []).map((row) => Number(row.price)).sort((a, b) => a - b);
    const least = prices.slice(0, size).reduce((sum, price) => sum + price, 0);
    return {
      ...frame(world, size),
      rules: [...frameRules, ...fixedRules(least, size)],
      facts: { first: rng.pick(['mon']) },
    };
  },
};

const total = (column: string, op: '<=' | '>=', bound: number) => ({
  kind: 'aggregate' as const,
  fn: 'sum' as const,
  terms: [stalls(column)],
  op,
  bound,
});

function fixedRules(least: number, size: number): Rule[] {
  const tenths = (value: number): number => Math.round(value / 10) * 10;
  return [
    {
      id: 'budget',
      constraint: total('price', '<=', tenths(least * 1.35)),
      wording: { subject: 'the price of all lunches', unit: 'money:EUR' },
    },
    {
      id: 'north',
      constraint: {
        kind: 'whenever',
        part: 'lunches',
        when: { field: 'stall', condition: { attr: { column: 'hall' }, op: '=', values: ['North Hall'] } },
        then: { field: 'start', condition: { attr: {}, op: '>=', values: [6] } },
      },
      wording: {
        subject: 'lunches',
        unit: 'minutes',
        parts: { when: 'the stall stands in North Hall', then: 'the start is {thenCondition}' },
      },
    },
    {
      id: 'monday',
      constraint: {
        kind: 'tier',
        on: { part: 'lunches', key: 'mon', field: 'stall', attr: { column: 'price' } },
        tiers: [
          { from: 0, until: 800, then: [total('rating', '>=', 37 * size)] },
          { from: 800, until: null, then: [total('price', '<=', tenths(least * 1.25))] },
        ],
      },
      wording: {
        subject: 'the price on mon',
        unit: 'money:EUR',
        nested: [
          { subject: 'the sum of the stars', unit: 'tenths' },
          { subject: 'the price of all lunches', unit: 'money:EUR' },
        ],
      },
    },
  ];
}
