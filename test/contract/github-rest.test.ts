import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGithub, type GithubSelection } from '../../src/adapters/github/api/index.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { pullNode, repositoryBody } from '../fakes/github-objects.ts';
import { restClosed, restComment, restCommit, restFile, restIssue, restPull } from '../fakes/github-rest.ts';
import { connection, type Exchange, startGithubServer } from '../fakes/github-server.ts';

const signal = new AbortController().signal;
const tool = '/repos/acme/tool';
const seven = { repository: 'acme/tool', number: 7 };
const one = { repository: 'acme/tool', number: 1 };

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'envmint-rest-'));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

async function against<T>(exchanges: readonly Exchange[], work: (github: ReturnType<typeof open>) => Promise<T>) {
  await using server = await startGithubServer(exchanges);
  const github = open(server.site);
  const result = await work(github);
  server.check();
  return { said: github.said, result };
}

function open(site: string) {
  const said: string[] = [];
  const say = (message: string) => said.push(message);
  return { ...createGithub({ site, token: 'x', cache, clock: createFakeClock(), say, isPaced: false }), said };
}

/** What GraphQL answers to pages of 100, 50, … and three times to pages of one. */
const failing = (ask: string, first = 9): Exchange[] =>
  Array.from({ length: first }, () => ({ ask, status: 502, text: '<html>Bad gateway</html>' }));
const none = (ask: string): Exchange => ({ ask, status: 404, body: { message: 'Not Found' } });
const gone = { status: 410, body: {} };
const list = (path: string, items: readonly object[], page = 1): Exchange => ({
  ask: `${path}?per_page=100&page=${page}`,
  body: items,
});
const landed: Exchange = { ask: `${tool}/commits/${'3'.repeat(40)}`, body: restCommit('3') };
const pullByRest: Exchange[] = [
  { ask: `${tool}/pulls/7`, body: restPull(7) },
  list(`${tool}/pulls/7/commits`, [restCommit('4'), restCommit('2')]),
  list(`${tool}/pulls/7/files`, [restFile('src/a.py'), restFile('tests/test_a.py')]),
  landed,
];

describe('what GraphQL cannot give', () => {
  it('is asked by REST: a pull request', async () => {
    const { result } = await against([...failing('PullRequest'), ...pullByRest], ({ hub }) =>
      hub.pullRequest(seven, signal),
    );

    expect(result).toMatchObject({
      kind: 'found',
      value: {
        ...seven,
        ...{ mergeSha: '3'.repeat(40), mergeMessage: 'Commit 3' },
        commits: [{ sha: '4'.repeat(40) }, { sha: '2'.repeat(40), message: 'Commit 2' }],
        ...{ areCommitsComplete: true, closingIssues: [], files: ['src/a.py', 'tests/test_a.py'], changedFiles: 2 },
      },
    });
  });

  it('is asked by REST: an issue with its comments and closings', async () => {
    const timeline = [restComment(5), restClosed('3'.repeat(40))];
    const byRest = [{ ask: `${tool}/issues/1`, body: restIssue(1) }, list(`${tool}/issues/1/timeline`, timeline)];
    const { result } = await against([...failing('Issue'), ...byRest], ({ hub }) => hub.issue(one, signal));

    expect(result).toMatchObject({
      kind: 'found',
      value: {
        ...{ ...one, edits: null, comments: [{ id: '5', body: 'Here too.' }] },
        closings: [{ closer: { kind: 'commit', sha: '3'.repeat(40) } }],
      },
    });
  });

  it('is asked page by page, as far as the host lists', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => restFile(`f${index}`));
    const exchanges = [
      { ask: `${tool}/pulls/7`, body: restPull(7, { changed_files: 4711, commits: 300 }) },
      list(`${tool}/pulls/7/commits`, [restCommit('4')]),
      ...Array.from({ length: 30 }, (_, index) => list(`${tool}/pulls/7/files`, many(100), index + 1)),
      list(`${tool}/pulls/7/files`, [], 31),
      landed,
    ];
    const { result } = await against([none('PullRequest'), ...exchanges], ({ hub }) => hub.pullRequest(seven, signal));

    expect(result).toMatchObject({ value: { changedFiles: 4711, areCommitsComplete: false } });
    expect(result.kind === 'found' && result.value.files).toHaveLength(3000);
  });

  it.each([
    [[{ body: restIssue(1, { pull_request: { url: 'u' } }) }], { kind: 'pull-request' }],
    [[gone, gone], { kind: 'gone', why: 'deleted' }],
  ])('may be no issue: %j', async (answers, expected) => {
    const asked = answers.map((answer) => ({ ask: `${tool}/issues/1`, ...answer }));
    const { result } = await against([none('Issue'), ...asked], ({ hub }) => hub.issue(one, signal));

    expect(result).toEqual(expected);
  });

  it('does not end a listing: numbers are listed, and looked up one by one', async () => {
    const exchanges: Exchange[] = [
      { ask: tool, body: repositoryBody() },
      ...failing('MergedPullRequests', 8),
      {
        ask: 'MergedPullRequests',
        having: { first: 100, whole: false },
        data: { repository: { pullRequests: connection([pullNode(7)]) } },
      },
      ...failing('PullRequest'),
      ...pullByRest,
    ];
    const { result } = await against(exchanges, async (github) => {
      for await (const ref of github.source(selection({})).refs(signal)) return github.hub.pullRequest(ref, signal);
      return undefined;
    });

    expect(result).toMatchObject({ kind: 'found', value: { title: 'Pull 7' } });
  });

  it('fails with what to do where REST does not give it either', async () => {
    const answer: Exchange = { ask: `${tool}/pulls/7`, status: 502, text: 'no' };

    await expect(
      against([...failing('PullRequest'), answer], ({ hub }) => hub.pullRequest(seven, signal)),
    ).rejects.toMatchObject({ retryable: true, message: expect.stringContaining('run the same command again') });
  });
});

describe('a server without GraphQL', () => {
  const closed = (page: number) => `${tool}/pulls?state=closed&sort=created&direction=asc&per_page=100&page=${page}`;
  const home: Exchange = { ask: tool, body: repositoryBody() };
  const refused = restPull(8, { merged_at: null });

  it('is listed and asked by REST, which is said once', async () => {
    const first = Array.from({ length: 100 }, (_, index) => (index === 0 ? restPull(7) : refused));
    const exchanges: Exchange[] = [
      home,
      none('MergedPullRequests'),
      { ask: closed(1), body: first },
      { ask: closed(2), body: [restPull(9)] },
      none('PullRequest'),
      ...pullByRest,
      { ask: `${tool}/issues/1`, body: restIssue(1) },
      list(`${tool}/issues/1/timeline`, []),
    ];
    const { result, said } = await against(exchanges, async ({ hub, source }) => {
      const numbers: number[] = [];
      for await (const { number } of source(selection({})).refs(signal)) numbers.push(number);
      return [numbers, (await hub.pullRequest(seven, signal)).kind, (await hub.issue(one, signal)).kind];
    });

    expect(result).toEqual([[7, 9], 'found', 'found']);
    expect(said).toEqual([expect.stringContaining('no GraphQL API')]);
  });

  it('is listed within days', async () => {
    const late = restPull(9, { merged_at: '2024-02-01T00:00:00Z' });
    const exchanges: Exchange[] = [home, none('SearchPullRequests'), { ask: closed(1), body: [restPull(7), late] }];
    const days = { since: '2024-01-31T00:00:00Z', until: '2024-03-01T00:00:00Z' };
    const { result } = await against(exchanges, async ({ source }) => {
      const numbers: number[] = [];
      for await (const { number } of source(selection(days)).refs(signal)) numbers.push(number);
      return numbers;
    });

    expect(result).toEqual([9]);
  });

  it('cannot be searched, and says what to give instead', async () => {
    const search = 'language:c stars:10..11 created:2020-01-01..2020-01-02';

    await expect(
      against([none('SearchRepositories')], async ({ source }) => {
        for await (const _ of source(selection({ repositories: [], search })).refs(signal)) break;
      }),
    ).rejects.toThrow('--repo');
  });
});

describe('the place where commits parted', () => {
  it.each([
    [{ body: { merge_base_commit: restCommit('5') } }, '5'.repeat(40)],
    [{ status: 404, body: { message: 'Not Found' } }, undefined],
  ])('is compared by the host: %j', async (answer, sha) => {
    const exchange: Exchange = { ask: `${tool}/compare/a...b?per_page=1`, ...answer };
    const { result } = await against([exchange], ({ hub }) =>
      hub.mergeBase({ repository: 'acme/tool', base: 'a', head: 'b' }, signal),
    );

    expect(result).toBe(sha);
  });
});

function selection(over: Partial<GithubSelection>): GithubSelection {
  const given = { repositories: ['acme/tool'], search: undefined, since: undefined, until: undefined };
  return { ...given, journalPath: join(cache, 'listing.jsonl'), ...over };
}
