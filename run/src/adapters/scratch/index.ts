import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../../util/errors.ts';

export interface Scratch extends AsyncDisposable {
  readonly folder: string;
}

const ours = new Set<string>();
let swept: Promise<void> | undefined;

/** A new folder for temporary files, which is gone with its owner; what a killed process of this machine left goes with the first one. */
export async function makeScratch(): Promise<Scratch> {
  swept ??= sweep(tmpdir());
  await swept;
  const folder = await mkdtemp(join(tmpdir(), `${prefix()}${process.pid}-`));
  ours.add(folder);
  return {
    folder,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
      ours.delete(folder);
    },
  };
}

/** Containers that share a temporary folder see other processes under the same ids, but have other host names. */
function prefix(): string {
  return `envmint-scratch-${hostname()}-`;
}

/** Removes what processes of this host left in `root` that are no more; what cannot be removed stays. */
export async function sweep(root: string): Promise<void> {
  const mounts = await readFile('/proc/self/mounts', 'utf8').catch(() => '');
  for (const name of await readdir(root)) {
    const pid = name.startsWith(prefix()) ? /^(\d+)-\w+$/.exec(name.slice(prefix().length))?.[1] : undefined;
    const folder = join(root, name);
    if (pid === undefined || ours.has(folder) || isAlive(Number(pid))) continue;
    // A bootstrap that was killed may have left a file system of the kernel in it.
    if (mounts.includes(` ${folder}/`)) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A folder under our own id that we did not make is from a process before us, as in a container that started again. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
