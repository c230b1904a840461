import { z } from 'zod';
import { BoundaryError } from '../../domain/boundary.ts';
import { Environment } from '../../domain/environment.ts';
import { Hints } from '../../domain/proof.ts';
import { Task } from '../../domain/task.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { OpenWorld, WorldStore } from '../../ports/world-store.ts';
import { type Prepared, prepareSubject, type TaskFiles } from './subject.ts';

export type ReadTask =
  | { readonly kind: 'read'; readonly prepared: Prepared }
  | { readonly kind: 'damaged'; readonly detail: string };

interface ReadNeeds {
  readonly artifacts: Artifacts;
  readonly worlds: WorldStore;
}

/** Reads and parses everything that an audit needs. The caller disposes the world. */
export async function readTask(
  environment: string,
  folder: string,
  { artifacts, worlds }: ReadNeeds,
): Promise<ReadTask> {
  const decoder = new TextDecoder();
  const text = async (path: string): Promise<string> => decoder.decode(await artifacts.readFile(path));
  let world: OpenWorld | undefined;
  try {
    const files: TaskFiles = {
      environment: Environment.parse(JSON.parse(await text(`${environment}/environment.json`))),
      task: Task.parse(JSON.parse(await text(`${folder}/task.json`))),
      solution: await text(`${folder}/solution.js`),
      hints: await readHints(folder, artifacts),
    };
    world = worlds.open(await artifacts.readFile(`${environment}/world.sqlite`));
    // Binding finds tables and slots that a constraint names and that are not there.
    const prepared = prepareSubject(files, world);
    world.createToolbox(files.environment.tools);
    return { kind: 'read', prepared };
  } catch (error) {
    world?.[Symbol.dispose]();
    const isDamage =
      error instanceof z.ZodError ||
      error instanceof SyntaxError ||
      error instanceof RangeError ||
      error instanceof BoundaryError;
    if (!isDamage) throw error;
    return { kind: 'damaged', detail: describe(folder, error) };
  }
}

/** Hints are welcome, never needed: what does not parse is as good as none. */
async function readHints(folder: string, artifacts: Artifacts): Promise<Hints> {
  const none: Hints = { nearMisses: [] };
  const name = (await artifacts.list(folder)).find((one) => one === 'hints.json' || one === 'proof.json');
  if (!name) return none;
  try {
    return Hints.parse(JSON.parse(new TextDecoder().decode(await artifacts.readFile(`${folder}/${name}`))));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return none;
    throw error;
  }
}

function describe(folder: string, error: Error): string {
  if (!(error instanceof z.ZodError)) return `${folder}: ${error.message}`;
  const [issue] = error.issues;
  return `${folder}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`;
}
