import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errorCode, UsageError } from '../../util/errors.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in ticks since the machine started: tells a process from a later one with its id. Null where the system does not say. */
  readonly birth: string | null;
  readonly token: string;
}

const heldHere = new Set<string>();

/** Takes the lock file at `path`, also from a process that died without giving it back. Throws UsageError while another process holds it. */
export async function takeLock(path: string): Promise<AsyncDisposable> {
  if (heldHere.has(path)) throw refusal(path, `this process (${process.pid})`);
  heldHere.add(path);
  try {
    await create(path);
  } catch (error) {
    heldHere.delete(path);
    throw error;
  }
  return {
    async [Symbol.asyncDispose]() {
      heldHere.delete(path);
      await rm(path, { force: true });
    },
  };
}

async function create(path: string): Promise<void> {
  const mine: Holder = { pid: process.pid, host: hostname(), birth: await birthOf(process.pid), token: randomUUID() };
  for (let round = 0; round < 3; round++) {
    try {
      await writeFile(path, JSON.stringify(mine), { flag: 'wx' });
      return;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    await removeStale(path);
  }
  throw refusal(path, 'another process');
}

async function removeStale(path: string): Promise<void> {
  const text = await readIfThere(path);
  if (text === undefined) return;
  const holder = parseHolder(text);
  // A torn lock was being written when the machine or the process stopped.
  if (holder && (await isAlive(holder))) throw refusal(path, describe(holder));
  // Two processes may find the same dead lock: the rename lets one of them have it, and shows whether it was still that one.
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readIfThere(aside)) !== text) {
    await rename(aside, path);
    throw refusal(path, 'another process');
  }
  await rm(aside, { force: true });
}

async function isAlive(holder: Holder): Promise<boolean> {
  // What another machine runs cannot be seen from here.
  if (holder.host !== hostname()) return true;
  // A lock of our own id that we do not hold is from a process before us, as in a container that started again.
  if (holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
  const birth = await birthOf(holder.pid);
  return birth === null || holder.birth === null || birth === holder.birth;
}

/** The 22nd field of /proc/PID/stat; counted after the command's name, which may hold spaces. */
async function birthOf(pid: number): Promise<string | null> {
  const stat = await readIfThere(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number'
      ? (value as Holder)
      : undefined;
  } catch {
    return undefined;
  }
}

function describe(holder: Holder): string {
  return holder.host === hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`;
}

function refusal(path: string, holder: string): UsageError {
  return new UsageError(
    `the run is in use by ${holder} (${path}); wait for it, choose another --run-id, or delete that file if no such process works on it`,
  );
}
