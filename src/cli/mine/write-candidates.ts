import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RunFolder } from '../../adapters/run-folder/index.ts';
import type { CandidateRef } from '../../domain/candidate.ts';
import { toDiskError } from '../../domain/disk-error.ts';
import { compareText } from '../../util/canonical-json.ts';

/** Writes the candidates that `refs` stand for, one a line, by repository and number; whole or not at all. */
export async function writeCandidates(
  path: string,
  { artifacts }: RunFolder,
  refs: readonly CandidateRef[],
): Promise<void> {
  const sorted = refs.toSorted((a, b) => compareText(a.repository, b.repository) || a.number - b.number);
  const temporary = `${path}.${process.pid}.tmp`;
  const lines = async function* () {
    for (const ref of sorted) yield await artifacts.readFile(ref.path);
  };
  try {
    await pipeline(Readable.from(lines()), createWriteStream(temporary));
    await rename(temporary, path);
  } catch (error) {
    throw toDiskError(`write ${path}`, error);
  }
}
