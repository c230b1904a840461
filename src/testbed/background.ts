import type { ContainerRuntime } from '../ports/container-runtime.ts';

/** Work that nobody waits for before the end. Disposing it waits, and throws what the first of them threw. */
export interface Background extends AsyncDisposable {
  add(work: Promise<void>): void;
}

export function createBackground(): Background {
  const works: Promise<void>[] = [];
  return {
    add(work) {
      works.push(work);
      // Whoever disposes is told.
      void Promise.allSettled([work]);
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(works);
      await Promise.all(works);
    },
  };
}

/** Its containers are removed in the background: large ones take seconds. */
export function withLateRemoval(runtime: ContainerRuntime, background: Background): ContainerRuntime {
  return {
    ...runtime,
    async start(options, signal) {
      const container = await runtime.start(options, signal);
      const remove = async () => await container[Symbol.asyncDispose]();
      return { ...container, [Symbol.asyncDispose]: async () => background.add(remove()) };
    },
  };
}
