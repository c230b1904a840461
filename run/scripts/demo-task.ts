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

/** One of a wish of this task rather than of the frame, and the one that is nearest to the reference answer. */
function chooseNearMiss({ checks }: Task, { nearMisses, witness }: Proof): DemoTask['nearMiss'] | undefined {
  const frame = new Set(checks.filter((check) => check.origin === 'frame').map((check) => check.id));
  const rank = ({ check, answer }: DemoTask['nearMiss']): number =>
    Number(frame.has(check)) * 1000 + changedFields(witness, answer).length;
  return [...nearMisses].sort((a, b) => rank(a) - rank(b))[0];
}

interface ChangedField {
  /** Such as `days[2].hotel`. */
  readonly place: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** The fields in which two answers of the same form differ. */
export function changedFields(one: unknown, other: unknown): ChangedField[] {
  const [left, right] = [fieldsOf(one), fieldsOf(other)];
  return [...left]
    .map(([place, from]) => ({ place, from, to: right.get(place) }))
    .filter(({ from, to }) => from !== to);
}

function fieldsOf(answer: unknown, place = ''): Map<string, unknown> {
  if (typeof answer !== 'object' || answer === null) return new Map([[place, answer]]);
  const step = (key: string): string => (Array.isArray(answer) ? `[${key}]` : `${place === '' ? '' : '.'}${key}`);
  return new Map(Object.entries(answer).flatMap(([key, value]) => [...fieldsOf(value, place + step(key))]));
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
