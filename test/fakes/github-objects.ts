import { connection } from './github-server.ts';

const nameWithOwner = 'acme/tool';
const repository = { nameWithOwner };

/** A pull request as the GraphQL API knows it. */
export function pullNode(number: number, over: object = {}): object {
  return {
    __typename: 'PullRequest',
    number,
    title: `Pull ${number}`,
    body: 'Fixes #1',
    url: `https://github.com/${nameWithOwner}/pull/${number}`,
    createdAt: '2024-01-01T00:00:00Z',
    mergedAt: '2024-01-02T00:00:00Z',
    changedFiles: 2,
    repository,
    author: { __typename: 'User', login: 'ada' },
    labels: connection([{ name: 'bug' }]),
    baseRefName: 'main',
    baseRefOid: '1'.repeat(40),
    headRefOid: '2'.repeat(40),
    mergeCommit: { oid: '3'.repeat(40), message: `Pull ${number} (#${number})` },
    closingIssuesReferences: connection([{ number: 1, repository }]),
    commits: connection([commitNode('2')]),
    files: connection([{ path: 'src/a.py' }, { path: 'tests/test_a.py' }]),
    ...over,
  };
}

export function commitNode(digit: string): object {
  const date = '2024-01-01T00:00:00Z';
  return { commit: { oid: digit.repeat(40), message: `Commit ${digit}`, authoredDate: date, committedDate: date } };
}

export function issueNode(number: number, over: object = {}): object {
  return {
    __typename: 'Issue',
    number,
    title: `Issue ${number}`,
    body: 'It fails.',
    url: `https://github.com/${nameWithOwner}/issues/${number}`,
    createdAt: '2023-12-01T00:00:00Z',
    closedAt: '2024-01-02T00:00:00Z',
    stateReason: 'COMPLETED',
    lastEditedAt: null,
    includesCreatedEdit: false,
    repository,
    author: { __typename: 'User', login: 'bob' },
    labels: connection([]),
    userContentEdits: connection([]),
    comments: connection([commentNode(1)]),
    timelineItems: connection([
      {
        __typename: 'ClosedEvent',
        createdAt: '2024-01-02T00:00:00Z',
        closer: { __typename: 'PullRequest', number: 7, repository },
      },
      {
        __typename: 'CrossReferencedEvent',
        createdAt: '2024-01-01T00:00:00Z',
        source: { __typename: 'PullRequest', number: 7, repository },
      },
      {
        __typename: 'RenamedTitleEvent',
        createdAt: '2023-12-02T00:00:00Z',
        previousTitle: 'Old',
        currentTitle: `Issue ${number}`,
      },
    ]),
    ...over,
  };
}

export function commentNode(id: number, over: object = {}): object {
  return {
    id: `C_${id}`,
    fullDatabaseId: String(id),
    body: `Comment ${id}`,
    createdAt: '2023-12-03T00:00:00Z',
    lastEditedAt: null,
    includesCreatedEdit: false,
    isMinimized: false,
    author: null,
    userContentEdits: connection([]),
    ...over,
  };
}

/** A repository as the REST API knows it. */
export function repositoryBody(over: object = {}): object {
  return {
    full_name: nameWithOwner,
    license: { key: 'mit', spdx_id: 'MIT' },
    language: 'Python',
    default_branch: 'main',
    stargazers_count: 12,
    size: 3,
    fork: false,
    archived: false,
    clone_url: `https://github.com/${nameWithOwner}.git`,
    ...over,
  };
}
