import type { Row, World } from '../../../src/domain/world.ts';
import type { Description } from '../../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../../src/util/rng.ts';

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

interface Pattern {
  readonly table: string;
  /** Columns that tell one row from all others. */
  readonly by: readonly string[];
  readonly says: (row: Row) => string;
}

const PATTERNS: readonly Pattern[] = [
  { table: 'hall', by: ['supervisor'], says: ({ supervisor }) => `the hall that ${supervisor} supervises` },
  {
    table: 'machine',
    by: ['kind', 'hall', 'installed'],
    says: ({ kind, hall, installed }) => `the machine of kind "${kind}" in ${hall} that was installed in ${installed}`,
  },
  { table: 'machine', by: ['installed'], says: ({ installed }) => `the machine that was installed in ${installed}` },
  {
    table: 'job',
    by: ['customer', 'quantity'],
    says: ({ customer, quantity }) => `the job of ${customer} for ${quantity} pieces`,
  },
  {
    table: 'operation',
    by: ['job', 'position'],
    says: ({ job, position }) => `the ${ORDINALS[(position as number) - 1]} operation of ${job}`,
  },
  {
    table: 'skill',
    by: ['training_days'],
    says: ({ training_days: days }) => `the skill that takes ${days} days of training`,
  },
  {
    table: 'family',
    by: ['hardness'],
    says: ({ hardness }) => `the material family with a hardness score of ${hardness}`,
  },
];

/** Says a name by other columns of its row that fit no other row of the table; null where all patterns fit several. */
export function describe(world: World, name: string, rng: Rng): Description | null {
  const fitting = PATTERNS.flatMap(({ table, by, says }): Description[] => {
    const rows = world.rows[table] ?? [];
    const row = rows.find((one) => one.name === name);
    if (!row) return [];
    const alike = rows.filter((other) => by.every((column) => other[column] === row[column]));
    const where = Object.fromEntries(by.map((column) => [column, row[column] as string | number]));
    return alike.length === 1 ? [{ says: says(row), table, where, column: 'name' }] : [];
  });
  return fitting.length > 0 ? rng.pick(fitting) : null;
}
