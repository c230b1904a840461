import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { parsePatch } from '../../src/engine/patch/parse-patch.ts';
import type { GitCommit, Repositories, Repository, TreeEntry } from '../../src/ports/repository.ts';
import { contentHash } from '../../src/util/canonical-json.ts';
import { applyHunks } from './apply-hunks.ts';
import { diffFile } from './line-diff.ts';

type Files = Readonly<Record<string, string>>;

interface FakeCommit {
  readonly files: Files;
  readonly parents?: readonly string[];
  readonly message?: string;
  readonly authoredAt?: string;
  readonly committedAt?: string;
  readonly submodules?: Readonly<Record<string, string>>;
  /** The contents of its files are not in the clone. */
  readonly isHollow?: boolean;
}

/** The id of the commit that a test calls `name`. */
export function shaOf(name: string): string {
  return contentHash({ commit: name }).slice(0, 40);
}

/** Repositories in memory, by name; commits by names that `shaOf` turns into ids. Text files only, no renames. */
export function createFakeRepositories(
  all: Readonly<Record<string, Readonly<Record<string, FakeCommit>>>>,
): Repositories {
  return {
    open: async ({ name }) => {
      const commits = all[name];
      return commits && createFakeRepository(commits);
    },
  };
}

function createFakeRepository(named: Readonly<Record<string, FakeCommit>>): Repository {
  const commits = new Map(Object.entries(named).map(([name, commit]) => [shaOf(name), commit]));
  const filesOf = (sha: string) => commits.get(sha)?.files ?? {};
  return {
    commit: async (sha) => {
      const found = commits.get(sha);
      return found && toCommit(sha, found);
    },
    mergeBase: async (a, b) => {
      const above = ancestors(a);
      return ancestors(b).find((sha) => above.includes(sha));
    },
    diff: async ({ from, to }) => {
      if (commits.get(from)?.isHollow || commits.get(to)?.isHollow) return undefined;
      const [before, after] = [filesOf(from), filesOf(to)];
      const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
      const moved = submoduleDiff(commits.get(from), commits.get(to));
      return new TextEncoder().encode(moved + paths.map((path) => diffFile(path, before[path], after[path])).join(''));
    },
    apply: async (commit, patches) => {
      let files: Files | undefined = filesOf(commit);
      for (const [patch, text] of patches.entries()) {
        files = applyPatch(files, text);
        if (files === undefined) return { kind: 'refused', patch, message: 'patch does not apply' };
      }
      return { kind: 'applied', tree: contentHash(files).slice(0, 40) };
    },
    tree: async (sha): Promise<readonly TreeEntry[]> => {
      const { files = {}, submodules = {} } = commits.get(sha) ?? {};
      const blobs = Object.keys(files).map((path) => ({
        path,
        mode: '100644',
        sha: contentHash(files[path]).slice(0, 40),
      }));
      const links = Object.entries(submodules).map(([path, commit]) => ({ path, mode: '160000', sha: commit }));
      return [...blobs, ...links].sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    read: async (sha, path) => {
      const text = filesOf(sha)[path];
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    filesAfter: async ({ commit, patch }, paths) => {
      const files = applyPatch(filesOf(commit), patch);
      if (files === undefined) return undefined;
      const found = paths.filter((path) => Object.hasOwn(files, path));
      return new Map(found.map((path) => [path, new TextEncoder().encode(files[path])]));
    },
    describe: async () => undefined,
    snapshot: async (sha) => ({
      tar() {
        const tar = pack();
        for (const [name, text] of Object.entries(filesOf(sha))) tar.entry({ name }, text);
        tar.finalize();
        return Readable.from(tar);
      },
      [Symbol.asyncDispose]: async () => {},
    }),
  };

  /** Nearest first. */
  function ancestors(sha: string): string[] {
    const found: string[] = [];
    const queue = [sha];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (found.includes(next)) continue;
      found.push(next);
      queue.push(...(commits.get(next)?.parents ?? []).map(shaOf));
    }
    return found;
  }
}

function toCommit(sha: string, commit: FakeCommit): GitCommit {
  const authoredAt = commit.authoredAt ?? '2024-01-10T00:00:00Z';
  return {
    sha,
    tree: contentHash(commit.files).slice(0, 40),
    parents: (commit.parents ?? []).map(shaOf),
    message: commit.message ?? '',
    authoredAt,
    committedAt: commit.committedAt ?? authoredAt,
  };
}

function submoduleDiff(from: FakeCommit | undefined, to: FakeCommit | undefined): string {
  return Object.entries(to?.submodules ?? {})
    .filter(([path, sha]) => from?.submodules?.[path] !== sha)
    .map(([path, sha]) => {
      const before = from?.submodules?.[path] ?? '0'.repeat(40);
      const sides = `--- a/${path}\n+++ b/${path}\n`;
      const lines = `@@ -1 +1 @@\n-Subproject commit ${before}\n+Subproject commit ${sha}\n`;
      return `diff --git a/${path} b/${path}\nindex ${before}..${sha} 160000\n${sides}${lines}`;
    })
    .join('');
}

function applyPatch(files: Files, text: string): Files | undefined {
  const result = { ...files };
  for (const { path, change, hunks } of parsePatch(text)) {
    if ((change === 'added') === (result[path] !== undefined)) return undefined;
    const applied = applyHunks(result[path] ?? '', hunks);
    if (applied === undefined) return undefined;
    if (change === 'deleted') delete result[path];
    else result[path] = applied;
  }
  return result;
}
