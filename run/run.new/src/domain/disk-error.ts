import { errorCode } from '../util/errors.ts';
import { BoundaryError } from './boundary.ts';

const advice: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space, then run the same command again to go on',
  EDQUOT: 'your disk quota is used up: free some space, then run the same command again to go on',
  EACCES: 'permission denied: make it writable, or choose another folder with --out',
  EPERM: 'permission denied: make it writable, or choose another folder with --out',
  EROFS: 'the file system is read-only: choose another folder with --out',
  ENOENT: 'it is not there and cannot be made: check the path, or choose another folder with --out',
  EFBIG: 'the file may not grow any further: raise the limit (ulimit -f), then run the same command again to go on',
  ENOTDIR: 'a part of the path is a file: choose another folder with --out',
  EISDIR: 'it is a folder: move it away, or choose another folder with --out',
  EMFILE: 'too many open files: raise the limit (ulimit -n), then run the same command again to go on',
};

/** What a failed file operation means to the user, and what to do about it. */
export function toDiskError(doing: string, error: unknown): BoundaryError {
  if (error instanceof BoundaryError) return error;
  const code = errorCode(error);
  const said = (code && advice[code]) ?? (error instanceof Error ? error.message : String(error));
  return new BoundaryError('disk', `${doing}: ${said}`, { cause: error });
}
