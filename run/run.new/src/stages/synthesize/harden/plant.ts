import { createGround, search, searchFrom } from '../../../engine/search/solver.ts';
import type { Rng } from '../../../util/rng.ts';
import { boundsOf, type ComposedRule, composeRule, type Draft, type Scene } from '../compose/draft.ts';

/** Planting a first witness tries so many seeds with so many nodes each: searches are heavy-tailed, so many short ones beat a long one. */
const PLANT_SEEDS = 8;
const PLANT_NODES = 1000;
/** Nodes that finding another witness for a tighter rule may take. */
const REPLANT_NODES = 150;

/** The frame's own rules and an answer that satisfies them, drawn by the solver in random order; null where it finds none. */
export function plant(scene: Scene, rng: Rng): { rules: ComposedRule[]; witness: Int32Array } | null {
  const rules = scene.frame.rules.map((rule) => composeRule(scene, { ...rule, origin: 'frame' }, rng));
  const ground = createGround(scene.model, boundsOf(rules));
  for (let i = 0; i < PLANT_SEEDS; i++) {
    const { solutions } = searchFrom(ground, [], {
      seed: rng.int(1, 1 << 30),
      nodeLimit: PLANT_NODES,
      solutions: 1,
    });
    if (solutions[0]) return { rules, witness: solutions[0] };
  }
  return null;
}

/** Another answer that satisfies the rules, near the witness that no longer does. */
export function replant(
  { scene, rules, witness }: Pick<Draft, 'scene' | 'rules' | 'witness'>,
  rng: Rng,
): Int32Array | null {
  const seed = rng.int(1, 1 << 30);
  const options = { seed, nodeLimit: REPLANT_NODES, solutions: 1, prefer: witness };
  return search(scene.model, boundsOf(rules), options).solutions[0] ?? null;
}
