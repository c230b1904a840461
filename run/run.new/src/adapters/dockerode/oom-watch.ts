import type { Readable } from 'node:stream';
import type Docker from 'dockerode';

/** Told by the engine when the kernel killed a process of the container for its memory. */
export interface OomWatch extends Disposable {
  readonly hasKilled: boolean;
  /** Returns what ends the subscription. */
  onKill(listener: () => void): () => void;
}

/** Resolves once the engine listens, so that nothing is missed. */
export async function watchOom(docker: Docker, containerId: string): Promise<OomWatch> {
  const events = (await docker.getEvents({ filters: { container: [containerId], event: ['oom'] } })) as Readable;
  const listeners = new Set<() => void>();
  let hasKilled = false;
  events.on('data', () => {
    hasKilled = true;
    for (const tell of listeners) tell();
  });
  // An engine that goes away is noticed by the command that runs.
  events.on('error', () => undefined);
  return {
    get hasKilled() {
      return hasKilled;
    },
    onKill(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.dispose]: () => {
      events.destroy();
    },
  };
}
