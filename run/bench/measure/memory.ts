import { readdirSync, readFileSync } from 'node:fs';

/** Resident memory of a process and of its descendants, in MiB. */
export interface MemorySample {
  readonly coordinator: number;
  /** The largest of the descendants: workers, and the Python that each of them keeps. */
  readonly largestWorker: number;
  /** All together; pages that processes share are counted for each of them. */
  readonly total: number;
}

const KIB_PER_MIB = 1024;

/** Reads /proc; undefined where there is none, and where the process has ended. */
export function sampleMemory(pid: number): MemorySample | undefined {
  const coordinator = residentOf(pid);
  if (coordinator === undefined) return undefined;
  const workers = descendantsOf(pid).map((child) => residentOf(child) ?? 0);
  const total = workers.reduce((all, one) => all + one, coordinator);
  return { coordinator, largestWorker: Math.max(0, ...workers), total };
}

function residentOf(pid: number): number | undefined {
  const kib = readOrUndefined(`/proc/${pid}/status`)?.match(/^VmRSS:\s+(\d+) kB/m)?.[1];
  return kib === undefined ? undefined : Number(kib) / KIB_PER_MIB;
}

function descendantsOf(root: number): number[] {
  const parents = new Map(processIds().map((pid) => [pid, parentOf(pid)]));
  const family = new Set([root]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const [pid, parent] of parents) if (parent !== undefined && family.has(parent)) family.add(pid);
  }
  family.delete(root);
  return [...family];
}

const processIds = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

function parentOf(pid: number): number | undefined {
  const parent = readOrUndefined(`/proc/${pid}/status`)?.match(/^PPid:\s+(\d+)/m)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** Processes come and go while they are looked at. */
function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
