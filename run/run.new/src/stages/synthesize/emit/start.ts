import { createGround, searchFrom } from '../../../engine/search/solver.ts';
import type { Rng } from '../../../util/rng.ts';
import { boundsOf, type Draft } from '../compose/draft.ts';

/** Seeds tried for the reference solution, and the nodes that one of them may take. */
const START_SEEDS = 8;
const START_NODES = 1500;

export interface Start {
  readonly seed: number;
  readonly nodes: number;
}

/** The seed with which the solver needs the fewest nodes. */
export function bestStart({ scene, rules }: Draft, rng: Rng): Start | null {
  const ground = createGround(scene.model, boundsOf(rules));
  let best: Start | null = null;
  for (let i = 0; i < START_SEEDS; i++) {
    const seed = rng.int(1, 1 << 30);
    const { solutions, nodes } = searchFrom(ground, [], {
      seed,
      nodeLimit: best?.nodes ?? START_NODES,
      solutions: 1,
    });
    if (solutions.length > 0 && (!best || nodes < best.nodes)) best = { seed, nodes };
  }
  return best;
}
