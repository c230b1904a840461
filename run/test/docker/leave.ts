// A run that is killed: it has a container and has made an image, and waits.
import { setTimeout as sleep } from 'node:timers/promises';
import { createDockerRuntime } from '../../src/adapters/dockerode/index.ts';
import { toOptions } from '../contract/container-runtime.ts';

const [run = '', image = ''] = process.argv.slice(2);
const { signal } = new AbortController();
const container = await createDockerRuntime({ run }).start(toOptions({ image }), signal);
await container.commit({ labels: {}, env: {}, folder: '/' }, signal);
console.log(container.id);
await sleep(60_000);
