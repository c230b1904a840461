import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { serveStages } from '../../../src/adapters/fork/index.ts';
import { BoundaryError } from '../../../src/domain/boundary.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Stage } from '../../../src/domain/stage.ts';

const works: Readonly<Record<string, (input: unknown, signal: AbortSignal) => Promise<Outcome<unknown>>>> = {
  echo: async (input) => ({ kind: 'kept', output: { input, pid: process.pid } }),
  reject: async () => ({ kind: 'rejected', reason: 'too-easy', detail: 'by far' }),
  boundary: async () => {
    throw new BoundaryError('python', 'no python3', { retryable: true });
  },
  bug: async () => {
    throw new TypeError('x is not a function', { cause: new Error('the cause') });
  },
  busy: async () => {
    for (;;);
  },
  crash: async () => process.kill(process.pid, 'SIGKILL') && sleep(1000, { kind: 'kept', output: null }),
  memory: async () => {
    const hoard: number[][] = [];
    for (;;) hoard.push(new Array(1e5).fill(Math.random()));
  },
  polite: async (_, signal) => {
    await sleep(60_000, undefined, { signal });
    return { kind: 'kept', output: null };
  },
  /** Says its own id and that of a process it started, through `input`, and hangs. */
  parent: async (input) => {
    const { writeFileSync } = await import('node:fs');
    const child = spawn('sleep', ['300'], { stdio: 'ignore' });
    writeFileSync(String(input), `${process.pid} ${child.pid}\n`);
    for (;;);
  },
};

serveStages(async (setup) => {
  if (setup === 'broken') throw new Error('no stages today');
  const stages = Object.entries(works).map(([name, work]): [string, Stage<unknown, unknown>] => [
    name,
    { name, version: '1', key: String, work },
  ]);
  return new Map(stages);
});
