import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import type { Layer } from '../../../ports/container-runtime.ts';
import { createLineFinder, type LineFinder } from './line-finder.ts';
import type { Secrets } from './secrets.ts';

/** A file of a layer that holds something of the patches. */
export interface Trace {
  /** Without the leading "/". */
  readonly path: string;
  /** Numbers of the lines of `Secrets.lines` that are in it. */
  readonly lines: readonly number[];
  /** Set where its content is that of a changed file. */
  readonly blob: string | undefined;
}

export interface LayerScan {
  readonly layers: number;
  readonly files: number;
  readonly bytes: number;
  /** Files whose content is packed, and was not looked into: archives and databases of git. */
  readonly packed: number;
  readonly traces: readonly Trace[];
}

const packedNames = /\.(?:zip|whl|jar|egg|gem|crate|phar|t?gz|tar|bz2|xz|zst|pack)$/i;
const isGitObject = /(?:^|\/)objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/;

/** Reads every file of every layer once, whatever later layers took away again. */
export async function scanLayers(layers: AsyncIterable<Layer>, secrets: Secrets): Promise<LayerScan> {
  const finder = createLineFinder(secrets.lines);
  const traces: Trace[] = [];
  const count = { layers: 0, files: 0, bytes: 0, packed: 0 };
  for await (const { tar } of layers) {
    count.layers += 1;
    for await (const entry of readEntries(tar, finder)) {
      count.files += 1;
      count.bytes += entry.size;
      count.packed += isPacked(entry.path) ? 1 : 0;
      traces.push(...toTraces(entry, secrets));
    }
  }
  return { ...count, traces };
}

function toTraces({ path, lines, id }: Entry, { blobs }: Secrets): Trace[] {
  const blob = blobs.has(id) ? id : undefined;
  return lines.length > 0 || blob !== undefined ? [{ path, lines, blob }] : [];
}

function isPacked(path: string): boolean {
  return packedNames.test(path) || isGitObject.test(path);
}

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly lines: readonly number[];
  /** As git names its content. */
  readonly id: string;
}

async function* readEntries(tar: Readable, finder: LineFinder): AsyncGenerator<Entry> {
  const archive = extract();
  const fed = pipeline(tar, archive);
  // What is wrong with the tar is thrown by the loop as well.
  fed.catch(() => undefined);
  for await (const entry of archive) {
    const { name, size = 0, type } = entry.header;
    const hash = createHash('sha1').update(`blob ${size}\0`);
    for await (const chunk of entry as AsyncIterable<Buffer>) {
      hash.update(chunk);
      finder.push(chunk);
    }
    const lines = finder.end();
    if (type === 'file') yield { path: name.replace(/^(?:\.?\/)+/, ''), size, lines, id: hash.digest('hex') };
  }
  await fed;
}
