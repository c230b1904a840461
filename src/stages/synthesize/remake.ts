import { ENGINE } from '../../domain/engine.ts';
import type { Environment } from '../../domain/environment.ts';
import { Level, type Task } from '../../domain/task.ts';
import { FULL_EFFORT } from '../../engine/measure/difficulty.ts';
import type { WorldStore } from '../../ports/world-store.ts';
import { createRng } from '../../util/rng.ts';
import { emitTask } from './emit/task.ts';
import { emitSeed, environmentId, makeEnvironment, placeOf } from './make.ts';
import type { DomainPack } from './pack.ts';

interface RemakeNeeds {
  readonly packs: ReadonlyMap<string, DomainPack>;
  readonly worlds: WorldStore;
}

interface Claim {
  readonly environment: Environment;
  readonly task: Task;
}

/**
 * Makes an environment and one of its tasks again from the seed, pack and engine that they name, so that they can be compared.
 * `unknown`: they name none that is here. The task is null where that seed gives none of its level.
 */
export function createRemake({ packs, worlds }: RemakeNeeds) {
  return ({ environment, task }: Claim): { environment: Environment; task: Task | null } | 'unknown' => {
    const pack = packs.get(environment.domain);
    const place = placeOf(environment);
    if (!pack || !place || environment.engine !== ENGINE || environment.domainVersion !== pack.version)
      return 'unknown';
    const levels = levelsOf(task, environmentId(place));
    const made = makeEnvironment({ ...place, levels }, pack, worlds);
    const rung = made.rungs.at(-1);
    if (!rung || !('draft' in rung)) return { environment: made.environment, task: null };
    const { id } = made.environment;
    const rng = createRng(emitSeed(place, id, rung.level));
    // A parent is named and not made: whether it was kept says nothing about its child.
    const parent = parentLevel(task, id) === null ? null : task.lineage.parent;
    const context = { environment: made.environment, engine: ENGINE, parent, effort: FULL_EFFORT, rng };
    return { environment: made.environment, task: emitTask(rung.draft, context)?.task ?? null };
  };
}

/** The rungs on which a task stands, lowest first, its own last: those that its steps and its parent name. */
function levelsOf(task: Task, environment: string): Level[] {
  const { level } = task.difficulty;
  const below = [...task.lineage.steps.map((step) => step.level), parentLevel(task, environment) ?? level];
  return [...new Set([...below.filter((one) => one < level), level])].sort((a, b) => a - b);
}

/** The level of the parent that a task names; null where it names none of its environment. */
function parentLevel({ lineage: { parent } }: Task, environment: string): Level | null {
  const level = Level.safeParse(Number(parent?.slice(`${environment}-l`.length)));
  return level.success && parent === `${environment}-l${level.data}` ? level.data : null;
}
