import type { Candidate } from '../../domain/candidate.ts';
import { countLines } from '../../engine/patch/patch.ts';
import type { SplitPatch } from './files/split-patch.ts';

/** The changed files as a candidate lists them. */
export function summariseFiles({ files }: SplitPatch): Candidate['files'] {
  return files.map(({ patch, class: fileClass, isSplit }) => ({
    path: patch.path,
    class: fileClass,
    change: patch.change,
    ...countLines(patch),
    isBinary: patch.binary !== undefined,
    isSplit,
  }));
}
