import type { IssueAddress } from '../../src/domain/candidate.ts';
import type { Hub, HubComment, HubIssue, HubPullRequest, HubRepository } from '../../src/ports/hub.ts';

interface FakeHost {
  readonly repositories: readonly HubRepository[];
  readonly pulls: readonly HubPullRequest[];
  readonly issues: readonly HubIssue[];
  /** Where any two commits parted. */
  readonly mergeBase?: string;
}

/** A code host in memory. What it does not hold is gone; `asked` lists every look-up. */
export function createFakeHub({
  repositories,
  pulls,
  issues,
  mergeBase,
}: FakeHost): Hub & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  const isAt = (address: IssueAddress) => (one: IssueAddress) =>
    one.repository === address.repository && one.number === address.number;
  const gone = { kind: 'gone', why: 'private or missing' } as const;
  return {
    asked,
    repository: async (name) => {
      asked.push(name);
      const value = repositories.find((one) => one.name === name);
      return value ? { kind: 'found', value } : gone;
    },
    pullRequest: async (address) => {
      asked.push(`pull ${address.repository}#${address.number}`);
      const value = pulls.find(isAt(address));
      return value ? { kind: 'found', value } : gone;
    },
    issue: async (address) => {
      asked.push(`issue ${address.repository}#${address.number}`);
      if (pulls.some(isAt(address))) return { kind: 'pull-request' };
      const value = issues.find(isAt(address));
      return value ? { kind: 'found', value } : gone;
    },
    mergeBase: async ({ base, head }) => {
      asked.push(`compare ${base}...${head}`);
      return mergeBase;
    },
  };
}

export function fakeRepository(given: Partial<HubRepository> = {}): HubRepository {
  return {
    ...{ name: 'acme/widgets', license: 'MIT', language: 'python', defaultBranch: 'main', stars: 10, sizeKb: 100 },
    ...{ isFork: false, isArchived: false, cloneUrl: 'https://github.com/acme/widgets.git' },
    ...given,
  };
}

/** Merged on 12 January 2024 after one commit of the 10th; names no issue. */
export function fakePull(given: Partial<HubPullRequest> = {}): HubPullRequest {
  const number = given.number ?? 12;
  return {
    ...{
      repository: 'acme/widgets',
      number,
      url: `https://github.com/acme/widgets/pull/${number}`,
      title: 'Round sizes',
      body: '',
    },
    ...{ author: { login: 'ada', isBot: false }, labels: [], baseBranch: 'main' },
    ...{ createdAt: '2024-01-11T00:00:00Z', mergedAt: '2024-01-12T00:00:00Z' },
    ...{ baseSha: null, headSha: null, mergeSha: null, mergeMessage: null, commits: [], areCommitsComplete: true },
    ...{ closingIssues: [], files: null, changedFiles: null },
    ...given,
  };
}

/** Opened on 2 January 2024. */
export function fakeIssue(given: Partial<HubIssue> = {}): HubIssue {
  const number = given.number ?? 7;
  return {
    ...{ repository: 'acme/widgets', number, url: `https://github.com/acme/widgets/issues/${number}` },
    ...{ title: 'Sizes are cut', body: 'A size of 2.6 becomes 2.', author: { login: 'bob', isBot: false }, labels: [] },
    ...{ createdAt: '2024-01-02T00:00:00Z', closedAt: null, stateReason: null, lastEditedAt: null, edits: null },
    ...{ renames: [], comments: [], closings: [], crossReferences: [] },
    ...given,
  };
}

export function fakeComment(given: Partial<HubComment> = {}): HubComment {
  return {
    ...{ id: '1', author: { login: 'bob', isBot: false }, body: 'It happens with 3.7 as well.' },
    ...{ createdAt: '2024-01-03T00:00:00Z', lastEditedAt: null, edits: null, isMinimized: false },
    ...given,
  };
}
