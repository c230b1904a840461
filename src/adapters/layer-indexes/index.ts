import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { toDiskError } from '../../domain/disk-error.ts';
import type { LayerIndexes } from '../../ports/layer-indexes.ts';
import { errorCode } from '../../util/errors.ts';

const part = '.part';
/** What is being written was changed a moment ago; what was not is of a process that was killed. */
const abandonedMs = 3_600_000;
const chunkBytes = 2 ** 20;

/** Files in `folder`, which is made when there is something to keep. */
export function createLayerIndexes(folder: string): LayerIndexes {
  let swept: Promise<void> | undefined;
  return {
    has: (id) => onDisk('look for', () => isThere(pathOf(id))),
    async *read(id) {
      try {
        await using file = await open(pathOf(id));
        const chunk = Buffer.allocUnsafeSlow(chunkBytes);
        for (;;) {
          const { bytesRead } = await file.read(chunk);
          if (bytesRead === 0) return;
          yield chunk.subarray(0, bytesRead);
        }
      } catch (error) {
        throw attribute('read', error);
      }
    },
    write: (content, id) =>
      onDisk('write', async () => {
        swept ??= sweep(folder);
        await swept;
        const temporary = join(folder, `${randomUUID()}${part}`);
        try {
          await pipeline(content, createWriteStream(temporary));
          await rename(temporary, pathOf(await id()));
        } catch (error) {
          await rm(temporary, { force: true });
          throw error;
        }
      }),
    keepOnly: (ids) =>
      onDisk('remove', async () => {
        const kept = new Set([...ids].map(pathOf));
        const gone = (await list(folder)).filter((name) => !name.endsWith(part) && !kept.has(join(folder, name)));
        for (const name of gone) await rm(join(folder, name), { force: true });
        return gone.length;
      }),
  };

  function pathOf(id: string): string {
    return join(folder, id.replace(/^sha256:/, '').replace(/[^\w-]/g, '_'));
  }

  async function onDisk<T>(doing: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw attribute(doing, error);
    }
  }

  /** Without a system's code it is no trouble of the disk: the content could not be read, or it is a bug. */
  function attribute(doing: string, error: unknown): unknown {
    return errorCode(error) === undefined ? error : toDiskError(`${doing} what is known of layers in ${folder}`, error);
  }
}

async function sweep(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of (await list(folder)).filter((one) => one.endsWith(part))) {
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > abandonedMs) await rm(join(folder, name), { force: true });
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
