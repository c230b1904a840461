import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toDiskError } from '../../domain/disk-error.ts';
import type { RepositorySource } from '../../ports/repository.ts';
import { errorCode } from '../../util/errors.ts';
import { withLock } from './folder-lock.ts';
import { type Environment, type GitPlace, git, runGit } from './run-git.ts';

export interface CloneOptions {
  /** The folder of shared clones. */
  readonly cache: string;
  readonly env: Environment;
}

/** The folder of a local clone where `cloneUrl` is one: a path or a file:// URL. */
export function localFolder(cloneUrl: string): string | undefined {
  if (cloneUrl.startsWith('file://')) return fileURLToPath(cloneUrl);
  return isAbsolute(cloneUrl) ? cloneUrl : undefined;
}

/** The bare clone of `source` in the cache, made if it is not there; undefined where the host has no such repository. One process clones, others wait. */
export async function ensureClone(
  source: RepositorySource,
  { cache, env }: CloneOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  const folder = cachedFolder(cache, source);
  try {
    if (await isThere(folder)) return folder;
    return await withLock(
      `${folder}.lock`,
      async () => ((await isThere(folder)) || (await clone(source, { folder, env }, signal)) ? folder : undefined),
      { signal },
    );
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw errorCode(error)
      ? toDiskError(`clone ${source.name} into ${folder} (another folder: --cache)`, error)
      : error;
  }
}

/** One folder a host, since two hosts may have repositories of one name. */
function cachedFolder(cache: string, { name, cloneUrl }: RepositorySource): string {
  const host = new URL(cloneUrl).host.replace(':', '_').toLowerCase();
  return join(cache, 'git', host, `${name.toLowerCase()}.git`);
}

const missing =
  /repository not found|not found in upstream|does not exist|returned error: 404|not appear to be a git repository/i;

/** Fetches beside and renames: what stands in the cache is whole. False where there is nothing to clone. */
async function clone(
  { cloneUrl }: RepositorySource,
  { folder, env }: { readonly folder: string; readonly env: Environment },
  signal: AbortSignal,
): Promise<boolean> {
  const temporary = `${folder}.${randomUUID()}.tmp`;
  const place: GitPlace = { folder: temporary, env };
  await mkdir(temporary, { recursive: true });
  try {
    await git(place, ['init', '--quiet', '--bare', '.'], signal);
    for (const [key, value] of settings(cloneUrl)) await git(place, ['config', key, value], signal);
    const fetch = ['fetch', '--quiet', '--progress', '--filter=blob:none', '--tags', 'origin'];
    const result = await runGit(place, [...fetch, '+refs/heads/*:refs/heads/*'], signal);
    if (result.exitCode !== 0 && missing.test(result.stderr)) return false;
    if (result.exitCode !== 0) await git(place, [...fetch, '+refs/heads/*:refs/heads/*'], signal);
    await renameOrYield(temporary, folder);
    return true;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function settings(cloneUrl: string): readonly (readonly [string, string])[] {
  return [
    ['remote.origin.url', cloneUrl],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialclonefilter', 'blob:none'],
    // Commits fetched by their name belong to no ref: nothing may collect them.
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
  ];
}

async function renameOrYield(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another process, which had taken the lock for stale, was faster: its clone is as good.
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
  }
}

async function isThere(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
