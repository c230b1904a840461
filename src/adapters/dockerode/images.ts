import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { Image, ImportOptions, Labels } from '../../ports/container-runtime.ts';
import { statusOf } from './connect.ts';
import { isOriginal, labelsOfImage } from './owner.ts';

export async function listImages(docker: Docker, labels: Labels): Promise<readonly Image[]> {
  const label = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  // `all`, because an image without a name that another is built on is not shown otherwise.
  const found = await docker.listImages({ all: true, filters: { label } });
  const original = found.filter(({ Labels, RepoTags }) => isOriginal(Labels ?? {}, RepoTags ?? []));
  const images = await Promise.all(original.map(({ Id }) => findImage(docker, Id)));
  return images.filter((image) => image !== undefined).sort((a, b) => b.createdAt - a.createdAt);
}

export async function findImage(docker: Docker, reference: string): Promise<Image | undefined> {
  try {
    return await inspectImage(docker, reference);
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

export async function inspectImage(docker: Docker, reference: string): Promise<Image> {
  const { Id, Config, Size, RootFS, Created } = await docker.getImage(reference).inspect();
  return {
    id: Id,
    labels: Config?.Labels ?? {},
    sizeBytes: Size,
    layers: RootFS?.Layers ?? [],
    createdAt: Date.parse(Created),
  };
}

export async function pullImage(docker: Docker, reference: string, signal: AbortSignal): Promise<Image> {
  const stream = (await docker.pull(reference, { abortSignal: signal })) as Readable;
  await lastStatus(stream);
  return inspectImage(docker, reference);
}

export async function importImage(
  docker: Docker,
  { tar, name, labels }: ImportOptions & { readonly tar: Readable },
  signal: AbortSignal,
): Promise<Image> {
  const pairs = Object.entries(labelsOfImage(labels, name)).map(([key, value]) => `${quote(key)}=${quote(value)}`);
  const changes = ['CMD ["bash"]', `LABEL ${pairs.join(' ')}`];
  const options = { ...(name ? splitName(name) : {}), changes, abortSignal: signal };
  const stream = (await docker.importImage(tar as never, options)) as Readable;
  return inspectImage(docker, (await lastStatus(stream)) ?? '');
}

/** As a Dockerfile has it, where a dollar would be a variable. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll('$', '\\$');
}

/** The engine answers with a line of JSON for each step, and says there, under status 200, what failed. */
async function lastStatus(stream: Readable): Promise<string | undefined> {
  let last: string | undefined;
  for await (const line of createInterface({ input: stream })) {
    if (line.trim() === '') continue;
    const { status, error } = JSON.parse(line) as { readonly status?: string; readonly error?: string };
    if (error !== undefined) throw new Error(error);
    last = status ?? last;
  }
  return last;
}

/** False where a container or another image still needs it. Images below it stay: they are somebody's. */
export async function removeImage(docker: Docker, reference: string): Promise<boolean> {
  try {
    const { Id, RepoTags } = await docker.getImage(reference).inspect();
    // The last one by its id: by name the engine would take the name of an image that others are built on, and keep the image.
    const names = [...(RepoTags ?? []).slice(1), Id];
    for (const name of names) await docker.getImage(name).remove({ noprune: true });
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return true;
    if (statusOf(error) === 409) return false;
    throw error;
  }
}

/** "name:tag" as the engine wants it; a colon before the last slash is that of a registry's port. */
export function splitName(name: string): { readonly repo: string; readonly tag: string } {
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  return hasTag ? { repo: name.slice(0, colon), tag: name.slice(colon + 1) } : { repo: name, tag: 'latest' };
}
