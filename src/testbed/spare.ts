import type { Container, ContainerOptions, ContainerRuntime } from '../ports/container-runtime.ts';
import { contentHash } from '../util/canonical-json.ts';
import { createBackground, withLateRemoval } from './background.ts';

interface Spare {
  readonly key: string;
  readonly container: Promise<Container>;
}

/**
 * For many runs in containers that are all alike: the next container is started, and those before are removed, while runs are at work.
 * The caller disposes it, which takes until all of them are gone.
 */
export function withSpare(given: ContainerRuntime): ContainerRuntime & AsyncDisposable {
  const removals = createBackground();
  const runtime = withLateRemoval(given, removals);
  let spare: Spare | undefined;

  return {
    ...runtime,
    async start(options, signal) {
      const key = contentHash(options);
      const container = await take(key, options, signal);
      spare ??= { key, container: runtime.start(options, signal) };
      // Whoever takes it is told.
      void Promise.allSettled([spare.container]);
      return container;
    },
    async [Symbol.asyncDispose]() {
      await putAway();
      await removals[Symbol.asyncDispose]();
    },
  };

  async function take(key: string, options: ContainerOptions, signal: AbortSignal): Promise<Container> {
    if (spare?.key !== key) {
      await putAway();
      return await runtime.start(options, signal);
    }
    const { container } = spare;
    spare = undefined;
    return await container;
  }

  async function putAway(): Promise<void> {
    const unused = spare;
    spare = undefined;
    const [started] = await Promise.allSettled(unused ? [unused.container] : []);
    if (started?.status === 'fulfilled') await started.value[Symbol.asyncDispose]();
  }
}
