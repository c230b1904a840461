import type { Environment } from '../../../domain/environment.ts';
import type { Task } from '../../../domain/task.ts';
import { canonicalJson } from '../../../util/canonical-json.ts';
import { fails, type Gate, type GateNeeds, holds } from '../gate.ts';

/** Every so many answers one is judged again. */
const EVERY = 4;

/** The world is the one that the task was made for, a verifier made anew gives the same verdicts in another order, and what says that it was made here is what its seed makes. */
export const determinism: Gate = {
  name: 'determinism',
  version: '2',
  ask({ task, environment, world, exhibits }, _, { remake }) {
    if (world.hash !== task.world || world.hash !== environment.world)
      return fails('world.sqlite is not the one that task and environment were made for');
    const verifier = world.createVerifier(task);
    const again = exhibits.filter((_, i) => i % EVERY === 0).reverse();
    for (const { text, verdict } of again) {
      if (JSON.stringify(verifier.verify(text)) !== JSON.stringify(verdict))
        return fails(`the verdict on ${text.slice(0, 60)} changes`);
    }
    const origin = remade({ environment, task }, remake);
    if (origin.differs) return fails(origin.says);
    return holds(`${again.length} verdicts do not depend on what was judged before; ${origin.says}`);
  },
};

type Claim = { readonly environment: Environment; readonly task: Task };

/** Whether seed, pack and engine that are named make something else, in words. */
function remade({ environment, task }: Claim, remake: GateNeeds['remake']): { differs: boolean; says: string } {
  const { engine, seed, domain, domainVersion } = environment;
  const again = remake?.({ environment, task });
  if (again === undefined) return { differs: false, says: 'the task has just been made' };
  if (again === 'unknown')
    return { differs: false, says: `${domain} ${domainVersion} by ${engine} is not here, so nothing is made again` };
  const [file, part] = again.task
    ? (difference(
        { 'environment.json': environment, 'task.json': task },
        {
          'environment.json': again.environment,
          'task.json': again.task,
        },
      ) ?? [])
    : ['task.json', 'level'];
  return file === undefined
    ? { differs: false, says: 'made again from its seed it is the same' }
    : { differs: true, says: `"${part}" in ${file} is not what ${engine} makes of the seed ${seed}` };
}

/** The first file and its first property in which the two differ. */
function difference(
  one: Readonly<Record<string, object>>,
  other: Readonly<Record<string, object>>,
): [string, string] | undefined {
  return Object.entries(one).flatMap(([file, content]): [string, string][] => {
    const parts = { ...content } as Record<string, unknown>;
    const others = { ...other[file] } as Record<string, unknown>;
    const names = Object.keys({ ...parts, ...others });
    const part = names.find((name) => canonicalJson(parts[name] ?? null) !== canonicalJson(others[name] ?? null));
    return part === undefined ? [] : [[file, part]];
  })[0];
}
