import { get } from 'node:http';
import { json } from 'node:stream/consumers';
import { createDockerRuntime } from '../../src/adapters/dockerode/index.ts';
import type { ContainerRuntime, Image } from '../../src/ports/container-runtime.ts';
import { tinyRoot } from './tiny-image.ts';

/** Whether an engine answers. Where REQUIRE_DOCKER is set, the tests run without one as well, and fail. */
export async function hasEngine(): Promise<boolean> {
  if (process.env.REQUIRE_DOCKER === '1') return true;
  const probe = createDockerRuntime({ run: 'probe', host: process.env.DOCKER_HOST });
  return probe.engine(new AbortController().signal).then(
    () => true,
    (error) => {
      console.warn(`skipped: ${error.message}`);
      return false;
    },
  );
}

export interface TestEngine extends AsyncDisposable {
  readonly runtime: ContainerRuntime;
  readonly run: string;
  readonly base: Image;
  /** Ids of containers of this run, by other means than ours. */
  containers(): Promise<readonly string[]>;
}

let count = 0;

/** The machine's engine with an image of this machine's own programs. */
export async function openEngine(host = process.env.DOCKER_HOST): Promise<TestEngine> {
  const run = `test-${process.pid}-${count++}`;
  const runtime = createDockerRuntime({ run, host });
  const signal = new AbortController().signal;
  const base = await runtime.importImage(tinyRoot(), { labels: {} }, signal);
  return {
    runtime,
    run,
    base,
    containers: () => listContainers(run),
    async [Symbol.asyncDispose]() {
      for (const { id } of await runtime.images({ 'envmint.run': run }, signal)) await runtime.removeImage(id, signal);
    },
  };
}

/** Asks the engine itself, so that a fault of the adapter does not hide what it left. */
export function listContainers(run: string): Promise<readonly string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`envmint.run=${run}`] }));
  const socketPath = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');
  return new Promise((resolve, reject) => {
    const request = get({ socketPath, path: `/containers/json?all=1&filters=${filters}` }, async (response) => {
      const found = (await json(response)) as readonly { readonly Id: string }[];
      resolve(found.map(({ Id }) => Id));
    });
    request.on('error', reject);
  });
}
