import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Docker from 'dockerode';
import { BoundaryError } from '../../domain/boundary.ts';
import { errorCode, UsageError } from '../../util/errors.ts';

export interface EngineAddress {
  /** As DOCKER_HOST has it: "unix:///var/run/docker.sock", which is the default, or "tcp://host:port". */
  readonly host?: string | undefined;
  /** The folder with ca.pem, cert.pem and key.pem (DOCKER_CERT_PATH), for an engine behind TLS. */
  readonly certificates?: string | undefined;
}

const defaultSocket = '/var/run/docker.sock';

export function connect({ host, certificates }: EngineAddress): Docker {
  if (!host) return new Docker({ socketPath: defaultSocket });
  if (host.startsWith('unix://')) return new Docker({ socketPath: host.slice('unix://'.length) || defaultSocket });
  const url = URL.canParse(host) ? new URL(host) : undefined;
  if (url?.protocol !== 'tcp:') {
    throw new UsageError(`the Docker engine at ${host}: only unix:// and tcp:// are understood (DOCKER_HOST)`);
  }
  const at = { host: url.hostname, port: url.port || (certificates ? '2376' : '2375') };
  if (!certificates) return new Docker({ ...at, protocol: 'http' });
  const read = (name: string) => readFileSync(join(certificates, name));
  return new Docker({ ...at, protocol: 'https', ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') });
}

/** Runs `work` and attributes what it throws to the engine; what is attributed already, and an abort, pass through. */
export async function atEngine<T>(
  doing: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T> | T,
): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await work();
  } catch (error) {
    if (error instanceof BoundaryError) throw error;
    signal?.throwIfAborted();
    throw toEngineError(doing, error);
  }
}

/** The HTTP status of the engine's refusal, undefined where it did not answer. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

export function toEngineError(doing: string, cause: unknown): BoundaryError {
  const said = cause instanceof Error ? cause.message.trim() : String(cause);
  if (['ECONNREFUSED', 'ENOENT', 'EACCES', 'ENOTFOUND'].includes(errorCode(cause) ?? '')) {
    const remedy = 'start it with dockerd, or install it: apt-get install docker.io iptables (see: envmint doctor)';
    return new BoundaryError('container', `${doing}: no Docker engine answers (${said}): ${remedy}`, {
      cause,
      retryable: true,
    });
  }
  if (/no space left on device/i.test(said)) {
    const advice = "the disk of the Docker engine is full: free some space, for instance with 'envmint images gc'";
    return new BoundaryError('disk', `${doing}: ${advice}`, { cause });
  }
  // Without a status the connection broke; from 500 on the engine is in trouble. What it refuses below that, it refuses again.
  const status = statusOf(cause);
  return new BoundaryError('container', `${doing}: ${said}`, {
    cause,
    retryable: status === undefined || status >= 500,
  });
}
