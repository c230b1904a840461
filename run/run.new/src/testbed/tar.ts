import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract, pack } from 'tar-stream';

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A tar of `files`, owned by root; a name that ends in "/" is a folder. */
export async function packFiles(files: Iterable<readonly [string, string | Uint8Array]>): Promise<Uint8Array> {
  const tar = pack();
  for (const [name, content] of files) {
    if (name.endsWith('/')) tar.entry({ name, type: 'directory', mode: 0o755 });
    else tar.entry({ name, mode: 0o644 }, Buffer.from(content));
  }
  tar.finalize();
  return buffer(tar);
}

/** The regular files of a tar, in its order; links and devices are left out. Undefined, with nothing more read, where they have more than `maxBytes` together. */
export async function readFiles(tar: Readable, maxBytes: number): Promise<NamedBytes[] | undefined> {
  const files: NamedBytes[] = [];
  let bytes = 0;
  const parser = extract();
  const parsing = Readable.from(parser);
  tar.on('error', (error) => parser.destroy(error));
  tar.pipe(parser);
  for await (const entry of parsing) {
    // With the header, of which a million empty files have a million.
    bytes += 512 + (entry.header.size ?? 0);
    if (bytes > maxBytes) {
      tar.unpipe(parser);
      tar.destroy();
      return undefined;
    }
    const content = await buffer(entry);
    if (entry.header.type === 'file') files.push({ name: entry.header.name, bytes: content });
  }
  return files;
}
