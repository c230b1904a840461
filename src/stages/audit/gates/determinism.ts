import { fails, type Gate, holds } from '../gate.ts';

/** The world is the one that the task was made for, and a verifier made anew gives the same verdicts in another order. */
export const determinism: Gate = {
  name: 'determinism',
  version: '1',
  ask({ task, environment, world, exhibits }) {
    if (world.hash !== task.world || world.hash !== environment.world) return fails('world.sqlite is not the one that task and environment were made for');
    const texts = exhibits.map((exhibit) => exhibit.text);
    const verdicts = (order: readonly string[]): Map<string, string> => {
      const verifier = world.createVerifier(task);
      return new Map(order.map((text) => [text, JSON.stringify(verifier.verify(text))]));
    };
    const [forwards, backwards] = [verdicts(texts), verdicts([...texts].reverse())];
    const changed = texts.find((text) => forwards.get(text) !== backwards.get(text));
    return changed === undefined ? holds(`${texts.length} verdicts do not depend on what was judged before`) : fails(`the verdict on ${changed.slice(0, 60)} changes`);
  },
};
