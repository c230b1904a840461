import { createDockerRuntime } from '../../adapters/dockerode/index.ts';
import { BoundaryError } from '../../domain/boundary.ts';
import type { ContainerRuntime } from '../../ports/container-runtime.ts';
import { MissingError } from '../../util/errors.ts';
import type { CliDeps } from '../deps.ts';

/** The engine that DOCKER_HOST names, or this machine's. Throws MissingError where none answers, before anything else is done. */
export async function openEngine(run: string, { env, signal }: CliDeps): Promise<ContainerRuntime> {
  const certificates = env.DOCKER_TLS_VERIFY ? env.DOCKER_CERT_PATH : undefined;
  const runtime = createDockerRuntime({ run: `${run}-${process.pid}`, host: env.DOCKER_HOST, certificates });
  try {
    await runtime.engine(signal);
    return runtime;
  } catch (error) {
    if (!(error instanceof BoundaryError) || error.boundary !== 'container') throw error;
    throw new MissingError(error.message, { cause: error });
  }
}
