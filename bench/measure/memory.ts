import { readdirSync, readFileSync } from 'node:fs';

/** Memory of a process and of its descendants, in MiB. */
export interface MemorySample {
  /** Resident. */
  readonly coordinator: number;
  /** Resident, of the largest of the descendants: workers, and the Python that each of them keeps. */
  readonly largestWorker: number;
  /** What all of them take together: a page that several map, as the program itself, counts once (the kernel's proportional set size). */
  readonly total: number;
}

const KIB_PER_MIB = 1024;

/** Reads /proc; undefined where there is none, and where the process has ended. */
export function sampleMemory(pid: number): MemorySample | undefined {
  const coordinator = residentOf(pid);
  if (coordinator === undefined) return undefined;
  const descendants = descendantsOf(pid);
  const workers = descendants.map((child) => residentOf(child) ?? 0);
  const total = [pid, ...descendants].reduce((all, one) => all + shareOf(one), 0);
  return { coordinator, largestWorker: Math.max(0, ...workers), total };
}

const residentOf = (pid: number): number | undefined => readMemory(`/proc/${pid}/status`, /^VmRSS:\s+(\d+) kB/m);

/** What it has alone and its share of what it has in common; all that is resident where the kernel does not tell. */
const shareOf = (pid: number): number =>
  readMemory(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+) kB/m) ?? residentOf(pid) ?? 0;

function readMemory(path: string, line: RegExp): number | undefined {
  const kib = readOrUndefined(path)?.match(line)?.[1];
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
