import type Docker from 'dockerode';
import { removeContainer, type Sandboxes } from './container.ts';
import { removeImage } from './images.ts';
import { isGone, OURS, OWNER } from './owner.ts';

const ours = Object.entries(OURS).map(([name, value]) => `${name}=${value}`);

export async function sweep(sandboxes: Sandboxes): Promise<{ readonly containers: number; readonly images: number }> {
  const { docker } = sandboxes;
  const containers = await docker.listContainers({ all: true, filters: { label: ours } });
  let removed = 0;
  for (const { Id, Labels, Created } of containers) {
    if (isGone(Labels[OWNER] ?? '', Created * 1000) && (await removeContainer(sandboxes, Id))) removed += 1;
  }
  return { containers: removed, images: await sweepImages(docker) };
}

/** Again and again, because an image can go only when those that are built on it are gone. */
async function sweepImages(docker: Docker): Promise<number> {
  for (let removed = 0; ; ) {
    const nameless = await docker.listImages({ filters: { dangling: ['true'], label: ours } });
    const before = removed;
    for (const { Id, Labels, Created } of nameless) {
      if (isGone(Labels?.[OWNER] ?? '', Created * 1000) && (await removeImage(docker, Id))) removed += 1;
    }
    if (removed === before) return removed;
  }
}
