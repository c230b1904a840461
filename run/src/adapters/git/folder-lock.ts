import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../util/errors.ts';

export interface LockTimes {
  /** How often the holder shows that it lives. */
  readonly beatMs: number;
  /** A lock without a beat for that long belongs to nobody. */
  readonly staleMs: number;
  readonly pollMs: number;
}

export const defaultLockTimes: LockTimes = { beatMs: 5000, staleMs: 60_000, pollMs: 200 };

/**
 * Holds the lock file at `path` while `work` runs; waits for other processes, on other machines as well. It saves work that would be done twice:
 * correctness rests on renames, so that a lock taken over from a holder that slept is harmless.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  { signal, times = defaultLockTimes }: { readonly signal: AbortSignal; readonly times?: LockTimes },
): Promise<T> {
  const token = randomUUID();
  await mkdir(dirname(path), { recursive: true });
  while (!(await take(path, token))) {
    if (await isStale(path, times.staleMs)) await rm(path, { force: true });
    else await sleep(times.pollMs, undefined, { signal });
  }
  const beat = setInterval(() => void touch(path), times.beatMs);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await readIfThere(path)) === token) await rm(path, { force: true });
  }
}

async function take(path: string, token: string): Promise<boolean> {
  try {
    await writeFile(path, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string, staleMs: number): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    return Date.now() - mtimeMs > staleMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  // Somebody took the lock away: the work goes on, and the rename at its end decides.
  await utimes(path, now, now).catch(() => {});
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
