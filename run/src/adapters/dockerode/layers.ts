import { once } from 'node:events';
import { PassThrough, pipeline as pipe, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type Docker from 'dockerode';
import { extract } from 'tar-stream';
import type { Layer } from '../../ports/container-runtime.ts';
import { atEngine, toEngineError } from './connect.ts';

/** Layers as they come in `docker save`: up to engine 24 "ID/layer.tar", later "blobs/sha256/DIGEST", among which are small JSON files. */
export async function* readLayers(docker: Docker, image: string, signal: AbortSignal): AsyncGenerator<Layer> {
  const doing = `read the layers of ${image}`;
  const saved = await atEngine(doing, signal, async () => (await docker.getImage(image).get()) as Readable);
  const archive = extract();
  const abort = () => archive.destroy(signal.reason);
  saved.on('error', (error) => archive.destroy(toEngineError(doing, error)));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const fed = pipeline(saved, archive);
  fed.catch(() => undefined);
  try {
    for await (const entry of archive) {
      const { name, type } = entry.header;
      const id = type === 'file' ? layerOf(name) : undefined;
      // With a callback, because that way an end in the middle of an entry reaches who reads it.
      const content = pipe(entry, new PassThrough(), () => undefined);
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
  if (start[0] === 0x1f && start[1] === 0x8b) return pipe(content, createGunzip(), () => undefined);
  return start[0] === '{'.charCodeAt(0) ? undefined : content;
}
