import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Labels } from '../../ports/container-runtime.ts';
import { errorCode } from '../../util/errors.ts';

/** Marks every container and image of ours. */
export const OURS = { envmint: '1' } as const;
/** Says whose process made it: machine, boot, process namespace, process, its start. Empty for a named image, which belongs to nobody. */
export const OWNER = 'envmint.owner';
/** The name that an image was made under, empty for none: an image that somebody builds on one of ours inherits its labels, but has another name. */
const NAME = 'envmint.name';

/** Owners of whom nothing can be known from here, as those of another machine on the same engine, count as gone after two days. */
const strangerMs = 2 * 24 * 3600 * 1000;

/** The labels of an image of ours. */
export function labelsOfImage(labels: Labels, name: string | undefined): Labels {
  return name ? { ...labels, [NAME]: name, [OWNER]: '' } : { ...labels, [NAME]: '' };
}

/** Whether the image was made with its labels, and did not inherit them. Some engines put the host of a registry in front of names. */
export function isOriginal(labels: Labels, tags: readonly string[]): boolean {
  const name = labels[NAME];
  return !name || tags.some((tag) => `/${tag}`.endsWith(`/${name}`));
}

export function ownerOfThisProcess(): string {
  return [...place(), process.pid, startOf(process.pid) ?? '0'].join('.');
}

export function isGone(owner: string, createdAt: number): boolean {
  const [machine, boot, namespace, pid = '', start] = owner.split('.');
  const here = place();
  const isStranger = machine !== here[0] || (boot === here[1] && namespace !== here[2]) || !/^\d+$/.test(pid);
  if (isStranger) return Date.now() - createdAt > strangerMs;
  return boot !== here[1] || startOf(Number(pid)) !== start;
}

function place(): readonly [string, string, string] {
  const machine = createHash('sha256')
    .update(`${hostname()}\n${read('/etc/machine-id')}`)
    .digest('hex');
  const boot = read('/proc/sys/kernel/random/boot_id').trim().split('-')[0] || 'unknown';
  return [machine.slice(0, 12), boot, namespaceOfProcesses()];
}

/** In a container numbers of processes are its own, so that they say nothing to others. */
function namespaceOfProcesses(): string {
  return expecting(() => /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]) ?? '0';
}

/** When a process was started, in ticks since the boot: a number is given again, the pair is not. Undefined where there is no such process. */
function startOf(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is a name in brackets, which may hold blanks and brackets.
  if (stat !== '') return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return read('/proc/self/stat') === '' && isRunning(pid) ? '0' : undefined;
}

/** For systems without /proc. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function read(path: string): string {
  return expecting(() => readFileSync(path, 'utf8')) ?? '';
}

function expecting<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ESRCH', 'EINVAL'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
