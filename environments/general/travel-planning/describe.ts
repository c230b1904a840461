import type { Row, World } from '../../../src/domain/world.ts';
import type { Description } from '../../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../../src/util/rng.ts';

/** Says a city by its airport or by a venue that is there, and a venue by what it alone is in its city; null for anything else. */
export function describe(world: World, name: string, rng: Rng): Description | null {
  const find = (table: string): Row | undefined => world.rows[table]?.find((row) => row.name === name);
  const city = find('city');
  if (city) return describeCity(world, city, rng);
  for (const trait of rng.shuffle(TRAITS)) {
    const row = find(trait.table);
    const where = row && { city: String(row.city), [trait.column]: String(row[trait.column]) };
    if (where && isUnique(world, trait.table, where))
      return { says: trait.says(row), table: trait.table, where, column: 'name' };
  }
  return null;
}

interface Trait {
  readonly table: string;
  readonly column: string;
  readonly says: (row: Row) => string;
}

const TRAITS: readonly Trait[] = [
  {
    table: 'restaurant',
    column: 'cuisine',
    says: (row) => `the only restaurant with ${row.cuisine} cuisine in ${row.city}`,
  },
  {
    table: 'restaurant',
    column: 'district',
    says: (row) => `the only restaurant of ${row.city} in the district ${row.district}`,
  },
  {
    table: 'attraction',
    column: 'category',
    says: (row) => `the only attraction of the category ${row.category} in ${row.city}`,
  },
  {
    table: 'attraction',
    column: 'district',
    says: (row) => `the only attraction of ${row.city} in the district ${row.district}`,
  },
];

const VENUES = ['hotel', 'attraction', 'restaurant'] as const;

function describeCity(world: World, city: Row, rng: Rng): Description | null {
  const code = String(city.airport);
  if (code !== 'none' && isUnique(world, 'city', { airport: code }) && rng.chance(0.5)) {
    return {
      says: `the city that the airport ${code} serves`,
      table: 'city',
      where: { airport: code },
      column: 'name',
    };
  }
  const table = rng.pick(VENUES);
  const venues = (world.rows[table] ?? []).filter((row) => row.city === city.name);
  if (venues.length === 0) return null;
  const venue = String(rng.pick(venues).name);
  return { says: `the city of the ${table} ${venue}`, table, where: { name: venue }, column: 'city' };
}

const isUnique = (world: World, table: string, where: Readonly<Record<string, string>>): boolean =>
  (world.rows[table] ?? []).filter((row) => Object.entries(where).every(([column, value]) => row[column] === value))
    .length === 1;
