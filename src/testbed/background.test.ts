import { describe, expect, it } from 'vitest';
import { createFakeRuntime } from '../../test/fakes/container-runtime.ts';
import type { ContainerRuntime } from '../ports/container-runtime.ts';
import { createBackground, withLateRemoval } from './background.ts';

const { signal } = new AbortController();

describe('createBackground', () => {
  it('throws what the first work threw, once all have ended', async () => {
    const slow = Promise.withResolvers<void>();
    let isOver = false;
    const run = async () => {
      await using background = createBackground();
      background.add(Promise.reject(new Error('no engine')));
      background.add(
        slow.promise.then(() => {
          isOver = true;
        }),
      );
      setImmediate(slow.resolve);
    };

    await expect(run()).rejects.toThrow('no engine');
    expect(isOver).toBe(true);
  });
});

describe('withLateRemoval', () => {
  it('does not wait for a removal before the end', async () => {
    const engine = createFakeRuntime({ run: () => ({}), registry: { suite: {} } });
    const { id: image } = await engine.pull('suite', signal);
    const go = Promise.withResolvers<void>();
    const slow: ContainerRuntime = {
      ...engine,
      async start(options, within) {
        const container = await engine.start(options, within);
        const remove = async () => {
          await go.promise;
          await container[Symbol.asyncDispose]();
        };
        return { ...container, [Symbol.asyncDispose]: remove };
      },
    };
    const limits = { cpus: 1, memoryBytes: 2 ** 28, processes: 100, diskBytes: 2 ** 30 };
    {
      await using background = createBackground();
      const runtime = withLateRemoval(slow, background);
      {
        await using _container = await runtime.start(
          { image, network: 'none', limits, labels: {}, env: {}, privileges: 'build' },
          signal,
        );
      }
      expect(engine.running()).toBe(1);
      go.resolve();
    }

    expect(engine.running()).toBe(0);
  });
});
