import type { WorkerPool } from '../../ports/workers.ts';
import { type Child, type ChildOptions, startChild } from './child.ts';

export interface ForkPoolOptions extends ChildOptions {
  /** How many processes there are at most; they are started when there is work for them. */
  readonly size: number;
}

/** Worker processes of this program. The caller disposes the pool, which waits until every process is gone. */
export function createForkPool(options: ForkPoolOptions): WorkerPool {
  const all = new Set<Child>();
  const idle: Child[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  return {
    async run(stage, input, signal) {
      await takeSlot();
      try {
        signal.throwIfAborted();
        const child = takeIdle() ?? start();
        try {
          return await child.work(stage, input, signal);
        } finally {
          await putBack(child);
        }
      } finally {
        giveSlot();
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...all].map((child) => child.stop()));
      all.clear();
    },
  };

  /** An idle process may have died since it was put back. */
  function takeIdle(): Child | undefined {
    for (let child = idle.pop(); child; child = idle.pop()) {
      if (child.isAlive()) return child;
      all.delete(child);
    }
    return undefined;
  }

  function start(): Child {
    const child = startChild(options);
    all.add(child);
    return child;
  }

  async function putBack(child: Child): Promise<void> {
    if (child.isAlive()) {
      idle.push(child);
      return;
    }
    await child.stop();
    all.delete(child);
  }

  async function takeSlot(): Promise<void> {
    if (busy < options.size) busy++;
    // The slot of the job that ends is handed over, so `busy` stays as it is.
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function giveSlot(): void {
    const next = waiting.shift();
    if (next) next();
    else busy--;
  }
}
