import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Environment } from '../src/domain/environment.ts';
import { Proof } from '../src/domain/proof.ts';
import { Task } from '../src/domain/task.ts';

/** A kept task with everything that lies beside it, and the near miss that is shown of it. */
export interface DemoTask {
  readonly folder: string;
  readonly environmentFolder: string;
  readonly environment: Environment;
  readonly task: Task;
  readonly proof: Proof;
  readonly nearMiss: Proof['nearMisses'][number];
}

/** The level that is hard enough to be worth a look and short enough to be read. */
const LEVEL = 4;

/** The kept task whose level is nearest to the middle one, the first by name among these: the same for the same run. */
export function chooseTask(run: string): DemoTask | undefined {
  const items = join(run, 'items');
  const tasks = namesIn(items).flatMap((environment) =>
    namesIn(join(items, environment, 'tasks')).map((task) => readTask(join(items, environment), task)),
  );
  const away = ({ task }: DemoTask): number => Math.abs(task.difficulty.level - LEVEL);
  return tasks.filter((one) => one !== undefined).sort((a, b) => away(a) - away(b))[0];
}

function readTask(environmentFolder: string, name: string): DemoTask | undefined {
  const folder = join(environmentFolder, 'tasks', name);
  const task = Task.parse(readJson(join(folder, 'task.json')));
  const proof = Proof.parse(readJson(join(folder, 'proof.json')));
  const environment = Environment.parse(readJson(join(environmentFolder, 'environment.json')));
  const nearMiss = chooseNearMiss(task, proof);
  return nearMiss && { folder, environmentFolder, environment, task, proof, nearMiss };
}

/** Rules that tell most in a demonstration come first: conditional ones, then other wishes, then the frame's. */
function chooseNearMiss({ checks }: Task, { nearMisses }: Proof): DemoTask['nearMiss'] | undefined {
  const rank = (id: string): number => {
    const check = checks.find((one) => one.id === id);
    if (check?.constraint?.kind === 'tier') return 0;
    return check?.origin === 'frame' ? 2 : 1;
  };
  return [...nearMisses].sort((a, b) => rank(a.check) - rank(b.check))[0];
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

function namesIn(folder: string): string[] {
  // A world whose tasks were all rejected has no such folder.
  const isThere = readdirSync(join(folder, '..')).includes(folder.split('/').at(-1) as string);
  return isThere
    ? readdirSync(folder)
        .filter((name) => !name.startsWith('.'))
        .sort()
    : [];
}
