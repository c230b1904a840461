import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JudgedTask } from '../../ports/verifier.ts';
import { makeScratch, type Scratch } from '../scratch/index.ts';

/** Where the verifier finds a task. `stamp` says which content the folder has now. */
export interface TaskPlace {
  readonly folder: string;
  readonly world: string | null;
  readonly stamp: string;
}

/** Puts tasks that are not on disk into one scratch folder, which is gone when it is disposed. */
export interface TaskFiles extends AsyncDisposable {
  place(task: JudgedTask): Promise<TaskPlace>;
}

export function createTaskFiles(): TaskFiles {
  let scratch: Promise<Scratch> | undefined;
  let worldHash = '';
  let stamps = 0;
  return {
    async place(judged) {
      if ('folder' in judged) return { folder: judged.folder, world: judged.world ?? null, stamp: '' };
      scratch ??= makeScratch();
      const root = (await scratch).folder;
      const folder = join(root, 'task');
      await mkdir(folder, { recursive: true });
      const hash = createHash('sha256').update(judged.world).digest('hex');
      const world = join(root, `${hash}.sqlite`);
      if (hash !== worldHash) {
        await rm(join(root, `${worldHash}.sqlite`), { force: true });
        await writeFile(world, judged.world);
        worldHash = hash;
      }
      await writeFile(join(folder, 'task.json'), JSON.stringify(judged.task));
      return { folder, world, stamp: String(++stamps) };
    },
    async [Symbol.asyncDispose]() {
      await (await scratch)?.[Symbol.asyncDispose]();
    },
  };
}
