import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGithub, type GithubSelection } from '../../src/adapters/github/api/index.ts';
import type { PullRequestRef } from '../../src/ports/hub.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { commentNode, commitNode, issueNode, pullNode, repositoryBody } from '../fakes/github-objects.ts';
import { connection, type Exchange, startGithubServer } from '../fakes/github-server.ts';

const signal = new AbortController().signal;
const tool = '/repos/acme/tool';
const seven = { repository: 'acme/tool', number: 7 };
const one = { repository: 'acme/tool', number: 1 };

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'envmint-github-'));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

/** Runs `work` against a GitHub that expects exactly these exchanges. */
async function against<T>(
  exchanges: readonly Exchange[],
  work: (github: ReturnType<typeof open>) => Promise<T>,
  isPaced = false,
) {
  await using server = await startGithubServer(exchanges);
  const github = open(server.site, isPaced);
  const result = await work(github);
  server.check();
  return { ...github, result };
}

function open(site: string, isPaced = false) {
  const clock = createFakeClock();
  const said: string[] = [];
  const say = (message: string) => said.push(message);
  return { ...createGithub({ site, token: 'secret', cache, clock, say, isPaced }), clock, said };
}

const pullAnswer = (over: object = {}): Exchange => ({
  ask: 'PullRequest',
  data: { repository: { pullRequest: pullNode(7, over) } },
});
const issueAnswer = (over: object = {}): Exchange => ({
  ask: 'Issue',
  data: { repository: { issueOrPullRequest: issueNode(1, over) } },
});
const notFound = (ask: string): Exchange => ({
  ask,
  data: { repository: null },
  errors: [{ type: 'NOT_FOUND', path: ['repository'], message: 'Could not resolve' }],
});
const selection = (over: Partial<GithubSelection>): GithubSelection => ({
  repositories: ['acme/tool'],
  search: undefined,
  since: undefined,
  until: undefined,
  journalPath: join(cache, 'listing.jsonl'),
  ...over,
});

describe('look-ups', () => {
  it('reads a pull request', async () => {
    const { result } = await against([pullAnswer()], ({ hub }) => hub.pullRequest(seven, signal));

    expect(result).toEqual({
      kind: 'found',
      value: {
        ...seven,
        url: 'https://github.com/acme/tool/pull/7',
        title: 'Pull 7',
        body: 'Fixes #1',
        author: { login: 'ada', isBot: false },
        labels: ['bug'],
        createdAt: '2024-01-01T00:00:00Z',
        mergedAt: '2024-01-02T00:00:00Z',
        baseBranch: 'main',
        baseSha: '1'.repeat(40),
        headSha: '2'.repeat(40),
        mergeSha: '3'.repeat(40),
        mergeMessage: 'Pull 7 (#7)',
        commits: [
          {
            sha: '2'.repeat(40),
            message: 'Commit 2',
            authoredAt: '2024-01-01T00:00:00Z',
            committedAt: '2024-01-01T00:00:00Z',
          },
        ],
        areCommitsComplete: true,
        closingIssues: [one],
        files: ['src/a.py', 'tests/test_a.py'],
        changedFiles: 2,
      },
    });
  });

  it('reads an issue with its comments, closings, renames and cross references', async () => {
    const { result } = await against([issueAnswer()], ({ hub }) => hub.issue(one, signal));

    expect(result).toMatchObject({
      kind: 'found',
      value: {
        stateReason: 'completed',
        edits: [{ at: '2023-12-01T00:00:00Z', text: 'It fails.' }],
        comments: [{ id: '1', author: null, lastEditedAt: null }],
        closings: [{ closer: { kind: 'pull-request', address: seven } }],
        crossReferences: [seven],
        renames: [{ from: 'Old', to: 'Issue 1' }],
      },
    });
  });

  it('keeps unicode and line ends as they are', async () => {
    const body = 'Привет 👋\r\n\u2028 naïve';
    const { result } = await against([issueAnswer({ body })], ({ hub }) => hub.issue(one, signal));

    expect(result).toMatchObject({ value: { body } });
  });

  it('gives the versions of an edited comment, oldest first', async () => {
    const [early, late] = ['2023-12-03T00:00:00Z', '2024-02-01T00:00:00Z'];
    const edits = connection([
      { editedAt: late, createdAt: late, deletedAt: null, diff: 'fixed in #7' },
      { editedAt: early, createdAt: early, deletedAt: null, diff: 'still there' },
    ]);
    const edited = commentNode(1, {
      body: 'fixed in #7',
      lastEditedAt: late,
      includesCreatedEdit: true,
      userContentEdits: edits,
    });
    const { result } = await against([issueAnswer({ comments: connection([edited]) })], ({ hub }) =>
      hub.issue(one, signal),
    );

    expect(result).toMatchObject({
      value: {
        comments: [
          {
            edits: [
              { at: early, text: 'still there' },
              { at: late, text: 'fixed in #7' },
            ],
          },
        ],
      },
    });
  });

  it('reads all pages of commits, files and comments', async () => {
    const more = { pageInfo: { hasNextPage: true, endCursor: 'next' }, totalCount: 2 };
    const { result } = await against(
      [
        pullAnswer({ commits: connection([commitNode('4')], more), files: connection([{ path: 'a' }], more) }),
        {
          ask: 'Commits',
          having: { after: 'next' },
          data: { repository: { pullRequest: { commits: connection([commitNode('5')], { totalCount: 2 }) } } },
        },
        {
          ask: 'Files',
          having: { after: 'next' },
          data: { repository: { pullRequest: { files: connection([{ path: 'b' }], { totalCount: 2 }) } } },
        },
      ],
      ({ hub }) => hub.pullRequest(seven, signal),
    );

    expect(result).toMatchObject({ value: { files: ['a', 'b'], areCommitsComplete: true } });
  });

  it('says that a huge pull request has more files than the host lists', async () => {
    const files = connection(
      Array.from({ length: 3000 }, (_, index) => ({ path: `f${index}` })),
      { totalCount: 3000 },
    );
    const { result } = await against([pullAnswer({ files, changedFiles: 4711 })], ({ hub }) =>
      hub.pullRequest(seven, signal),
    );

    expect(result).toMatchObject({ value: { changedFiles: 4711 } });
    expect(result.kind === 'found' && result.value.files).toHaveLength(3000);
  });

  it('knows that a number is a pull request', async () => {
    const data = { repository: { issueOrPullRequest: { __typename: 'PullRequest' } } };
    const { result } = await against([{ ask: 'Issue', data }], ({ hub }) => hub.issue(one, signal));

    expect(result).toEqual({ kind: 'pull-request' });
  });

  it.each([
    [{ status: 410, body: { message: 'This issue was deleted' } }, 'deleted'],
    [{ status: 404, body: { message: 'Not Found' } }, 'private or missing'],
    [{ status: 451, body: { message: 'Blocked' } }, 'blocked for legal reasons'],
    [
      { status: 301, headers: { location: 'https://x/repositories/9/issues/3' }, body: {} },
      'moved to https://x/repositories/9/issues/3',
    ],
  ])('says of an issue that is gone: %j', async (answer, why) => {
    const exchanges = [notFound('Issue'), { ask: `${tool}/issues/1`, ...answer }];
    const { result } = await against(exchanges, ({ hub }) => hub.issue(one, signal));

    expect(result).toEqual({ kind: 'gone', why });
  });
});

describe('repositories', () => {
  it('reads a repository once in a run, and asks later runs only for changes', async () => {
    const exchanges: Exchange[] = [
      {
        ask: tool,
        having: { 'if-none-match': undefined, authorization: 'token secret' },
        headers: { etag: '"v1"' },
        body: repositoryBody(),
      },
    ];
    const first = await against(exchanges, async ({ hub }) => {
      await hub.repository('acme/tool', signal);
      return hub.repository('acme/tool', signal);
    });
    expect(first.result).toMatchObject({ kind: 'found', value: { license: 'MIT', language: 'python', stars: 12 } });
  });

  it('follows a renamed repository to its name of today', async () => {
    const exchanges: Exchange[] = [
      { ask: '/repos/old/name', status: 301, headers: { location: '/api/v3/repositories/42' }, body: {} },
      { ask: '/repositories/42', body: repositoryBody() },
    ];
    const { result } = await against(exchanges, ({ hub }) => hub.repository('old/name', signal));

    expect(result).toMatchObject({ kind: 'found', value: { name: 'acme/tool' } });
  });

  it('takes a private repository for one that is missing', async () => {
    const { result } = await against([{ ask: tool, status: 404, body: { message: 'Not Found' } }], ({ hub }) =>
      hub.repository('acme/tool', signal),
    );

    expect(result).toEqual({ kind: 'gone', why: 'private or missing' });
  });

  it('reads an unchanged answer from the cache', async () => {
    await using server = await startGithubServer([
      { ask: tool, headers: { etag: '"v1"' }, body: repositoryBody() },
      { ask: tool, having: { 'if-none-match': '"v1"' }, status: 304, text: '' },
    ]);
    const first = await open(server.site).hub.repository('acme/tool', signal);

    expect(await open(server.site).hub.repository('acme/tool', signal)).toEqual(first);
    server.check();
  });
});

describe('trouble', () => {
  it('waits visibly until the rate limit is reset', async () => {
    const limited = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '90' };
    const exchanges: Exchange[] = [
      { ask: 'PullRequest', status: 403, headers: limited, body: { message: 'API rate limit exceeded' } },
      pullAnswer(),
    ];
    const { clock, said } = await against(exchanges, ({ hub }) => hub.pullRequest(seven, signal));

    expect(clock.slept).toEqual([91_000]);
    expect(said).toEqual(['GitHub: rate limit used up; going on in 91 s, at 1970-01-01T00:01:31.000Z']);
  });

  it('waits before the next request when nothing is left', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' };
    const { clock } = await against([{ ...pullAnswer(), headers }, issueAnswer()], async ({ hub }) => {
      await hub.pullRequest(seven, signal);
      return hub.issue(one, signal);
    });

    expect(clock.slept).toEqual([31_000]);
  });

  it('waits out a rate limit that GraphQL tells in an answer of status 200', async () => {
    const limited = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '5' };
    const errors = [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }];
    const exchanges: Exchange[] = [{ ask: 'PullRequest', headers: limited, data: null, errors }, pullAnswer()];
    const { clock } = await against(exchanges, ({ hub }) => hub.pullRequest(seven, signal));

    expect(clock.slept).toEqual([6000]);
  });

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{}, 60_000],
  ])('waits out a secondary limit with %j', async (headers, ms) => {
    const body = { message: 'You have exceeded a secondary rate limit' };
    const exchanges: Exchange[] = [{ ask: 'PullRequest', status: 403, headers, body }, pullAnswer()];
    const { clock, said } = await against(exchanges, ({ hub }) => hub.pullRequest(seven, signal));

    expect(clock.slept).toEqual([ms]);
    expect(said[0]).toContain('secondary rate limit');
  });

  it.each<[string, Partial<Exchange>]>([
    ['502', { status: 502, text: '<html>Bad gateway</html>' }],
    [
      'a query that takes too long',
      { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] },
    ],
    ['a truncated answer', { text: '{"data":{"repository":{"pullReq' }],
    ['a connection that breaks', { hangUp: true }],
  ])('asks for half as much after %s', async (_, trouble) => {
    const exchanges = [
      { ask: 'PullRequest', having: { inner: 100 }, ...trouble } as Exchange,
      { ...pullAnswer(), having: { inner: 50 } },
    ];
    const { result } = await against(exchanges, ({ hub }) => hub.pullRequest(seven, signal));

    expect(result).toMatchObject({ kind: 'found' });
  });

  it('keeps the pace of one query a second, and waits out a limit by itself there too', async () => {
    const body = { message: 'You have exceeded a secondary rate limit' };
    const limited: Exchange = { ask: 'PullRequest', status: 403, headers: { 'retry-after': '7' }, body };
    const startMs = performance.now();

    const both = ({ hub }: ReturnType<typeof open>) =>
      Promise.all([hub.pullRequest(seven, signal), hub.pullRequest({ ...seven, number: 8 }, signal)]);
    const { clock, result } = await against([limited, pullAnswer(), pullAnswer()], both, true);

    expect(result).toMatchObject([{ kind: 'found' }, { kind: 'found' }]);
    expect(clock.slept).toContain(7000);
    // Three requests are two pauses; timers may end a little early.
    expect(performance.now() - startMs).toBeGreaterThan(1800);
  });

  it('asks again for an object that the host failed to give', async () => {
    const failed: Exchange = { ask: tool, status: 503, body: { message: 'Unavailable' } };
    const { result } = await against([failed, { ask: tool, body: repositoryBody() }], ({ hub }) =>
      hub.repository('acme/tool', signal),
    );

    expect(result).toMatchObject({ kind: 'found' });
  });

  it('gives up on pages of one, and says that the same command goes on', async () => {
    const failing = Array.from(
      { length: 10 },
      (): Exchange => ({ ask: 'MergedPullRequests', status: 502, text: 'no' }),
    );

    await expect(
      against([{ ask: tool, body: repositoryBody() }, ...failing], async (github) => {
        for await (const _ of github.source(selection({})).refs(signal)) break;
      }),
    ).rejects.toMatchObject({
      name: 'BoundaryError',
      boundary: 'github',
      retryable: true,
      message: expect.stringContaining('run the same command again'),
    });
  });

  it('names the variable to set when the token is refused', async () => {
    const exchanges: Exchange[] = [{ ask: 'PullRequest', status: 401, body: { message: 'Bad credentials' } }];

    await expect(against(exchanges, ({ hub }) => hub.pullRequest(seven, signal))).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/401 Bad credentials.*GITHUB_TOKEN/),
    });
  });

  it('never says the token', async () => {
    const exchanges: Exchange[] = [
      { ask: 'PullRequest', status: 403, body: { message: 'Resource protected by SAML' } },
    ];

    await expect(against(exchanges, ({ hub }) => hub.pullRequest(seven, signal))).rejects.toSatisfy(
      (error) =>
        error instanceof Error && !error.message.includes('secret') && error.message.includes('single sign-on'),
    );
  });

  it('says what is wrong with an answer of another shape', async () => {
    const exchanges: Exchange[] = [{ ask: 'PullRequest', body: { data: { repository: { pullRequest: 7 } } } }];

    await expect(against(exchanges, ({ hub }) => hub.pullRequest(seven, signal))).rejects.toThrow(
      /read acme\/tool#7: the answer is not as GitHub's schema says/,
    );
  });

  it('refuses to work without a token', () => {
    const options = {
      site: 'https://github.com',
      token: undefined,
      cache,
      clock: createFakeClock(),
      say() {},
      isPaced: true,
    };

    expect(() => createGithub(options)).toThrow('set GITHUB_TOKEN');
    expect(() => createGithub({ ...options, site: 'github' })).toThrow('no address of a GitHub');
  });

  it('stops waiting at an abort', async () => {
    const abort = new AbortController();
    const limited = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '90' };
    await using server = await startGithubServer([{ ...pullAnswer(), headers: limited }]);
    const github = open(server.site);
    await github.hub.pullRequest(seven, signal);
    abort.abort(new Error('enough'));

    await expect(github.hub.issue(one, abort.signal)).rejects.toThrow('enough');
  });
});

describe('listings', () => {
  const listed = (numbers: readonly number[], after: string | null, next: string | null): Exchange => ({
    ask: 'MergedPullRequests',
    having: { after },
    data: {
      repository: {
        pullRequests: connection(
          numbers.map((number) => pullNode(number)),
          { pageInfo: { hasNextPage: next !== null, endCursor: next } },
        ),
      },
    },
  });
  const home: Exchange = { ask: tool, body: repositoryBody() };
  const searched = (part: string, issueCount: number, numbers?: readonly number[]): Exchange => ({
    ask: 'SearchPullRequests',
    having: { first: numbers ? 40 : 1, query: `repo:acme/tool is:pr is:merged merged:${part} sort:created-asc` },
    data: { search: { ...connection((numbers ?? []).map((number) => pullNode(number))), issueCount } },
  });

  async function collect(refs: AsyncIterable<PullRequestRef>, most = Number.POSITIVE_INFINITY): Promise<number[]> {
    const numbers: number[] = [];
    for await (const { number } of refs) {
      numbers.push(number);
      if (numbers.length >= most) break;
    }
    return numbers;
  }

  it('lists the merged pull requests of a repository, which need no look-up then', async () => {
    const { result } = await against([home, listed([3, 4], null, 'c1'), listed([9], 'c1', null)], async (github) => {
      const numbers = await collect(github.source(selection({})).refs(signal));
      const held = await github.hub.pullRequest({ repository: 'acme/tool', number: 9 }, signal);
      return { numbers, held };
    });

    expect(result.numbers).toEqual([3, 4, 9]);
    expect(result.held).toMatchObject({ kind: 'found', value: { title: 'Pull 9' } });
  });

  it('looks up what a listing brought only in part', async () => {
    const files = connection([{ path: 'a' }], { totalCount: 200, pageInfo: { hasNextPage: true, endCursor: 'x' } });
    const part = { repository: { pullRequests: connection([pullNode(7, { files })]) } };
    const exchanges: Exchange[] = [home, { ask: 'MergedPullRequests', data: part }, pullAnswer()];
    const { result } = await against(exchanges, async (github) => {
      await collect(github.source(selection({})).refs(signal));
      return github.hub.pullRequest(seven, signal);
    });

    expect(result).toMatchObject({ kind: 'found' });
  });

  it('goes on where an interrupted listing was, and lists the same', async () => {
    await against([home, listed([3, 4], null, 'c1')], (github) =>
      collect(github.source(selection({})).refs(signal), 2),
    );
    // The line that was being written when the run was killed.
    await appendFile(join(cache, 'listing.jsonl'), '{"key":"pulls acme/tool after c1","val');

    const { result } = await against([listed([9], 'c1', null)], (github) =>
      collect(github.source(selection({})).refs(signal)),
    );
    expect(result).toEqual([3, 4, 9]);
    const again = await against([], (github) => collect(github.source(selection({})).refs(signal)));
    expect(again.result).toEqual([3, 4, 9]);
    expect(await readFile(join(cache, 'listing.jsonl'), 'utf8')).not.toContain('secret');
  });

  it('says that a repository is gone, and lists the next', async () => {
    const exchanges: Exchange[] = [{ ask: '/repos/acme/no', status: 404, body: {} }, home, listed([3], null, null)];
    const { result, said } = await against(exchanges, (github) =>
      collect(github.source(selection({ repositories: ['acme/no', 'acme/tool'] })).refs(signal)),
    );

    expect(result).toEqual([3]);
    expect(said).toEqual([expect.stringContaining('acme/no: private or missing: nothing is listed')]);
  });

  it('gives nothing for a repository without merged pull requests', async () => {
    const { result } = await against([home, listed([], null, null)], (github) =>
      collect(github.source(selection({})).refs(signal)),
    );

    expect(result).toEqual([]);
  });

  it('cuts a span of days until the search shows all of each part', async () => {
    const day = { since: '2024-01-01T00:00:00Z', until: '2024-01-01T00:00:04Z' };
    const at = (second: number) => `2024-01-01T00:00:0${second}Z`;
    const { result } = await against(
      [
        home,
        searched(`${at(0)}..${at(3)}`, 1500),
        searched(`${at(0)}..${at(1)}`, 900),
        searched(`${at(0)}..${at(1)}`, 900, [3]),
        searched(`${at(2)}..${at(3)}`, 600),
        searched(`${at(2)}..${at(3)}`, 600, [4]),
      ],
      (github) => collect(github.source(selection(day)).refs(signal)),
    );

    expect(result).toEqual([3, 4]);
  });

  it('cuts a search for repositories by stars, and a crowd of equal stars by date', async () => {
    const found = (query: string, repositoryCount: number, names?: readonly string[]): Exchange => ({
      ask: 'SearchRepositories',
      having: { query, first: names ? 100 : 1 },
      data: {
        search: {
          ...connection((names ?? []).map((nameWithOwner) => ({ __typename: 'Repository', nameWithOwner }))),
          repositoryCount,
        },
      },
    });
    const query = (stars: string, days = '2020-01-01T00:00:00Z..2020-01-01T00:00:01Z') =>
      `language:c stars:${stars} created:${days}`;
    const [early, late] = ['2020-01-01T00:00:00Z..2020-01-01T00:00:00Z', '2020-01-01T00:00:01Z..2020-01-01T00:00:01Z'];
    const search = 'language:c stars:10..11 created:2020-01-01T00:00:00Z..2020-01-01T00:00:01Z';
    const gone = (name: string): Exchange => ({ ask: `/repos/${name}`, status: 404, body: {} });
    const { said } = await against(
      [
        found(query('10..11'), 2000),
        found(query('10..10'), 1400),
        found(query('10..10', early), 700),
        found(query('10..10', early), 700, ['b/b', 'a/a']),
        gone('a/a'),
        gone('b/b'),
        found(query('10..10', late), 0),
        found(query('11..11'), 600),
        found(query('11..11'), 600, ['c/c']),
        gone('c/c'),
      ],
      (github) => collect(github.source(selection({ repositories: [], search })).refs(signal)),
    );

    expect(said.map((line) => line.slice(0, 3))).toEqual(['a/a', 'b/b', 'c/c']);
  });
});
