// A program that catches what it is told of a container that cannot be started, and then has nothing more to do.
import { createDockerRuntime } from '../../src/adapters/dockerode/index.ts';
import { toOptions } from '../contract/container-runtime.ts';

const [run = '', image = ''] = process.argv.slice(2);
try {
  await createDockerRuntime({ run }).start(toOptions({ image }), new AbortController().signal);
} catch {
  process.exitCode = 1;
}
