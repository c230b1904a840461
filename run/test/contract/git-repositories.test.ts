import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitRepositories } from '../../src/adapters/git/index.ts';
import type { DiffRange, Repository } from '../../src/ports/repository.ts';

const signal = new AbortController().signal;
const identity = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

let root: string;
let upstream: string;
let clock: number;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'envmint-test-'));
  upstream = join(root, 'upstream');
  clock = 1_700_000_000;
  await mkdir(upstream);
  run('init', '--quiet', '--initial-branch=main', '.');
  run('config', 'uploadpack.allowFilter', 'true');
  run('config', 'uploadpack.allowAnySHA1InWant', 'true');
});
afterEach(() => rm(root, { recursive: true, force: true }));

function run(...args: string[]): string {
  const date = `${clock++} +0200`;
  const env = { ...process.env, ...identity, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  return execFileSync('git', args, { cwd: upstream, env, encoding: 'utf8' }).trim();
}

async function commit(message: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(upstream, path, '..'), { recursive: true });
    await writeFile(join(upstream, path), content);
  }
  run('add', '--all');
  run('commit', '--quiet', '--message', message);
  return run('rev-parse', 'HEAD');
}

/** A clone through the protocol, as from a host; `upstream` is served by the file transport, with filters. */
function openCached(env: Record<string, string | undefined> = process.env): Promise<Repository | undefined> {
  const serving = {
    ...env,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${upstream}.insteadOf`,
    GIT_CONFIG_VALUE_0: 'https://code.example/acme/tool.git',
  };
  const repositories = createGitRepositories({ cache: join(root, 'cache'), env: serving });
  return repositories.open({ name: 'acme/tool', cloneUrl: 'https://code.example/acme/tool.git' }, signal);
}

async function openLocal(): Promise<Repository> {
  const repositories = createGitRepositories({ cache: join(root, 'cache'), env: process.env });
  const repository = await repositories.open({ name: 'acme/tool', cloneUrl: upstream }, signal);
  if (repository === undefined) throw new Error('the clone is there');
  return repository;
}

async function diffOf(repository: Repository, range: DiffRange): Promise<Uint8Array> {
  const bytes = await repository.diff(range, signal);
  if (bytes === undefined) throw new Error('the contents are there');
  return bytes;
}

describe('createGitRepositories', () => {
  it('reads commits, trees and files of a local clone', async () => {
    const sha = await commit('First\n\nBody é', { 'src/a.c': 'int a;\n', 'ä b.txt': 'x' });
    const repository = await openLocal();

    expect(await repository.commit(sha, {}, signal)).toMatchObject({
      sha,
      parents: [],
      message: 'First\n\nBody é\n',
      committedAt: new Date((clock - 2) * 1000).toISOString().replace('.000Z', 'Z'),
    });
    expect((await repository.tree(sha, signal)).map(({ path, mode }) => [path, mode])).toEqual([
      ['src/a.c', '100644'],
      ['ä b.txt', '100644'],
    ]);
    expect(Buffer.from((await repository.read(sha, 'src/a.c', signal)) ?? []).toString()).toBe('int a;\n');
    expect(await repository.read(sha, 'src', signal)).toBeUndefined();
    expect(await repository.read(sha, '*.txt', signal)).toBeUndefined();
    expect(await repository.commit('0'.repeat(40), { number: 1 }, signal)).toBeUndefined();
  });

  it('finds the merge base, and none between unrelated histories', async () => {
    const base = await commit('base', { a: '1' });
    run('switch', '--quiet', '--create', 'fix');
    const fix = await commit('fix', { b: '1' });
    run('switch', '--quiet', 'main');
    const ahead = await commit('ahead', { c: '1' });
    run('switch', '--quiet', '--orphan', 'island');
    const island = await commit('island', { z: '1' });
    const repository = await openLocal();

    expect(await repository.mergeBase(fix, ahead, signal)).toBe(base);
    expect(await repository.mergeBase(fix, island, signal)).toBeUndefined();
  });

  it('gives diffs as bytes that apply again to the same tree, whatever the user has configured', async () => {
    const base = await commit('base', {
      'latin1.txt': Buffer.from('caf\xe9\n', 'latin1'),
      'crlf.txt': 'one\r\ntwo\r\n',
      'old name.txt': 'a\nb\nc\nd\n',
    });
    run('mv', 'old name.txt', 'new name.txt');
    const to = await commit('to', {
      'latin1.txt': Buffer.from('caf\xe9s\n', 'latin1'),
      'crlf.txt': 'one\r\n2\r\n',
      'image.png': Buffer.from([0, 1, 2, 255, 254]),
    });
    run('config', 'diff.noprefix', 'true');
    run('config', 'color.ui', 'always');
    run('config', 'diff.renames', 'copies');
    const repository = await openLocal();

    const renamed = Buffer.from(await diffOf(repository, { from: base, to, hasRenames: true })).toString('latin1');
    const bytes = await diffOf(repository, { from: base, to, hasRenames: false });
    const text = Buffer.from(bytes).toString('latin1');

    expect(renamed).toContain('rename from old name.txt');
    expect(text).not.toContain('rename from');
    expect(text).toContain('diff --git a/latin1.txt b/latin1.txt');
    expect(text).toContain('GIT binary patch');
    expect(text).toContain('+caf\xe9s\n');
    expect(text).toContain('+2\r\n');
  });

  it('says that the contents of a changed file are not in a local clone', async () => {
    const base = await commit('base', { a: '1\n' });
    const end = await commit('end', { a: '2\n' });
    // Git takes contents from the files of a checkout where they are the same.
    await commit('later', { a: '3\n' });
    const blob = run('rev-parse', `${end}:a`);
    await rm(join(upstream, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true });
    const repository = await openLocal();

    expect(await repository.diff({ from: base, to: end, hasRenames: true }, signal)).toBeUndefined();
    await expect(repository.diff({ from: base, to: 'f'.repeat(40), hasRenames: true }, signal)).rejects.toThrow(
      'f'.repeat(40),
    );
  });

  it('reads files after a patch, and says when it does not fit', async () => {
    const base = await commit('base', { a: '1\n', b: '1\n' });
    const end = await commit('end', { a: '2\n', 'new/c': 'c\n' });
    const repository = await openLocal();
    const patch = Buffer.from(await diffOf(repository, { from: base, to: end, hasRenames: false })).toString();

    const files = await repository.filesAfter({ commit: base, patch }, ['a', 'new/c', 'none'], signal);

    expect([...(files ?? [])].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).toEqual([
      ['a', '2\n'],
      ['new/c', 'c\n'],
    ]);
    expect(await repository.filesAfter({ commit: end, patch }, ['a'], signal)).toBeUndefined();
  });

  it('lays a commit out with a repository that knows nothing else', async () => {
    await commit('past', { secret: 'was here\n' });
    run('rm', '--quiet', 'secret');
    await writeFile(join(upstream, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
    const base = await commit('base', {
      a: 'at base\n',
      '.gitattributes': 'tests export-ignore\n*.txt text eol=crlf\n',
      'tests/t': 'kept\n',
      'w.txt': 'one\n',
    });
    run('tag', 'v1.2.0');
    const later = await commit('future', { a: 'the fix\n' });
    run('tag', 'v2.0.0');

    for (const repository of [await openLocal(), await openCached()]) {
      if (!repository) throw new Error('the clone is there');
      const out = await mkdtemp(join(root, 'out-'));
      await using snapshot = await repository.snapshot(base, signal);
      const tar = snapshot.tar();
      expect(tar).toBeInstanceOf(Readable);
      await pipeline(tar, extract(out));
      const inside = (...args: string[]) => execFileSync('git', args, { cwd: out, encoding: 'utf8' }).trim();

      expect(inside('rev-list', '--all', '--count')).toBe('1');
      expect(inside('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
      expect(inside('remote')).toBe('');
      expect(inside('rev-parse', 'HEAD^{tree}')).toBe(run('rev-parse', `${base}^{tree}`));
      expect(() => inside('cat-file', '-e', later)).toThrow();
      expect(inside('fsck', '--full', '--unreachable', '--no-reflogs')).toBe('');
      expect(inside('cat-file', '--batch-all-objects', '--batch-check').split('\n')).toHaveLength(8);
      expect(await readFile(join(out, 'tests/t'), 'utf8')).toBe('kept\n');
      expect(await readFile(join(out, 'w.txt'), 'utf8')).toBe('one\r\n');
      expect((await stat(join(out, 'run.sh'))).mode & 0o111).toBe(0o111);
      expect(inside('reset', '--quiet')).toBe('');
      expect(inside('status', '--porcelain')).toBe('');
      expect(await repository.describe(base, signal)).toBe('v1.2.0');
    }
  });

  it('applies patches one after the other, and says which one does not fit', async () => {
    const base = await commit('base', { a: '1\n' });
    const middle = await commit('middle', { a: '2\n' });
    const end = await commit('end', { b: 'x\n', c: Buffer.from([0, 255]) });
    const repository = await openLocal();
    const patch = async (from: string, to: string) =>
      Buffer.from(await diffOf(repository, { from, to, hasRenames: false })).toString('utf8');
    const [one, two] = [await patch(base, middle), await patch(middle, end)];
    const before = run('count-objects', '-v');

    expect(await repository.apply(base, [one, two], signal)).toEqual({
      kind: 'applied',
      tree: run('rev-parse', `${end}^{tree}`),
    });
    const refused = await repository.apply(base, [one, one], signal);
    expect(refused).toMatchObject({ kind: 'refused', patch: 1, message: expect.stringContaining('a: patch') });
    expect(JSON.stringify(refused)).not.toContain(tmpdir());
    expect(run('count-objects', '-v')).toBe(before);
    expect(run('status', '--porcelain')).toBe('');
  });

  it('clones without the contents of files, and fetches what is asked for later', async () => {
    const first = await commit('first', { a: '1\n', b: '2\n' });
    run('switch', '--quiet', '--create', 'fork');
    const head = await commit('head', { a: '3\n' });
    run('update-ref', 'refs/pull/7/head', head);
    run('switch', '--quiet', 'main');
    run('branch', '--quiet', '-D', 'fork');
    const repository = await openCached();
    const clone = join(root, 'cache/git/code.example/acme/tool.git');
    const objects = () => execFileSync('git', ['count-objects', '-v'], { cwd: clone, encoding: 'utf8' });

    expect(objects()).toContain('in-pack: 2');
    expect(await repository?.commit(head, { number: 7 }, signal)).toMatchObject({ parents: [first] });
    const bytes = await repository?.diff({ from: first, to: head, hasRenames: false }, signal);
    expect(Buffer.from(bytes ?? []).toString()).toContain('+3');
    expect(await repository?.commit('0123456789'.repeat(4), { number: 9 }, signal)).toBeUndefined();
  });

  it('clones once when several open it at the same time, and leaves no lock or half clone behind', async () => {
    const sha = await commit('first', { a: '1\n' });

    const opened = await Promise.all([openCached(), openCached(), openCached()]);

    for (const repository of opened) expect(await repository?.commit(sha, {}, signal)).toBeDefined();
    expect(await readdir(join(root, 'cache/git/code.example/acme'))).toEqual(['tool.git']);
  });

  it('says that there is nothing to clone', async () => {
    await rm(upstream, { recursive: true });

    expect(await openCached()).toBeUndefined();
  });

  it('names the folder when a local clone is missing', async () => {
    const repositories = createGitRepositories({ cache: root, env: process.env });

    await expect(repositories.open({ name: 'acme/tool', cloneUrl: join(root, 'no') }, signal)).rejects.toMatchObject({
      name: 'BoundaryError',
      boundary: 'git',
      message: expect.stringContaining('there is no such folder'),
    });
  });

  it('stops at an abort with its reason', async () => {
    const sha = await commit('first', { a: '1\n' });
    const repository = await openLocal();
    const abort = new AbortController();
    abort.abort(new Error('enough'));

    await expect(repository.tree(sha, abort.signal)).rejects.toThrow('enough');
  });

  it('refuses a name that git would take for an option', async () => {
    const repository = await openLocal();

    await expect(repository.tree('--output=/etc/x', signal)).rejects.toThrow('no name of a commit');
  });
});
