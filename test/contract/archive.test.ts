import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expandRanges } from '../../src/adapters/duckdb/archive-files.ts';
import { findArchiveFiles, toArchiveBatches } from '../../src/adapters/duckdb/index.ts';
import { openArchiveIndex } from '../../src/adapters/github/archive/index.ts';
import type { GithubRecord } from '../../src/ports/github-record.ts';
import type { PullRequestRef } from '../../src/ports/hub.ts';
import { writeArchive } from '../fakes/archive.ts';

const signal = new AbortController().signal;
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'envmint-archive-test-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function read(...places: string[]): Promise<{ records: GithubRecord[]; said: string[] }> {
  const [records, said]: [GithubRecord[], string[]] = [[], []];
  for (const batch of toArchiveBatches(await findArchiveFiles(places), { say: (text) => said.push(text) })) {
    for await (const record of batch.records(signal)) records.push(record);
  }
  return { records, said };
}

async function writeEvents(name: string, events: readonly unknown[]): Promise<string> {
  const path = join(root, name);
  await writeFile(
    path,
    gzipSync(events.map((event) => `${typeof event === 'string' ? event : JSON.stringify(event)}\n`).join('')),
  );
  return path;
}

async function collect(refs: AsyncIterable<PullRequestRef>): Promise<PullRequestRef[]> {
  const collected: PullRequestRef[] = [];
  for await (const ref of refs) collected.push(ref);
  return collected;
}

async function countRecords(records: AsyncIterable<GithubRecord> | readonly GithubRecord[]): Promise<number> {
  let found = 0;
  for await (const _ of records) found++;
  return found;
}

const count = (records: readonly GithubRecord[], kind: string) =>
  records.filter((record) => record.kind === kind).length;

const repo = { id: 1, name: 'acme/tool', url: 'https://api.github.com/repos/acme/tool' };
const common = { id: '1', actor: { id: 1, login: 'ada' }, repo, public: true };
const base = {
  ref: 'main',
  sha: '1'.repeat(40),
  repo: { full_name: 'acme/tool', license: { spdx_id: 'MIT' }, language: 'C' },
};
const fullPull = {
  number: 7,
  title: 'Fix ünïcode 👋',
  body: 'Fixes #1\r\n',
  user: { login: 'dependabot[bot]', type: 'Bot' },
  html_url: 'https://github.com/acme/tool/pull/7',
  created_at: '2024-05-01T08:00:00Z',
  merged_at: '2024-05-01T09:00:00Z',
  merged: true,
  merge_commit_sha: '3'.repeat(40),
  head: { ref: 'x', sha: '2'.repeat(40) },
  base,
  commits: 2,
};
const event = (type: string, payload: object, at = '2024-05-01T10:00:00Z') => ({
  ...common,
  type,
  payload,
  created_at: at,
});
const closed = event('PullRequestEvent', { action: 'closed', number: 7, pull_request: fullPull });
const slimPull = { number: 8, id: 8, url: 'u', head: base, base };
const merged = event(
  'PullRequestEvent',
  { action: 'merged', number: 8, pull_request: slimPull },
  '2025-11-01T00:00:00Z',
);
const issue = {
  number: 1,
  title: 'It fails',
  body: 'Really',
  user: { login: 'bob', type: 'User' },
  created_at: '2024-04-01T00:00:00Z',
};

describe('toArchiveBatches', () => {
  it.each(['full', 'slim'] as const)(
    'finds everything in an hour of the %s era, whatever else is in it',
    async (era) => {
      const path = join(root, 'hour.json.gz');
      const truth = await writeArchive(path, { seed: 'a', events: 3000, era });
      const { records, said } = await read(path);

      expect(count(records, era === 'full' ? 'pull' : 'index')).toBe(truth.merged);
      expect(count(records, 'comment')).toBe(truth.comments);
      expect(count(records, 'issue')).toBe(truth.issues + truth.comments);
      expect(said).toEqual([]);
    },
  );

  it('says which lines it left out', async () => {
    const { records, said } = await read(await writeEvents('x.json.gz', [closed, '{"type":', '[]', merged]));

    expect(records.map(({ kind, number }) => [kind, number])).toEqual([
      ['pull', 7],
      ['repository', 0],
      ['index', 8],
    ]);
    expect(said).toEqual([expect.stringMatching(/x\.json\.gz: \d lines are no events/)]);
  });

  it('refuses a file that is cut off', async () => {
    const path = join(root, 'hour.json.gz');
    await writeArchive(path, { seed: 'b', events: 2000, era: 'full' });
    const file = await open(path, 'r+');
    await file.truncate(Math.floor((await stat(path)).size / 2));
    await file.close();

    await expect(read(path)).rejects.toMatchObject({
      name: 'BoundaryError',
      message: expect.stringContaining('download it again'),
    });
  });

  it('gives all of an hour or fails, however little memory there is', async () => {
    const path = join(root, 'hour.json.gz');
    const { merged, issues, comments } = await writeArchive(path, { seed: 'c', events: 4000, era: 'slim' });
    const outcomes: (number | string)[] = [];
    for (const megabytes of [8, 64, 96, 128]) {
      const options = { say() {}, memoryBytes: megabytes * 2 ** 20 };
      const [batch] = toArchiveBatches(await findArchiveFiles([path]), options);
      outcomes.push(await countRecords(batch?.records(signal) ?? []).catch(String));
    }

    expect(outcomes[0]).toContain('Out of Memory');
    expect(outcomes.filter((outcome) => typeof outcome === 'number')).not.toEqual([]);
    for (const outcome of outcomes)
      expect([merged + issues + 2 * comments, expect.any(String)]).toContainEqual(outcome);
  });

  it('reads hours from their addresses, and says when there is none', async () => {
    const bytes = gzipSync(`${JSON.stringify(closed)}\n`);
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/2024-05-01-0.json.gz' ? 200 : 404).end(bytes);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    expect((await read(`${site}/2024-05-01-0.json.gz`)).records).toHaveLength(2);
    await expect(read(`${site}/2024-05-01-{0..1}.json.gz`)).rejects.toThrow('GH Archive has no such hour');
    await new Promise((done) => server.close(done));
  });

  it('refuses a place that is not there, and a folder without hours', async () => {
    await expect(read(join(root, 'no.json.gz'))).rejects.toMatchObject({ name: 'UsageError' });
    await expect(read(root)).rejects.toMatchObject({ name: 'UsageError' });
  });
});

describe('openArchiveIndex', () => {
  async function index(places: readonly string[], selection = {}) {
    const batches = toArchiveBatches(await findArchiveFiles(places), { say() {} });
    return openArchiveIndex({ batches, cache: join(root, 'cache'), selection }, signal);
  }

  it('gives the pull requests of both eras, each with the decoder that fed it', async () => {
    const path = await writeEvents('x.json.gz', [
      merged,
      closed,
      event('IssuesEvent', { action: 'opened', issue }),
      event('IssueCommentEvent', {
        action: 'created',
        issue,
        comment: { id: 5, body: 'Me too', user: null, created_at: '2024-04-02T00:00:00Z' },
      }),
    ]);
    using opened = await index([path]);
    const refs: PullRequestRef[] = await collect(opened.source.refs(signal));

    expect(refs).toEqual([
      {
        repository: 'acme/tool',
        number: 7,
        decoder: 'archive-full',
        isMerged: true,
        author: { login: 'dependabot[bot]', isBot: true },
      },
      { repository: 'acme/tool', number: 8, decoder: 'archive-slim', isMerged: true, author: undefined },
    ]);
    expect(await opened.hub.pullRequest({ repository: 'Acme/Tool', number: 7 }, signal)).toMatchObject({
      kind: 'found',
      value: {
        title: 'Fix ünïcode 👋',
        body: 'Fixes #1\r\n',
        mergeSha: '3'.repeat(40),
        areCommitsComplete: false,
        files: null,
      },
    });
    expect(await opened.hub.pullRequest({ repository: 'acme/tool', number: 8 }, signal)).toEqual({
      kind: 'gone',
      why: 'not in the archive',
    });
    expect(await opened.hub.repository('acme/tool', signal)).toMatchObject({
      value: { license: 'MIT', language: 'c' },
    });
    expect(await opened.hub.issue({ repository: 'acme/tool', number: 1 }, signal)).toMatchObject({
      value: { title: 'It fails', comments: [{ id: '5', body: 'Me too', author: null }] },
    });
  });

  it('keeps the latest state of a thing, whatever the order of the hours', async () => {
    const later = event(
      'IssuesEvent',
      { action: 'closed', issue: { ...issue, body: 'Edited' } },
      '2024-06-01T00:00:00Z',
    );
    const files = [
      await writeEvents('a.json.gz', [later]),
      await writeEvents('b.json.gz', [event('IssuesEvent', { action: 'opened', issue })]),
    ];
    using opened = await index(files);

    expect(await opened.hub.issue({ repository: 'acme/tool', number: 1 }, signal)).toMatchObject({
      value: { body: 'Edited' },
    });
  });

  it('takes only what was merged within the days asked for', async () => {
    const path = await writeEvents('x.json.gz', [closed, merged]);
    using opened = await index([path], { since: '2025-01-01T00:00:00.000Z' });

    expect((await collect(opened.source.refs(signal))).map(({ number }) => number)).toEqual([8]);
  });

  it('goes on with the hour at which it was interrupted', async () => {
    const good = await writeEvents('a.json.gz', [closed]);
    const stop = new AbortController();
    const batches = toArchiveBatches(await findArchiveFiles([good, await writeEvents('b.json.gz', [merged])]), {
      say() {},
    });
    const read: string[] = [];
    const options = { batches, cache: join(root, 'cache'), selection: {} };
    const interrupting = (name: string, position: number) => {
      read.push(name);
      if (position === 2) stop.abort();
    };
    await expect(openArchiveIndex({ ...options, onBatch: interrupting }, stop.signal)).rejects.toThrow();
    using opened = await openArchiveIndex({ ...options, onBatch: (name) => read.push(name) }, signal);

    expect(read.map((name) => name.match(/[ab]\.json/)?.[0])).toEqual(['a.json', 'b.json', 'b.json']);
    expect(await collect(opened.source.refs(signal))).toHaveLength(2);
  });
});

describe('expandRanges', () => {
  it.each([
    ['x', ['x']],
    ['d-{1..3}', ['d-1', 'd-2', 'd-3']],
    ['{09..10}-{0..1}', ['09-0', '09-1', '10-0', '10-1']],
    ['{3..1}', []],
  ])('reads %s', (place, expected) => {
    expect(expandRanges(place)).toEqual(expected);
  });
});
