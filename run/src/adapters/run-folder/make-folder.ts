import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorCode } from '../../util/errors.ts';

/** Makes `path` and the folders above it. Returns the topmost one made, undefined when all were there. */
export async function makeFolder(path: string): Promise<string | undefined> {
  // The platform's own recursive mkdir never returns below /proc (seen with Node 24.21).
  const folder = resolve(path);
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' && dirname(folder) !== folder) {
      const made = await makeFolder(dirname(folder));
      await mkdir(folder);
      return made ?? folder;
    }
    if (code !== 'EEXIST') throw error;
    return undefined;
  }
}
