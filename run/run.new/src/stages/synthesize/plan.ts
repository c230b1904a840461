import type { Level } from '../../domain/task.ts';
import { createRng } from '../../util/rng.ts';
import type { EnvironmentOrder } from './index.ts';

export interface PlanRequest {
  readonly domains: readonly string[];
  readonly environments: number;
  /** On average; an environment gets this number rounded down or up. */
  readonly tasksPerEnvironment: number;
  readonly levels: readonly Level[];
  readonly seed: string;
}

/** The environments of a run, domains in turn. The levels of each are drawn, so that all levels come equally often. */
export function* planOrders({
  domains,
  environments,
  tasksPerEnvironment,
  levels,
  seed,
}: PlanRequest): Generator<EnvironmentOrder> {
  for (let i = 0; i < environments; i++) {
    const domain = domains[i % domains.length] as string;
    const index = Math.floor(i / domains.length);
    const tasks = Math.floor((i + 1) * tasksPerEnvironment) - Math.floor(i * tasksPerEnvironment);
    const drawn = createRng(`${seed}/levels/${domain}/${index}`).sample(levels, Math.max(1, tasks));
    yield { domain, index, seed, levels: drawn.sort((a, b) => a - b) };
  }
}
