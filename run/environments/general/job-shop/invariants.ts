import type { Invariant } from '../../../src/stages/synthesize/pack.ts';
import { tables } from './tables.ts';
import { HORIZON, SLOT_MINUTES } from './terms.ts';

const named = tables.filter(({ key }) => key.length === 1 && key[0] === 'name').map(({ name }) => name);
const references = tables.flatMap((table) =>
  table.columns.flatMap(({ name, target }) => (target ? [{ table: table.name, column: name, target }] : [])),
);

export const invariants: readonly Invariant[] = [
  {
    says: 'names are unique in the whole world',
    sql: `SELECT name FROM (${named.map((table) => `SELECT name FROM ${table}`).join(' UNION ALL ')}) GROUP BY name HAVING COUNT(*) > 1`,
  },
  {
    says: 'names are of 1 to 60 characters',
    sql: `SELECT name FROM (${named.map((table) => `SELECT name FROM ${table}`).join(' UNION ALL ')}) WHERE LENGTH(name) NOT BETWEEN 1 AND 60`,
  },
  {
    says: 'references resolve',
    sql: references
      .map(({ table, column, target }) => {
        const [other, key] = target.split('.');
        return `SELECT '${table}.${column}' AS place, ${column} AS value FROM ${table} WHERE ${column} NOT IN (SELECT ${key} FROM ${other})`;
      })
      .join(' UNION ALL '),
  },
  {
    says: 'a shift begins on a full slot and ends on the same day',
    sql: `SELECT name FROM hall WHERE shift_start % ${SLOT_MINUTES} <> 0 OR shift_start + ${HORIZON * SLOT_MINUTES} > 1440`,
  },
  {
    says: 'blocked slots lie in the shift',
    sql: `SELECT machine, slot FROM blocked WHERE slot NOT BETWEEN 0 AND ${HORIZON - 1}`,
  },
  {
    says: 'no machine is blocked for more than a third of the shift',
    sql: `SELECT machine FROM blocked GROUP BY machine HAVING COUNT(*) * 3 > ${HORIZON}`,
  },
  {
    says: 'set-up times stand for every pair of different families, and for no other',
    sql: 'SELECT a.name, b.name AS other FROM family a CROSS JOIN family b LEFT JOIN setup s ON s.from_family = a.name AND s.to_family = b.name WHERE (a.name = b.name) <> (s.slots IS NULL)',
  },
  {
    says: 'no detour over a third family shortens a set-up: an operation of at least one slot lies between',
    sql: 'SELECT a.from_family, b.to_family FROM setup a JOIN setup b ON b.from_family = a.to_family JOIN setup c ON c.from_family = a.from_family AND c.to_family = b.to_family WHERE c.slots > a.slots + 1 + b.slots',
  },
  {
    says: 'positions of a job run from 1 without gap',
    sql: 'SELECT job FROM operation GROUP BY job HAVING MIN(position) <> 1 OR MAX(position) <> COUNT(*) OR COUNT(DISTINCT position) <> COUNT(*)',
  },
  {
    says: 'every job has operations',
    sql: 'SELECT name FROM job WHERE name NOT IN (SELECT job FROM operation)',
  },
  {
    says: 'an operation is of the material family of its job',
    sql: 'SELECT o.name FROM operation o JOIN job j ON j.name = o.job WHERE o.family <> j.family',
  },
  {
    says: 'routes lead to machines of the kind that the operation needs',
    sql: 'SELECT r.operation, r.machine FROM routing r JOIN operation o ON o.name = r.operation JOIN machine m ON m.name = r.machine WHERE o.kind <> m.kind',
  },
  {
    says: 'every operation is released on a machine of its own hall',
    sql: 'SELECT o.name FROM operation o JOIN job j ON j.name = o.job WHERE NOT EXISTS (SELECT 1 FROM routing r JOIN machine m ON m.name = r.machine WHERE r.operation = o.name AND r.released = 1 AND m.hall = j.hall)',
  },
  {
    says: 'an operation ends within the shift when it starts at its latest start, and not when later',
    sql: `SELECT operation, machine FROM routing WHERE latest_start + slots <> ${HORIZON} OR slots < 1`,
  },
  {
    says: 'cost is the hourly rate for the duration and some consumables',
    sql: 'SELECT r.operation, r.machine FROM routing r JOIN machine m ON m.name = r.machine WHERE r.cost_cents * 4 <= m.rate_cents * r.slots',
  },
  {
    says: 'energy is power for the duration',
    sql: 'SELECT r.operation, r.machine FROM routing r JOIN machine m ON m.name = r.machine WHERE r.energy_kwh * 4 <> m.power_kw * r.slots',
  },
  {
    says: 'no route of an operation is worse than another in time, cost, energy and accuracy together',
    sql: 'SELECT a.operation, a.machine FROM routing a JOIN machine m ON m.name = a.machine JOIN routing b ON b.operation = a.operation AND b.machine <> a.machine JOIN machine n ON n.name = b.machine WHERE b.slots <= a.slots AND b.cost_cents <= a.cost_cents AND b.energy_kwh <= a.energy_kwh AND n.accuracy >= m.accuracy',
  },
  {
    says: 'furnaces work hot and cutting is cold',
    sql: "SELECT name FROM operation WHERE (kind = 'furnace') <> (temperature_c >= 400) OR (temperature_c > 20) <> (kind IN ('furnace', 'coating booth'))",
  },
  {
    says: 'the company owns the copies that an operation occupies',
    sql: 'SELECT o.name FROM operation o JOIN tooling t ON t.name = o.tooling WHERE o.tool_units > t.copies',
  },
  {
    says: 'every hall has operators of every skill that one of its operations needs',
    sql: 'SELECT o.name FROM operation o JOIN job j ON j.name = o.job WHERE (SELECT COUNT(*) FROM operator p WHERE p.skill = o.skill AND p.hall = j.hall) < o.crew',
  },
];
