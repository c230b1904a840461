import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BoundaryError } from '../../domain/boundary.ts';
import { toDiskError } from '../../domain/disk-error.ts';
import { compareText } from '../../util/canonical-json.ts';
import { errorCode, UsageError } from '../../util/errors.ts';
import { makeScratch } from '../scratch/index.ts';

/** One hour of GH Archive: a file, or an address that is downloaded when it is its turn. */
export interface ArchiveFile {
  /** A path or a URL. */
  readonly from: string;
  /** Changes when the content does; for a URL, the URL. */
  readonly identity: string;
}

/** The files that `places` name: files, folders of *.json.gz, URLs, and ranges in them such as {0..23}. Throws UsageError for a place that is not there. */
export async function findArchiveFiles(places: readonly string[]): Promise<ArchiveFile[]> {
  const found: ArchiveFile[] = [];
  for (const place of places.flatMap(expandRanges))
    found.push(...(isUrl(place) ? [toRemote(place)] : await findLocal(place)));
  if (found.length === 0) throw new UsageError(`no *.json.gz in ${places.join(', ')}`);
  return found;
}

/** "2024-01-{01..31}-{0..23}" as 744 names; numbers keep the width of the first. */
export function expandRanges(place: string): string[] {
  const range = place.match(/\{(\d+)\.\.(\d+)\}/);
  if (!range) return [place];
  const [all, from = '', to = ''] = range;
  const numbers = Array.from(
    { length: Math.max(0, Number(to) - Number(from) + 1) },
    (_, index) => Number(from) + index,
  );
  const width = from.startsWith('0') ? from.length : 0;
  return numbers.flatMap((number) => expandRanges(place.replace(all, String(number).padStart(width, '0'))));
}

async function findLocal(place: string): Promise<ArchiveFile[]> {
  const path = resolve(place);
  try {
    if (!(await stat(path)).isDirectory()) return [await toLocal(path)];
    const names = (await readdir(path)).filter((name) => name.endsWith('.json.gz')).sort(compareText);
    return Promise.all(names.map((name) => toLocal(join(path, name))));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new UsageError(`there is no archive at ${path}`, { cause: error });
    throw toDiskError(`read ${path}`, error);
  }
}

async function toLocal(path: string): Promise<ArchiveFile> {
  const { size, mtimeMs } = await stat(path);
  return { from: path, identity: `${path} ${size} ${mtimeMs}` };
}

function toRemote(url: string): ArchiveFile {
  return { from: url, identity: url };
}

function isUrl(place: string): boolean {
  return /^https?:\/\//.test(place);
}

/** The file on this machine: itself, or a download that is removed at the end. Throws BoundaryError('github') when it cannot be had. */
export async function bringHere(
  { from }: ArchiveFile,
  signal: AbortSignal,
): Promise<{ path: string } & AsyncDisposable> {
  if (!isUrl(from)) return { path: from, async [Symbol.asyncDispose]() {} };
  const scratch = await makeScratch();
  const path = join(scratch.folder, basename(new URL(from).pathname));
  try {
    await download(from, path, signal);
    return { path, [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose]() };
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    if (signal.aborted) throw signal.reason;
    throw error instanceof BoundaryError ? error : notHad(from, error);
  }
}

async function download(url: string, path: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) {
    const advice =
      response.status === 404 ? 'GH Archive has no such hour (hours are not padded: 2024-01-01-0)' : 'try again later';
    throw new BoundaryError('github', `download ${url}: status ${response.status}; ${advice}`);
  }
  await pipeline(Readable.fromWeb(response.body), createWriteStream(path), { signal });
}

function notHad(url: string, cause: unknown): BoundaryError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new BoundaryError('github', `download ${url}: ${message}; run the same command again to go on`, { cause });
}

/** Whether a gzip file can be unpacked to its end; other files are whole. */
export async function isWhole(path: string, signal: AbortSignal): Promise<boolean> {
  if (!path.endsWith('.gz')) return true;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), createGunzip(), nowhere, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (errorCode(error)?.startsWith('Z_')) return false;
    throw toDiskError(`read ${path}`, error);
  }
}
