import { describe, expect, it } from 'vitest';
import { createWorldStore } from '../../adapters/sqlite/index.ts';
import type { Tool } from '../../domain/tool.ts';
import type { Column, World } from '../../domain/world.ts';
import { createRng } from '../../util/rng.ts';
import { wrongTool } from './tools.ts';

const text = (name: string, role: Column['role'], target?: string): Column => ({
  name,
  type: 'text',
  role,
  ...(target ? { target } : {}),
  unit: 'text',
  says: name,
});
const number = (name: string): Column => ({ name, type: 'integer', role: 'value', unit: 'count', says: name });
const world: World = {
  tables: [
    { name: 'city', says: 'cities', key: ['name'], columns: [text('name', 'name')] },
    {
      name: 'line',
      says: 'lines',
      key: ['name'],
      columns: [
        text('name', 'name'),
        text('origin', 'ref', 'city.name'),
        text('goal', 'ref', 'city.name'),
        number('km'),
        number('fare'),
      ],
    },
  ],
  rows: {
    city: ['Bath', 'Cork', 'Derby'].map((name) => ({ name })),
    line: [
      { name: 'L1', origin: 'Bath', goal: 'Cork', km: 10, fare: 3 },
      { name: 'L2', origin: 'Cork', goal: 'Bath', km: 11, fare: 4 },
      { name: 'L3', origin: 'Bath', goal: 'Derby', km: 12, fare: 5 },
    ],
  },
};
const city = { type: 'string', description: 'a city', key: 'city.name' } as const;
const line = { type: 'string', description: 'a line', key: 'line.name' } as const;
const fare = { type: 'integer', description: 'highest fare' } as const;

const check = (sql: string, parameters: Tool['parameters'], returns: Tool['returns'] = 'rows'): string | null => {
  const worlds = createWorldStore();
  using opened = worlds.open(worlds.encode(world));
  const tool: Tool = { name: 'ask', description: '', parameters, sql, returns, effect: 'read' };
  return wrongTool(tool, { world: opened, ...world, calls: 50, rng: createRng('tools') });
};

describe('wrongTool', () => {
  it.each<[string, Tool['parameters'], Tool['returns']?]>([
    ['SELECT name FROM city ORDER BY name', {}],
    ['SELECT name, goal, km FROM line WHERE origin = :city ORDER BY name', { city }],
    ['SELECT goal FROM line WHERE name = :line ORDER BY goal', { line }, 'value'],
    [
      'SELECT name FROM line WHERE origin = :origin AND fare <= :max_fare ORDER BY fare',
      { origin: city, max_fare: fare },
    ],
    ['SELECT count(*) AS lines FROM line WHERE origin = :city', { city }, 'value'],
    ['SELECT DISTINCT a.name FROM city a JOIN line b ON b.goal = a.name WHERE b.name = :line ORDER BY 1', { line }],
  ])('finds nothing wrong with %s', (sql, parameters, returns) => {
    expect(check(sql, parameters, returns)).toBeNull();
  });

  it.each<[string, Tool['parameters'], string, Tool['returns']?]>([
    ['SELECT name, goal, km FROM line WHERE origin <> :city ORDER BY name', { city }, 'the world does not say'],
    ['SELECT name FROM line WHERE origin = :city OR fare > 3 ORDER BY name', { city }, 'the world does not say'],
    [
      'SELECT name, fare AS km, km AS fare FROM line WHERE name = :line ORDER BY name',
      { line },
      'the world does not say',
      'row',
    ],
    ['SELECT goal FROM line WHERE name > :line ORDER BY goal', { line }, 'the world does not say', 'value'],
    [
      'SELECT name, goal AS origin FROM line WHERE origin = :origin ORDER BY name',
      { origin: city },
      'the world does not say',
    ],
    [
      'SELECT name FROM line WHERE origin = :origin AND fare >= :max_fare ORDER BY fare',
      { origin: city, max_fare: fare },
      'tells nothing',
    ],
  ])('finds what is wrong with %s', (sql, ...[parameters, says, returns]) => {
    expect(check(sql, parameters, returns)).toContain(says);
  });
});
