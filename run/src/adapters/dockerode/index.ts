import type { ContainerRuntime } from '../../ports/container-runtime.ts';
import { atEngine, connect, type EngineAddress } from './connect.ts';
import { removeContainer, type Sandboxes, startContainer } from './container.ts';
import { findImage, importImage, listImages, pullImage, removeImage } from './images.ts';
import { readLayers } from './layers.ts';
import { OURS, OWNER, ownerOfThisProcess } from './owner.ts';
import { sweep } from './sweep.ts';

export interface DockerOptions extends EngineAddress {
  /** Name of the run, a label of all that it makes. */
  readonly run: string;
}

/** The Docker Engine by its API, 1.41 (20.10) or newer. */
export function createDockerRuntime({ run, ...address }: DockerOptions): ContainerRuntime {
  const docker = connect(address);
  const labels = { ...OURS, 'envmint.run': run, [OWNER]: ownerOfThisProcess() };
  const sandboxes: Sandboxes = { docker, labels, leftovers: new Set() };

  return {
    engine: (signal) =>
      atEngine('ask the Docker engine what it is', signal, async () => {
        const [{ NCPU, MemTotal }, { Version, Os, Arch }] = await Promise.all([docker.info(), docker.version()]);
        return { version: Version, platform: `${Os}/${Arch}`, cpus: NCPU, memoryBytes: MemTotal };
      }),
    images: (wanted, signal) => atEngine('list images', signal, () => listImages(docker, wanted)),
    image: (reference, signal) => atEngine(`look up image ${reference}`, signal, () => findImage(docker, reference)),
    pull: (reference, signal) =>
      atEngine(`pull image ${reference}`, signal, () => pullImage(docker, reference, signal)),
    importImage: (tar, options, signal) =>
      atEngine(`import image ${options.name ?? ''}`.trim(), signal, () =>
        importImage(docker, { ...options, tar, labels: { ...labels, ...options.labels } }, signal),
      ),
    layers: (image, signal) => readLayers(docker, image, signal),
    removeImage: (image, signal) => atEngine(`remove image ${image}`, signal, () => removeImage(docker, image)),
    async start(options, signal) {
      for (const name of sandboxes.leftovers) await removeContainer(sandboxes, name);
      return startContainer(sandboxes, options, signal);
    },
    sweep: (signal) => atEngine('remove what dead runs left', signal, () => sweep(sandboxes)),
  };
}
