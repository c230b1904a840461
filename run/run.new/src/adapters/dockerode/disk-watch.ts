import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { Limits } from '../../ports/container-runtime.ts';

const pollMs = 5000;
/** Measuring walks the whole layer: it may take that part of the time. */
const share = 0.05;

/** Resolves when the container has written more than it may; rejects when `signal` aborts. */
export async function watchDisk(
  { container, limits }: { readonly container: Docker.Container; readonly limits: Limits },
  signal: AbortSignal,
): Promise<void> {
  for (let pauseMs = pollMs; ; ) {
    await sleep(pauseMs, undefined, { signal });
    const startMs = performance.now();
    const { SizeRw } = (await container.inspect({ size: true } as object)) as { readonly SizeRw?: number };
    if ((SizeRw ?? 0) > limits.diskBytes) return;
    pauseMs = Math.max(pollMs, (performance.now() - startMs) / share);
  }
}
