import type { Readable } from 'node:stream';

/** Git content of repositories, cloned into a cache shared by runs. Throws BoundaryError('git'). */
export interface Repositories {
  /** Clones at the first call (objects of files come when they are needed) and never again; undefined where there is nothing to clone. */
  open(source: RepositorySource, signal: AbortSignal): Promise<Repository | undefined>;
}

export interface RepositorySource {
  /** "owner/name". */
  readonly name: string;
  readonly cloneUrl: string;
}

export interface GitCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly authoredAt: string;
  readonly committedAt: string;
}

export interface TreeEntry {
  readonly path: string;
  /** Six octal digits: "160000" is a submodule, "120000" a symbolic link. */
  readonly mode: string;
  /** Of the blob, or of the commit for a submodule. */
  readonly sha: string;
}

export type ApplyResult =
  /** The tree that came out. */
  | { readonly kind: 'applied'; readonly tree: string }
  /** `patch` is the index of the one that git refused, `message` what git said. */
  | { readonly kind: 'refused'; readonly patch: number; readonly message: string };

export interface Repository {
  /** The commit, fetched by SHA or by the head of pull request `number` where it is not there yet; undefined where nobody has it any more. */
  commit(sha: string, options: { readonly number?: number }, signal: AbortSignal): Promise<GitCommit | undefined>;
  /** The best common ancestor, undefined for unrelated histories. Both commits are there. */
  mergeBase(a: string, b: string, signal: AbortSignal): Promise<string | undefined>;
  /**
   * `git diff --binary --full-index` with "a/" and "b/", quoted paths, 3 lines of context, default algorithm, whatever the user's configuration says;
   * no textconv, no external diff, submodules as short lines. Renames are detected only where asked for. Undefined where the contents of a changed file
   * are neither in the clone nor to be fetched.
   */
  diff(range: DiffRange, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Applies patches one after the other to the tree of `commit` in a scratch index, without fuzz. */
  apply(commit: string, patches: readonly string[], signal: AbortSignal): Promise<ApplyResult>;
  /** Every file of the tree, recursively. */
  tree(commit: string, signal: AbortSignal): Promise<readonly TreeEntry[]>;
  /** Undefined where the commit has no such file. */
  read(commit: string, path: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Those of `paths` that are files after `change`, with their contents; undefined where git refuses the patch. */
  filesAfter(change: Change, paths: readonly string[], signal: AbortSignal): Promise<FilesAfter | undefined>;
  /** The nearest tag below or at the commit; undefined where there is none. */
  describe(commit: string, signal: AbortSignal): Promise<string | undefined>;
  /** Lays out the tree of `commit` in a folder of its own, which goes with the snapshot. Throws BoundaryError('git') where a file cannot be had. */
  snapshot(commit: string, signal: AbortSignal): Promise<Snapshot>;
}

export interface Change {
  readonly commit: string;
  readonly patch: string;
}

export type FilesAfter = ReadonlyMap<string, Uint8Array>;

export interface Snapshot extends AsyncDisposable {
  /** A tar of the files as a checkout on Linux has them, submodules as empty folders, and of a ".git" that holds this tree as its only commit: no parent, tag, remote, hook or log. */
  tar(): Readable;
}

export interface DiffRange {
  readonly from: string;
  readonly to: string;
  readonly hasRenames: boolean;
}
