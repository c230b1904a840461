import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createForkPool } from '../../src/adapters/fork/index.ts';
import { distribute } from '../../src/pipeline/distribute.ts';
import type { WorkerPool } from '../../src/ports/workers.ts';
import { createNumberStage, kept } from '../fakes/stages.ts';

const never = new AbortController().signal;
const entry = new URL('./toys/worker.ts', import.meta.url);
const defaults = { entry, setup: null, size: 2, jobMs: 30_000, graceMs: 200, heapMb: 128 };
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'envmint-fork-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A zombie that nobody has waited for yet is dead enough.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return !/\) Z /.test(stat);
}

async function expectGone(pids: readonly number[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 50 });
}

/** The ids that the toy stage `parent` has written: its own and its child's. */
async function readPids(path: string): Promise<number[]> {
  return vi.waitFor(
    () => {
      const pids = readFileSync(path, 'utf8').trim().split(' ').map(Number);
      expect(pids).toHaveLength(2);
      return pids;
    },
    { timeout: 20_000, interval: 50 },
  );
}

async function pidOf(pool: WorkerPool): Promise<number> {
  const outcome = await pool.run('echo', 1, never);
  return (outcome as { output: { pid: number } }).output.pid;
}

describe('createForkPool', () => {
  it('works in other processes, keeps them for the next job, and leaves none', async () => {
    const pids: number[] = [];
    {
      await using pool = createForkPool(defaults);
      for (let round = 0; round < 3; round++) {
        const outcomes = await Promise.all([1, 2, 3, 4].map((input) => pool.run('echo', { input }, never)));
        for (const outcome of outcomes) pids.push((outcome as { output: { pid: number } }).output.pid);
        expect(outcomes.map((outcome) => outcome.kind === 'kept' && outcome.output)).toMatchObject([
          { input: { input: 1 } },
          {},
          {},
          { input: { input: 4 } },
        ]);
      }
    }

    expect(new Set(pids).size).toBe(2);
    expect(pids).not.toContain(process.pid);
    await expectGone(pids);
  });

  it('brings rejections, failures of the world and bugs across the border', async () => {
    await using pool = createForkPool(defaults);

    expect(await pool.run('reject', 1, never)).toEqual({ kind: 'rejected', reason: 'too-easy', detail: 'by far' });
    expect(await pool.run('boundary', 1, never)).toEqual({
      kind: 'failed',
      boundary: 'python',
      message: 'no python3',
      retryable: true,
    });
    const bug = await pool.run('bug', 1, never).catch((error) => error);
    expect(bug.message).toBe('x is not a function');
    expect(bug.stack).toMatch(/toys\/worker\.ts:\d+[\s\S]*Caused by: Error: the cause/);
    await expect(pool.run('unheard-of', 1, never)).rejects.toThrow('no stage unheard-of');
  });

  it('kills a job past its time limit, with all it started, and goes on with the next', async () => {
    await using pool = createForkPool({ ...defaults, size: 1, jobMs: 1500 });
    const path = join(folder, 'pids');
    const late = pool.run('parent', path, never);
    const pids = await readPids(path);

    await expect(late).rejects.toMatchObject({
      boundary: 'worker',
      retryable: false,
      message: expect.stringContaining('longer than 1500 ms'),
    });

    await expectGone(pids);
    expect((await pool.run('echo', 1, never)).kind).toBe('kept');
  });

  it.each(['crash', 'memory'])('makes a retryable failure of a process that dies by %s, and goes on', async (stage) => {
    await using pool = createForkPool({ ...defaults, size: 1 });

    await expect(pool.run(stage, 1, never)).rejects.toMatchObject({ boundary: 'worker', retryable: true });
    expect((await pool.run('echo', 1, never)).kind).toBe('kept');
  });

  it('starts a new process for one that died while it had nothing to work', async () => {
    await using pool = createForkPool({ ...defaults, size: 1 });
    const first = await pidOf(pool);
    process.kill(first, 'SIGKILL');
    await expectGone([first]);
    await sleep(50);

    expect(await pidOf(pool)).not.toBe(first);
  });

  it.each(['polite', 'busy'])('stops a %s job on an abort, and rejects with the reason of the abort', async (stage) => {
    const stop = new AbortController();
    await using pool = createForkPool({ ...defaults, size: 1 });
    await pool.run('echo', 1, never);
    const jobs = [pool.run(stage, 1, stop.signal), pool.run(stage, 2, stop.signal)];
    await sleep(100);

    stop.abort();

    for (const job of jobs) await expect(job).rejects.toBe(stop.signal.reason);
  });

  it('calls it a bug when a worker process cannot be set up', async () => {
    await using broken = createForkPool({ ...defaults, setup: 'broken' });
    await using absent = createForkPool({ ...defaults, entry: new URL('./toys/absent.ts', import.meta.url) });

    await expect(broken.run('echo', 1, never)).rejects.toThrow('no stages today');
    await expect(absent.run('echo', 1, never)).rejects.toThrow('did not start');
  });
});

describe('a coordinator', () => {
  function startCoordinator(stage: string, path: string): { child: ChildProcess; output: Promise<string> } {
    const script = fileURLToPath(new URL('./toys/coordinator.ts', import.meta.url));
    const child = spawn(process.execPath, [script, stage, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const output = new Promise<string>((resolve) => {
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
      });
      child.on('exit', () => resolve(text));
    });
    return { child, output };
  }

  it('that is killed leaves no orphan behind, not even a busy one', async () => {
    const path = join(folder, 'pids');
    const { child, output } = startCoordinator('parent', path);
    const pids = await readPids(path);

    child.kill('SIGKILL');
    await output;

    await expectGone(pids);
  });

  it('alone gets the Ctrl-C of the terminal, and cleans up', async () => {
    const path = join(folder, 'pids');
    const { child, output } = startCoordinator('parent', path);
    const pids = await readPids(path);

    // What a terminal does: to the whole foreground group, twice.
    for (let press = 0; press < 2; press++) process.kill(-(child.pid ?? 0), 'SIGINT');

    expect(await output).toBe('aborted\nclean\n');
    await expectGone(pids);
  });
});

describe('distribute', () => {
  it('keeps name, version, key and label, and has the work done by the pool', async () => {
    const asked: unknown[] = [];
    const pool: WorkerPool = {
      async run(...args) {
        asked.push(args.slice(0, 2));
        return kept(5);
      },
      async [Symbol.asyncDispose]() {},
    };
    const stage = createNumberStage('add', kept<number>);

    const far = distribute(stage, pool);

    expect([far.name, far.version, far.key(1), far.label?.(1)]).toEqual(['add', '1', 'key-1', 'number 1']);
    expect(await far.work(1, never)).toEqual(kept(5));
    expect([asked, stage.worked]).toEqual([[['add', 1]], []]);
  });
});
