import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { type Headers, pack } from 'tar-fs';
import type { Snapshot } from '../../ports/repository.ts';
import { makeScratch } from '../scratch/index.ts';
import { type GitPlace, git } from './run-git.ts';

/** The author of the one commit, and its time: the same everywhere, so that the commit has the same name everywhere. */
const author = {
  GIT_AUTHOR_NAME: 'Envmint',
  GIT_AUTHOR_EMAIL: 'envmint@localhost',
  GIT_COMMITTER_NAME: 'Envmint',
  GIT_COMMITTER_EMAIL: 'envmint@localhost',
  GIT_AUTHOR_DATE: '1700000000 +0000',
  GIT_COMMITTER_DATE: '1700000000 +0000',
};

/** Reading the index checks files out and brings all that a partial clone lacks in one go; unlike `git archive`, it knows no `export-ignore`. */
export async function takeSnapshot(place: GitPlace, commit: string, signal: AbortSignal): Promise<Snapshot> {
  const scratch = await makeScratch();
  try {
    const tree = join(scratch.folder, 'tree');
    await mkdir(tree);
    const laying = { ...place.env, GIT_WORK_TREE: tree, GIT_INDEX_FILE: join(scratch.folder, 'index') };
    const options = ['-c', 'core.bare=false', '-c', 'core.autocrlf=false', '-c', 'core.attributesFile=/dev/null'];
    const gitFolder = resolve(place.folder, (await git(place, ['rev-parse', '--absolute-git-dir'], signal)).trim());
    const inTree: GitPlace = { folder: place.folder, env: { ...laying, GIT_DIR: gitFolder } };
    await git(inTree, [...options, 'read-tree', '-u', '--reset', commit], signal);
    await makeRepository(place, { scratch: scratch.folder, tree, commit }, signal);
    return { tar: () => packFolder(tree), [Symbol.asyncDispose]: scratch[Symbol.asyncDispose] };
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    throw error;
  }
}

interface Layout {
  readonly scratch: string;
  readonly tree: string;
  readonly commit: string;
}

/** A repository in `tree` with one commit. Fetched from one that borrows its objects: packing borrowed objects in place would bring all of a partial clone along. */
async function makeRepository(place: GitPlace, { scratch, tree, commit }: Layout, signal: AbortSignal): Promise<void> {
  const objects = resolve(place.folder, (await git(place, ['rev-parse', '--git-path', 'objects'], signal)).trim());
  const lender = join(scratch, 'lender.git');
  await mkdir(join(lender, 'objects', 'info'), { recursive: true });
  await writeFile(join(lender, 'objects', 'info', 'alternates'), `${objects}\n`);
  const init = ['init', '--quiet', '--template=', '--initial-branch=main'];
  const lending: GitPlace = { folder: lender, env: { ...place.env, ...author } };
  await git(lending, [...init, '--bare', '.'], signal);
  const only = (await git(lending, ['commit-tree', `${commit}^{tree}`, '-m', 'base'], signal)).trim();
  await git(lending, ['update-ref', 'refs/heads/main', only], signal);

  const own: GitPlace = { folder: tree, env: place.env };
  await git(own, [...init, '.'], signal);
  await git(own, ['config', 'core.logAllRefUpdates', 'false'], signal);
  await git(own, ['config', 'gc.auto', '0'], signal);
  const quietly = ['--quiet', '--no-tags', '--no-write-fetch-head', '--update-head-ok', '--keep'];
  await git(own, ['fetch', ...quietly, `file://${lender}`, 'refs/heads/main:refs/heads/main'], signal);
}

/** Owned by root and of one time, in the order of names. */
function packFolder(folder: string): Readable {
  const mtime = new Date(Number.parseInt(author.GIT_AUTHOR_DATE, 10) * 1000);
  // `sort` is missing from the types.
  const options = {
    sort: true,
    map: (header: Headers) => ({ ...header, uid: 0, gid: 0, uname: '', gname: '', mtime }),
  };
  const tar = new PassThrough();
  // The pack is a stream of another make: what takes a tar wants Node's own.
  pipeline(pack(folder, options), tar, () => undefined);
  return tar;
}
