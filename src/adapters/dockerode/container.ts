import { randomUUID } from 'node:crypto';
import { pipeline, Readable, Transform } from 'node:stream';
import type Docker from 'dockerode';
import { BoundaryError } from '../../domain/boundary.ts';
import type { CommitOptions, Container, ContainerOptions, Image, Labels } from '../../ports/container-runtime.ts';
import { readChanged } from './changed.ts';
import { atEngine, statusOf, toEngineError } from './connect.ts';
import { type Host, runExec } from './exec.ts';
import { inspectImage, splitName } from './images.ts';
import { type OomWatch, watchOom } from './oom-watch.ts';
import { labelsOfImage } from './owner.ts';

export interface Sandboxes {
  readonly docker: Docker;
  /** What this runtime puts on everything. */
  readonly labels: Labels;
  /** Names of containers that could not be removed when their time had come. */
  readonly leftovers: Set<string>;
}

/**
 * As process 1 of the container the kernel keeps it from being killed from inside, and bash buries the orphans. It blocks without a further process,
 * so that it also holds where no process can be made any more.
 */
const idle = "trap '' TERM INT HUP QUIT; exec 3<> <(:); while :; do read -r -u 3 || :; done";

/**
 * Root without these is refused users that every harness grants it, and tests would tell. Not there: raw sockets, devices, chroot, ports below 1024,
 * audit; nor DAC_OVERRIDE: root, who owns all files of an image, is then refused what their modes forbid, as the people are whose tests assert it.
 */
const testCapabilities = ['CHOWN', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID'];

export async function startContainer(
  { docker, labels, leftovers }: Sandboxes,
  options: ContainerOptions,
  signal: AbortSignal,
): Promise<Container> {
  return atEngine(`start a container of ${options.image}`, signal, async () => {
    const name = `envmint-${randomUUID()}`;
    let oom: OomWatch | undefined;
    const dispose = async () => {
      // Left open, it would keep the process from ending.
      oom?.[Symbol.dispose]();
      await removeContainer({ docker, leftovers }, name);
    };
    try {
      const create = { ...toCreate(options), name, Labels: { ...options.labels, ...labels } };
      // Without the signal: a request that was called off may have made a container all the same.
      const container = await docker.createContainer(create);
      oom = await watchOom(docker, container.id);
      const host: Host = { container, limits: options.limits, env: options.env, oom };
      const made = toContainer({ docker, labels }, host, dispose);
      await container.start();
      signal.throwIfAborted();
      return made;
    } catch (error) {
      await dispose();
      throw error;
    }
  });
}

function toCreate({ image, network, limits, privileges }: ContainerOptions): Docker.ContainerCreateOptions {
  const { memoryBytes, diskBytes } = limits;
  const dropped = { CapDrop: ['ALL'], CapAdd: testCapabilities, SecurityOpt: ['no-new-privileges'] };
  return {
    Image: image,
    Entrypoint: [],
    Cmd: ['bash', '-c', idle],
    User: '0',
    WorkingDir: '/',
    Hostname: 'envmint',
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: network,
      // Programs look their own machine up: without a network nobody else tells its name.
      ExtraHosts: network === 'none' ? ['envmint:127.0.0.1'] : [],
      NanoCpus: Math.round(limits.cpus * 1e9),
      Memory: memoryBytes,
      // Together with swap: so there is none.
      MemorySwap: memoryBytes,
      PidsLimit: limits.processes,
      Ulimits: [{ Name: 'fsize', Soft: diskBytes, Hard: diskBytes }],
      LogConfig: { Type: 'none', Config: {} },
      RestartPolicy: { Name: 'no' },
      ...(privileges === 'test' ? dropped : {}),
    },
  };
}

function toContainer(
  { docker, labels }: Pick<Sandboxes, 'docker' | 'labels'>,
  host: Host,
  dispose: () => Promise<void>,
): Container {
  const { container } = host;
  const short = container.id.slice(0, 12);
  return {
    id: container.id,
    exec: (options, signal) => runExec(host, options, signal),
    upload: (tar, folder, signal) =>
      atEngine(`copy files to ${folder} of container ${short}`, signal, async () => {
        // As a stream, because a buffer is taken for the name of a file where it is not of Node's own class.
        const stream = tar instanceof Readable ? tar : Readable.from([Buffer.from(tar)]);
        await container.putArchive(stream, { path: folder, abortSignal: signal });
      }),
    download: (path, maxBytes, signal) =>
      atEngine(`copy ${path} out of container ${short}`, signal, async () => {
        try {
          const tar = (await container.getArchive({ path, abortSignal: signal })) as Readable;
          const cap = createCap(path, maxBytes);
          const doing = `copy ${path} out of container ${short}`;
          tar.on('error', (error) => cap.destroy(signal.aborted ? signal.reason : toEngineError(doing, error)));
          // Whoever reads is told of an error by the last stream.
          return pipeline(tar, cap, () => undefined);
        } catch (error) {
          if (statusOf(error) === 404) return undefined;
          throw error;
        }
      }),
    changed: (signal) => readChanged(container, signal),
    commit: (options, signal) =>
      atEngine(`make an image of container ${short}`, signal, () =>
        commit(docker, { container, options: { ...options, labels: { ...labels, ...options.labels } } }, signal),
      ),
    [Symbol.asyncDispose]: dispose,
  };
}

interface Commit {
  readonly container: Docker.Container;
  readonly options: CommitOptions;
}

async function commit(docker: Docker, { container, options }: Commit, signal: AbortSignal): Promise<Image> {
  const { name, labels, env, folder } = options;
  const { Id } = (await container.commit({
    // A pause would hold up who reads the container meanwhile.
    _query: { container: container.id, pause: false, ...(name ? splitName(name) : {}) },
    _body: {
      Labels: labelsOfImage(labels, name),
      Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
      WorkingDir: folder,
      Cmd: ['bash'],
    },
    // No signal: what was called off would still be made, and nobody would know its name.
  })) as { readonly Id: string };
  signal.throwIfAborted();
  return inspectImage(docker, Id);
}

function createCap(path: string, maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      const isTooLarge = bytes > maxBytes;
      const message = `copy ${path} out of a container: it is larger than ${maxBytes} bytes`;
      done(isTooLarge ? new BoundaryError('container', message) : null, chunk);
    },
  });
}

/** Never throws for an engine that is away: the name is kept, and tried again before the next start. */
export async function removeContainer(
  { docker, leftovers }: Pick<Sandboxes, 'docker' | 'leftovers'>,
  name: string,
): Promise<boolean> {
  try {
    await docker.getContainer(name).remove({ force: true, v: true });
    leftovers.delete(name);
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) leftovers.delete(name);
    // 409: another is removing it.
    else if (status !== 409) leftovers.add(name);
    return false;
  }
}
