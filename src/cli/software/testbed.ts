import { randomBytes, randomInt } from 'node:crypto';
import PQueue from 'p-queue';
import type { ContainerRuntime } from '../../ports/container-runtime.ts';
import type { TestBed } from '../../testbed/run-tests.ts';
import type { CliDeps } from '../deps.ts';
import type { RunOptions } from '../options.ts';
import { type ContainerOptions, toLimits } from './options.ts';

export function createTestBed(
  runtime: ContainerRuntime,
  options: ContainerOptions & Pick<RunOptions, 'jobs'>,
  { clock }: CliDeps,
): TestBed {
  const turns = new PQueue({ concurrency: options.jobs });
  return {
    runtime,
    limits: toLimits(options),
    timeoutMs: options.testTimeout * 1000,
    // Letters only: it becomes part of the names of tests, in every language.
    nonce: () => [...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 26))).join(''),
    toss: () => randomInt(2) === 1,
    now: () => clock.now(),
    inTurn: (work) => turns.add(work),
  };
}

/** As many containers at a time as the engine has memory for; a tenth of it is left to the machine. */
export async function fitJobs<T extends Pick<RunOptions, 'jobs'> & ContainerOptions>(
  runtime: ContainerRuntime,
  options: T,
  { stderr, signal }: CliDeps,
): Promise<T> {
  const { memoryBytes } = await runtime.engine(signal);
  const fitting = Math.max(1, Math.floor((memoryBytes * 0.9) / options.memory));
  if (fitting >= options.jobs) return options;
  stderr.write(`${fitting} at a time instead of ${options.jobs}: the engine has no memory for more (--memory)\n`);
  return { ...options, jobs: fitting };
}
