import { access, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { Environment } from '../domain/environment.ts';
import { Proof } from '../domain/proof.ts';
import { Task } from '../domain/task.ts';
import { errorCode, UsageError } from '../util/errors.ts';

const RUNS = 'runs';

/** The folder that the user means: a path, or "run/…/task" in the folder of runs. Throws UsageError. */
export async function findTask(text: string): Promise<string> {
  if (await exists(join(text, 'task.json'))) return resolve(text);
  const [run, task] = firstAndLast(text);
  for (const environment of await namesIn(join(RUNS, run, 'items'))) {
    const folder = join(RUNS, run, 'items', environment, 'tasks', task);
    if (await exists(join(folder, 'task.json'))) return resolve(folder);
  }
  const ways = 'give the path of a folder with task.json, or RUN/TASK as "envmint synth" made it under runs/';
  throw new UsageError(`there is no task ${JSON.stringify(text)}: ${ways}`);
}

/** The same for an environment: a path, or "run/environment". Throws UsageError. */
export async function findEnvironment(text: string): Promise<string> {
  const [run, environment] = firstAndLast(text);
  for (const folder of [text, join(RUNS, run, 'items', environment)]) {
    if (await exists(join(folder, 'environment.json'))) return resolve(folder);
  }
  const ways =
    'give the path of a folder with environment.json, or RUN/ENVIRONMENT as "envmint synth" made it under runs/';
  throw new UsageError(`there is no environment ${JSON.stringify(text)}: ${ways}`);
}

export function readTask(folder: string): Promise<Task> {
  return readJson(join(folder, 'task.json'), Task);
}

/** The evidence beside a task, null where it was not audited. */
export async function readProof(folder: string): Promise<Proof | null> {
  const path = join(folder, 'proof.json');
  return (await exists(path)) ? readJson(path, Proof) : null;
}

export interface EnvironmentFolder {
  readonly environment: Environment;
  readonly world: string;
}

export async function readEnvironment(folder: string): Promise<EnvironmentFolder> {
  const environment = await readJson(join(folder, 'environment.json'), Environment);
  return { environment, world: join(folder, 'world.sqlite') };
}

/** The environment two folders above a task. */
export function readEnvironmentOf(task: string): Promise<EnvironmentFolder> {
  return readEnvironment(resolve(task, '..', '..'));
}

/** The content of a file that the user named. Throws UsageError. */
export async function readNamed(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${errorCode(error) ?? String(error)}`, { cause: error });
  }
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = (await readNamed(path)).toString();
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new UsageError(`${path} is damaged: ${firstIssue(error)}; get the folder again`, { cause: error });
  }
}

function firstIssue(error: unknown): string {
  const issues = (error as Partial<z.ZodError>).issues;
  const [issue] = issues ?? [];
  return issue ? `${issue.path.join('.') || 'the file'}: ${issue.message}` : String((error as Error).message);
}

function firstAndLast(text: string): [string, string] {
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  return [parts[0] ?? '', parts.at(-1) ?? ''];
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
