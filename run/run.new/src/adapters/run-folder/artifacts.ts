import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toDiskError } from '../../domain/disk-error.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import { errorCode } from '../../util/errors.ts';

const staging = '.staging';

/** Artifacts as files below `root`. What is half written lies in `root`/.staging, where `sweepStaging` finds it. */
export function createFolderArtifacts(root: string): Artifacts {
  return {
    writeFolder: (path, files) =>
      onDisk(`write ${join(root, path)}`, async () => {
        const target = join(root, checked(path));
        await stage(target, async (temporary) => {
          for (const [name, content] of Object.entries(files)) await put(join(temporary, checked(name)), content);
        });
      }),
    writeFile: (path, content) =>
      onDisk(`write ${join(root, path)}`, () =>
        stage(join(root, checked(path)), (temporary) => writeFile(temporary, content)),
      ),
    readFile: (path) => onDisk(`read ${join(root, path)}`, () => readFile(join(root, checked(path)))),
    remove: (path) =>
      onDisk(`remove ${join(root, path)}`, () => rm(join(root, checked(path)), { recursive: true, force: true })),
    list: (path) =>
      onDisk(`list ${join(root, path)}`, async () => {
        try {
          return (await readdir(join(root, checked(path)))).filter((name) => name !== staging).sort();
        } catch (error) {
          if (errorCode(error) === 'ENOENT') return [];
          throw error;
        }
      }),
  };

  async function stage(target: string, write: (temporary: string) => Promise<void>): Promise<void> {
    const temporary = join(root, staging, randomUUID());
    await mkdir(dirname(temporary), { recursive: true });
    try {
      await write(temporary);
      await mkdir(dirname(target), { recursive: true });
      await replace(target, temporary);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  }
}

/** Removes what interrupted writes left below `root`. Only for the one that holds the run's lock. */
export async function sweepStaging(root: string): Promise<void> {
  await onDisk(`clean ${join(root, staging)}`, () => rm(join(root, staging), { recursive: true, force: true }));
}

/** A folder cannot be renamed over a full one, so the old one goes first: an interruption in between leaves work that is owed. */
async function replace(target: string, temporary: string): Promise<void> {
  try {
    await rename(temporary, target);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EISDIR', 'ENOTDIR'].includes(errorCode(error) ?? '')) throw error;
    await rm(target, { recursive: true, force: true });
    await rename(temporary, target);
  }
}

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** Names of artifacts come from packs and from models: none of them leaves the folder. */
function checked(path: string): string {
  const parts = path.split('/');
  const isInside = parts.every((part) => part !== '..' && part !== '' && part !== staging) && !/[\\\0]/.test(path);
  if (!isInside) throw new Error(`${JSON.stringify(path)} is no path of an artifact`);
  return path;
}

async function onDisk<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Without a system's code it is no trouble of the disk but a bug.
    throw errorCode(error) === undefined ? error : toDiskError(doing, error);
  }
}
