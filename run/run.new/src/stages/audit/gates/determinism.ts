import { fails, type Gate, holds } from '../gate.ts';

/** Every so many answers one is judged again. */
const EVERY = 4;

/** The world is the one that the task was made for, and a verifier made anew gives the same verdicts in another order. */
export const determinism: Gate = {
  name: 'determinism',
  version: '1',
  ask({ task, environment, world, exhibits }) {
    if (world.hash !== task.world || world.hash !== environment.world)
      return fails('world.sqlite is not the one that task and environment were made for');
    const verifier = world.createVerifier(task);
    const again = exhibits.filter((_, i) => i % EVERY === 0).reverse();
    for (const { text, verdict } of again) {
      if (JSON.stringify(verifier.verify(text)) !== JSON.stringify(verdict))
        return fails(`the verdict on ${text.slice(0, 60)} changes`);
    }
    return holds(`${again.length} verdicts do not depend on what was judged before`);
  },
};
