import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toDiskError } from '../domain/disk-error.ts';
import type { Artifacts } from '../ports/artifacts.ts';

/** Writes a file of lines, whole or not at all. */
export async function writeLines(
  path: string,
  lines: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await pipeline(Readable.from(lines, { objectMode: true }), createWriteStream(temporary));
    await rename(temporary, path);
  } catch (error) {
    throw toDiskError(`write ${path}`, error);
  }
}

/** The files that `refs` point to, one after the other. */
export async function* readAll(artifacts: Artifacts, refs: Iterable<{ readonly path: string }>) {
  for (const ref of refs) yield await artifacts.readFile(ref.path);
}
