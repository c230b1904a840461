import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPullRequest, toIssue } from './issue.ts';
import { addressOfUrl } from './parts.ts';
import { toPlainObject } from './plain.ts';
import { toPullRequest } from './pull-request.ts';
import { toRepository } from './repository.ts';

const date = '2024-01-01T00:00:00Z';
const sha = 'a'.repeat(40);

const restPull = {
  number: 7,
  title: 'Fix',
  body: null,
  html_url: 'https://github.com/acme/tool/pull/7',
  url: 'https://api.github.com/repos/acme/tool/pulls/7',
  user: { login: 'renovate[bot]', type: 'Bot' },
  labels: [{ name: 'bug' }],
  created_at: date,
  merged_at: date,
  merge_commit_sha: sha,
  base: { ref: 'main', sha, repo: { full_name: 'acme/tool' } },
  head: { ref: 'fix', sha },
  commits: 3,
  changed_files: 2,
};
const graphqlPull = {
  number: 7,
  title: 'Fix',
  body: '',
  url: 'https://github.com/acme/tool/pull/7',
  repository: { nameWithOwner: 'acme/tool' },
  author: { __typename: 'Bot', login: 'renovate[bot]' },
  labels: { nodes: [{ name: 'bug' }] },
  createdAt: date,
  mergedAt: date,
  mergeCommit: { oid: sha },
  baseRefName: 'main',
  baseRefOid: sha,
  headRefOid: sha,
  changedFiles: 2,
};

describe('toPullRequest', () => {
  it('reads the same from REST and from GraphQL', () => {
    expect(toPullRequest(restPull)).toEqual(toPullRequest(graphqlPull));
    expect(toPullRequest(restPull)).toMatchObject({ body: '', author: { isBot: true }, commits: [], files: null });
  });

  it('takes no trial merge for a merge', () => {
    expect(toPullRequest({ ...restPull, merged_at: null })).toMatchObject({ mergedAt: null, mergeSha: null });
  });

  it('reads commits in either spelling, and says whether the list is cut', () => {
    const rest = { sha, commit: { message: 'm', author: { date }, committer: { date } } };
    const graphql = { commit: { oid: sha, message: 'm', authoredDate: date, committedDate: date } };
    const expected = [{ sha, message: 'm', authoredAt: date, committedAt: date }];

    expect(toPullRequest({ ...restPull, commits: [rest] })).toMatchObject({
      commits: expected,
      areCommitsComplete: true,
    });
    const cut = { totalCount: 2, nodes: [graphql] };
    expect(toPullRequest({ ...graphqlPull, commits: cut })).toMatchObject({
      commits: expected,
      areCommitsComplete: false,
    });
    const full = Array.from({ length: 250 }, () => rest);
    expect(toPullRequest({ ...restPull, commits: full }).areCommitsComplete).toBe(false);
  });

  it('refuses a pull request of no repository', () => {
    expect(() => toPullRequest({ number: 7, title: 'x', created_at: date })).toThrow('does not say its repository');
  });
});

const restIssue = {
  number: 1,
  title: 'Fails',
  body: 'It does',
  html_url: 'https://github.com/acme/tool/issues/1',
  user: null,
  created_at: date,
  comments: 2,
};

describe('toIssue', () => {
  it('reads the timeline of REST', () => {
    const timeline = [
      { event: 'closed', created_at: date, commit_id: sha },
      { event: 'closed', created_at: date, commit_id: null },
      { event: 'renamed', created_at: date, rename: { from: 'a', to: 'b' } },
      {
        event: 'cross-referenced',
        created_at: date,
        source: { type: 'issue', issue: { number: 7, html_url: 'https://github.com/acme/tool/pull/7' } },
      },
      {
        event: 'commented',
        id: 5,
        created_at: date,
        updated_at: '2024-02-01T00:00:00Z',
        body: 'hm',
        user: { login: 'eve' },
      },
      { event: 'labeled', created_at: date },
    ];

    expect(toIssue({ ...restIssue, timeline })).toMatchObject({
      author: null,
      edits: null,
      closings: [{ closer: { kind: 'commit', sha } }, { closer: null }],
      renames: [{ from: 'a', to: 'b' }],
      crossReferences: [{ repository: 'acme/tool', number: 7 }],
      comments: [{ id: '5', body: 'hm', lastEditedAt: '2024-02-01T00:00:00Z', edits: null }],
    });
  });

  it('knows a pull request among issues', () => {
    expect(isPullRequest({ ...restIssue, pull_request: { url: 'x' } })).toBe(true);
    expect(isPullRequest(restIssue)).toBe(false);
  });
});

describe('toRepository', () => {
  it.each([
    [{ full_name: 'a/b', license: { spdx_id: 'MIT' } }, 'MIT'],
    [{ nameWithOwner: 'a/b', licenseInfo: { spdxId: 'MIT' } }, 'MIT'],
    [{ full_name: 'a/b', license: { spdx_id: 'NOASSERTION' } }, null],
    [{ full_name: 'a/b', license: null }, null],
  ])('reads the licence of %j', (object, license) => {
    expect(toRepository(object)).toMatchObject({ name: 'a/b', license, cloneUrl: 'https://github.com/a/b.git' });
  });
});

describe('addressOfUrl', () => {
  it.each([
    ['https://github.com/a/b/pull/7', 7],
    ['https://api.github.com/repos/a/b/issues/7#issuecomment-1', 7],
    ['https://code.example/api/v3/repos/a/b/pulls/7/files', 7],
    ['https://github.com/a/b/pull/7x', undefined],
    ['https://github.com/a/b', undefined],
  ])('reads %s', (url, number) => {
    expect(addressOfUrl(url)).toEqual(number === undefined ? undefined : { repository: 'a/b', number });
  });
});

describe('toPlainObject', () => {
  it('never throws, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const plain = toPlainObject(value);

        expect(toPlainObject(plain)).toEqual(plain);
      }),
    );
  });
});
