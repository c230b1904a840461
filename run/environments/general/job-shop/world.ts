import type { World } from '../../../src/domain/world.ts';
import type { Rng } from '../../../src/util/rng.ts';
import { createOrders } from './orders.ts';
import { createPlant } from './plant.ts';
import { tables } from './tables.ts';

/** Three halls of nine machines, twelve jobs a hall, and what they need. */
export function createWorld(rng: Rng): World {
  const plant = createPlant(rng.fork('plant'));
  const rows = { ...plant.rows, ...createOrders(rng.fork('orders'), plant) };
  return { tables, rows };
}
