import { z } from 'zod';
import { ENGINE } from '../../domain/engine.ts';
import type { Environment } from '../../domain/environment.ts';
import { Level } from '../../domain/task.ts';
import type { WorldStore } from '../../ports/world-store.ts';
import { contentHash } from '../../util/canonical-json.ts';
import { createRng } from '../../util/rng.ts';
import { climb, type Rung } from './harden/ladder.ts';
import type { DomainPack } from './pack.ts';

/** One environment that is to be made. The same order gives the same bytes. */
export const EnvironmentOrder = z.object({
  domain: z.string(),
  index: z.int(),
  seed: z.string(),
  levels: z.array(Level).min(1),
});
export type EnvironmentOrder = z.infer<typeof EnvironmentOrder>;

/** An environment with the rungs of its ladder, in memory. */
export interface Made {
  readonly environment: Environment;
  /** world.sqlite. */
  readonly bytes: Uint8Array;
  readonly rungs: readonly Rung[];
}

/** Makes the world of an order and climbs its ladder: the same order gives the same. */
export function makeEnvironment(order: EnvironmentOrder, pack: DomainPack, worlds: WorldStore): Made {
  const rng = createRng(seedOf(order));
  const world = pack.createWorld(rng.fork('world'));
  const bytes = worlds.encode(world);
  using opened = worlds.open(bytes);
  return {
    environment: toEnvironment(pack, order, opened.hash),
    bytes,
    rungs: climb({ pack, world }, order.levels, rng.fork('ladder')),
  };
}

type Place = Omit<EnvironmentOrder, 'levels'>;

export function environmentId({ domain, index, seed }: Place): string {
  return `${domain}-${contentHash({ domain, index, seed }).slice(0, 8)}`;
}

/** The stream from which a task's words and measurements are drawn. */
export const emitSeed = ({ seed }: Place, environment: string, level: number): string =>
  `${seed}/${environment}/emit/${level}`;

const seedOf = ({ seed, domain, index }: Place): string => `${seed}/${domain}/${index}`;

/** What an environment's seed says of the order that it was made by; null where it says nothing. */
export function placeOf({ seed, domain }: Pick<Environment, 'seed' | 'domain'>): Place | null {
  const end = seed.lastIndexOf(`/${domain}/`);
  const index = Number(seed.slice(end + domain.length + 2));
  return end < 0 || !Number.isSafeInteger(index) ? null : { seed: seed.slice(0, end), domain, index };
}

function toEnvironment(pack: DomainPack, order: EnvironmentOrder, hash: string): Environment {
  return {
    format: 'envmint.environment/1',
    id: environmentId(order),
    domain: pack.name,
    domainVersion: pack.version,
    engine: ENGINE,
    seed: seedOf(order),
    world: hash,
    tables: [...pack.tables],
    tools: [...pack.tools],
    provenance: [...pack.provenance],
  };
}
