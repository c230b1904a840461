import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';

/** What lies in a fake container, by absolute path. Folders are where files are. */
export type FakeFiles = Map<string, FakeFile>;

export interface FakeFile {
  readonly content: Buffer;
  /** Permission bits. */
  readonly mode: number;
  /** What a symbolic link points at. */
  readonly link?: string;
}

export function toFile(content: string | Uint8Array, mode = 0o644): FakeFile {
  return { content: Buffer.from(content), mode };
}

/** Lays the files of a tar below `folder`. */
export async function untar(tar: Readable | Uint8Array, folder: string, files: FakeFiles): Promise<void> {
  const archive = extract();
  const fed = pipeline(tar instanceof Readable ? tar : Readable.from([Buffer.from(tar)]), archive);
  for await (const entry of archive) {
    const { name, type, mode = 0o644, linkname } = entry.header;
    const content = await buffer(entry);
    const link = type === 'symlink' ? { link: linkname ?? '' } : {};
    if (type === 'file' || type === 'symlink') files.set(posix.join(folder, name), { content, mode, ...link });
  }
  await fed;
}

/** A tar of the files below `path`, named from `root` on. Undefined where there are none. */
export function toTar(files: FakeFiles, path: string, root: string): Readable | undefined {
  const below = [...files].filter(([name]) => name === path || name.startsWith(path.replace(/\/?$/, '/')));
  if (below.length === 0) return undefined;
  const archive = pack();
  for (const [name, { content, mode, link }] of below.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const header = { name: posix.relative(root, name), mode };
    if (link === undefined) archive.entry(header, content);
    else archive.entry({ ...header, type: 'symlink', linkname: link }, '');
  }
  archive.finalize();
  return Readable.from(archive);
}
