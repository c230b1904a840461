import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type Docker from 'dockerode';
import { extract } from 'tar-stream';
import type { Layer } from '../../ports/container-runtime.ts';

/** Layers as they come in `docker save`: up to engine 24 "ID/layer.tar", later "blobs/sha256/DIGEST", among which are small JSON files. */
export async function* readLayers(docker: Docker, image: string, signal: AbortSignal): AsyncGenerator<Layer> {
  const saved = (await docker.getImage(image).get()) as Readable;
  const archive = extract();
  const abort = () => saved.destroy();
  signal.addEventListener('abort', abort, { once: true });
  const fed = pipeline(saved, archive);
  fed.catch(() => undefined);
  try {
    for await (const entry of archive) {
      const { name, type } = entry.header;
      const id = type === 'file' ? layerOf(name) : undefined;
      const content = entry.pipe(new PassThrough());
      const tar = id === undefined ? undefined : await toTar(content);
      if (id !== undefined && tar !== undefined) yield { id, tar };
      // What the caller did not read is in the way of the next entry.
      for await (const _ of content);
    }
    await fed;
  } finally {
    signal.removeEventListener('abort', abort);
    saved.destroy();
  }
}

function layerOf(path: string): string | undefined {
  return /^([0-9a-f]{64})\/layer\.tar$/.exec(path)?.[1] ?? /^blobs\/sha256\/([0-9a-f]{64})$/.exec(path)?.[1];
}

/** Undefined for the JSON that lies among layers. */
async function toTar(content: PassThrough): Promise<Readable | undefined> {
  await once(content, 'readable');
  const start: Buffer | null = content.read();
  if (start === null) return undefined;
  content.unshift(start);
  if (start[0] === 0x1f && start[1] === 0x8b) return content.pipe(createGunzip());
  return start[0] === '{'.charCodeAt(0) ? undefined : content;
}
