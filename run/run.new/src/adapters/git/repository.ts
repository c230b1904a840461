import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BoundaryError } from '../../domain/boundary.ts';
import type {
  ApplyResult,
  Change,
  DiffRange,
  FilesAfter,
  GitCommit,
  Repository,
  TreeEntry,
} from '../../ports/repository.ts';
import { makeScratch } from '../scratch/index.ts';
import { parseCommit, parseTree } from './parse.ts';
import { type GitPlace, git, gitBytes, runGit } from './run-git.ts';
import { takeSnapshot } from './snapshot.ts';

/** The user's configuration may not change what a diff looks like. */
const plain = [
  ...['diff.noprefix=false', 'diff.mnemonicPrefix=false', 'diff.renames=false', 'diff.algorithm=myers'],
  ...[
    'diff.orderFile=/dev/null',
    'diff.suppressBlankEmpty=false',
    'diff.interHunkContext=0',
    'diff.indentHeuristic=true',
  ],
  ...['core.quotePath=true', 'core.attributesFile=/dev/null', 'core.autocrlf=false', 'core.safecrlf=false'],
  ...['apply.whitespace=nowarn', 'apply.ignoreWhitespace=no'],
].flatMap((setting) => ['-c', setting]);

const diffArgs = [
  ...['--binary', '--full-index', '--unified=3', '--no-color', '--no-ext-diff', '--no-textconv'],
  ...['--src-prefix=a/', '--dst-prefix=b/', '--submodule=short', '--ignore-submodules=none', '--no-relative'],
];

export interface RepositoryPlace extends GitPlace {
  /** Whether commits that are missing can be fetched from "origin". */
  readonly hasOrigin: boolean;
}

/** The repository in `place.folder`; never writes to it but by fetching. */
export function createRepository(place: RepositoryPlace): Repository {
  return {
    commit: (sha, { number }, signal) => findCommit(place, { sha, number }, signal),
    async mergeBase(a, b, signal) {
      const args = ['merge-base', checked(a), checked(b)];
      const result = await runGit(place, args, signal);
      if (result.exitCode === 0) return result.stdout.trim();
      if (result.exitCode === 1) return undefined;
      throw new BoundaryError('git', `git ${args.join(' ')} in ${place.folder}: ${result.stderr.trim()}`);
    },
    diff: (range, signal) => diff(place, range, signal),
    apply: (commit, patches, signal) => apply(place, { commit, patches }, signal),
    async tree(commit, signal): Promise<readonly TreeEntry[]> {
      return parseTree(await git(place, ['ls-tree', '-r', '-z', '--full-tree', checked(commit)], signal));
    },
    async read(commit, path, signal) {
      // Read from the tree, since a missing path and a missing blob end with the same code.
      const listed = await git(place, ['ls-tree', '-z', '--full-tree', checked(commit), '--', literal(path)], signal);
      const entry = parseTree(listed).find((one) => one.path === path);
      if (entry === undefined || entry.mode === '160000' || entry.mode === '040000') return undefined;
      return gitBytes(place, entry.sha, signal);
    },
    filesAfter: (change, paths, signal) => filesAfter(place, { ...change, paths }, signal),
    async describe(commit, signal) {
      const result = await runGit(place, ['describe', '--tags', '--abbrev=0', checked(commit)], signal);
      return result.exitCode === 0 ? result.stdout.trim() : undefined;
    },
    snapshot: (commit, signal) => takeSnapshot(place, checked(commit), signal),
  };
}

async function findCommit(
  place: RepositoryPlace,
  { sha, number }: { readonly sha: string; readonly number?: number | undefined },
  signal: AbortSignal,
): Promise<GitCommit | undefined> {
  const here = await readCommit(place, sha, signal);
  if (here || !place.hasOrigin) return here;
  // By its name first; a host that refuses names still shows the head of the pull request.
  const wanted = number === undefined ? [sha] : [sha, `refs/pull/${number}/head`];
  for (const want of wanted) {
    if (!(await fetched(place, want, signal))) continue;
    const found = await readCommit(place, sha, signal);
    if (found) return found;
  }
  return undefined;
}

const noSuchThing = /not our ref|couldn't find remote ref|unadvertised object|no such remote ref/i;

async function fetched(place: GitPlace, want: string, signal: AbortSignal): Promise<boolean> {
  const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none', 'origin', want];
  const result = await runGit(place, args, signal);
  if (result.exitCode !== 0 && !noSuchThing.test(result.stderr)) await git(place, args, signal);
  return result.exitCode === 0;
}

async function readCommit(place: GitPlace, sha: string, signal: AbortSignal): Promise<GitCommit | undefined> {
  // `--missing` keeps git from fetching the commit by itself, which would bring all of its history along.
  const asked = await runGit(place, ['rev-list', '--missing=allow-any', '--no-walk', checked(sha)], signal);
  if (asked.exitCode !== 0) return undefined;
  return parseCommit(sha, await git(place, ['cat-file', 'commit', sha], signal));
}

const contentsMissing = /unable to read [0-9a-f]{40}|missing blob|could not read object/i;

async function diff(
  place: RepositoryPlace,
  { from, to, hasRenames }: DiffRange,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  await using scratch = await makeScratch();
  const output = join(scratch.folder, 'diff');
  const renames = hasRenames ? ['--find-renames=50%', '-l0'] : ['--no-renames'];
  // Into a file: source files are bytes, not text of one encoding.
  const ends = [checked(from), checked(to)];
  const args = [...plain, 'diff-tree', '-r', '-p', ...diffArgs, ...renames, `--output=${output}`, ...ends];
  const result = await runGit(place, args, signal);
  // Of an origin they may come with the next attempt.
  if (result.exitCode !== 0 && !place.hasOrigin && contentsMissing.test(result.stderr)) return undefined;
  if (result.exitCode !== 0) await git(place, args, signal);
  return await readFile(output);
}

async function apply(
  place: GitPlace,
  { commit, patches }: { readonly commit: string; readonly patches: readonly string[] },
  signal: AbortSignal,
): Promise<ApplyResult> {
  await using scratch = await makeScratch();
  const inScratch = await writingTo(place, scratch.folder, signal);
  await git(inScratch, ['read-tree', checked(commit)], signal);
  for (const [index, patch] of patches.entries()) {
    const file = join(scratch.folder, `${index}.patch`);
    await writeFile(file, patch);
    const result = await runGit(inScratch, [...plain, 'apply', '--cached', '--whitespace=nowarn', '--', file], signal);
    if (result.exitCode !== 0) {
      return { kind: 'refused', patch: index, message: result.stderr.trim().replaceAll(`${scratch.folder}/`, '') };
    }
  }
  return { kind: 'applied', tree: (await git(inScratch, ['write-tree'], signal)).trim() };
}

/** The same repository, with an index and new objects in `folder`. */
async function writingTo(place: GitPlace, folder: string, signal: AbortSignal): Promise<GitPlace> {
  const objects = resolve(place.folder, (await git(place, ['rev-parse', '--git-path', 'objects'], signal)).trim());
  const fresh = join(folder, 'objects');
  await mkdir(fresh);
  const env = {
    ...place.env,
    GIT_INDEX_FILE: join(folder, 'index'),
    GIT_OBJECT_DIRECTORY: fresh,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
  };
  return { ...place, env };
}

interface ReadAfter extends Change {
  readonly paths: readonly string[];
}

async function filesAfter(
  place: GitPlace,
  { commit, patch, paths }: ReadAfter,
  signal: AbortSignal,
): Promise<FilesAfter | undefined> {
  await using scratch = await makeScratch();
  const inScratch = await writingTo(place, scratch.folder, signal);
  await git(inScratch, ['read-tree', checked(commit)], signal);
  if (patch !== '') {
    const file = join(scratch.folder, 'patch');
    await writeFile(file, patch);
    const result = await runGit(inScratch, [...plain, 'apply', '--cached', '--whitespace=nowarn', '--', file], signal);
    if (result.exitCode !== 0) return undefined;
  }
  const tree = (await git(inScratch, ['write-tree'], signal)).trim();
  const wanted = new Set(paths);
  const entries = parseTree(await git(inScratch, ['ls-tree', '-r', '-z', '--full-tree', tree], signal));
  const files = new Map<string, Uint8Array>();
  for (const { path, mode, sha } of entries) {
    if (wanted.has(path) && mode !== '160000') files.set(path, await gitBytes(inScratch, sha, signal));
  }
  return files;
}

/** Names of commits come from hosts and dumps: none of them is taken for an option. */
function checked(sha: string): string {
  if (!/^[0-9a-f]{40,64}$/.test(sha)) throw new Error(`${JSON.stringify(sha)} is no name of a commit`);
  return sha;
}

function literal(path: string): string {
  return `:(literal,top)${path}`;
}
