import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createFakeRuntime } from '../../test/fakes/container-runtime.ts';
import type { ContainerOptions, ContainerRuntime } from '../ports/container-runtime.ts';
import { withSpare } from './spare.ts';

const { signal } = new AbortController();
const limits = { cpus: 1, memoryBytes: 2 ** 28, processes: 100, diskBytes: 2 ** 30 };

/** An engine that counts, and needs a moment for each start and each removal. */
async function open() {
  const engine = createFakeRuntime({ run: () => ({}), registry: { suite: {} } });
  const { id: image } = await engine.pull('suite', signal);
  let started = 0;
  const runtime: ContainerRuntime = {
    ...engine,
    async start(options, within) {
      started += 1;
      await sleep(5);
      if (options.env.FAILS) throw new Error('no engine');
      const container = await engine.start(options, within);
      const remove = async () => {
        await sleep(5);
        await container[Symbol.asyncDispose]();
      };
      return { ...container, [Symbol.asyncDispose]: remove };
    },
  };
  const options = (env: Record<string, string> = {}): ContainerOptions => {
    return { image, network: 'none', limits, labels: {}, env, privileges: 'test' };
  };
  return { engine, runtime, options, started: () => started };
}

describe('withSpare', () => {
  it('gives a container of its own to each run, the next one started before it is asked for', async () => {
    const { engine, runtime, options, started } = await open();
    const ids: string[] = [];
    {
      await using spared = withSpare(runtime);
      for (let run = 1; run <= 3; run++) {
        await using container = await spared.start(options(), signal);
        ids.push(container.id);
        expect(started()).toBe(run + 1);
      }
    }

    expect(new Set(ids).size).toBe(3);
    expect(engine.running()).toBe(0);
  });

  it('puts the spare away where another kind is asked for', async () => {
    const { engine, runtime, options, started } = await open();
    {
      await using spared = withSpare(runtime);
      await using _one = await spared.start(options(), signal);
      await using _other = await spared.start(options({ TZ: 'UTC' }), signal);
    }

    expect(started()).toBe(4);
    expect(engine.running()).toBe(0);
  });

  it('leaves nothing where several are asked for at once', async () => {
    const { engine, runtime, options } = await open();
    {
      await using spared = withSpare(runtime);
      const all = await Promise.all([1, 2, 3].map(() => spared.start(options(), signal)));
      for (const container of all) await container[Symbol.asyncDispose]();
    }

    expect(engine.running()).toBe(0);
  });

  it('tells of a start that failed to the one who takes it, and to nobody where it is not taken', async () => {
    const { runtime, options } = await open();
    let isDown = false;
    const failing = {
      ...runtime,
      start: (given: ContainerOptions) => runtime.start(isDown ? { ...given, env: { FAILS: '1' } } : given, signal),
    };
    await using spared = withSpare(failing);
    await using _first = await spared.start(options(), signal);
    isDown = true;
    await using _second = await spared.start(options(), signal);

    await expect(spared.start(options(), signal)).rejects.toThrow('no engine');
  });
});
