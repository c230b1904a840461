import type { Candidate } from '../../src/domain/candidate.ts';

/** Three changed lines of source unless `given` says otherwise. */
export function fakeFile(given: Partial<Candidate['files'][number]>): Candidate['files'][number] {
  return {
    path: 'a.py',
    class: 'source',
    change: 'modified',
    added: 2,
    deleted: 1,
    isBinary: false,
    isSplit: false,
    ...given,
  };
}

export const fakeStatement =
  'Sizes are cut\n\nWhen I give a size of 2.6 the result is 2, while I would expect it to be rounded to 3.';

/** A candidate that every default rule lets pass. */
export function fakeCandidate(given: Partial<Candidate> = {}): Candidate {
  const sha = '1'.repeat(40);
  return {
    ...{
      v: 1,
      id: 'acme__widgets-12',
      repository: 'acme/widgets',
      license: 'MIT',
      language: 'python',
      decoder: 'dump',
    },
    pullRequest: {
      ...{ number: 12, url: 'https://github.com/acme/widgets/pull/12', title: 'Round sizes', author: 'ada' },
      ...{ createdAt: '2024-01-11T00:00:00Z', mergedAt: '2024-01-12T00:00:00Z', baseBranch: 'main' },
      ...{ headCommit: sha, mergeCommit: sha, mergeMethod: 'squash' },
    },
    issues: [
      { repository: 'acme/widgets', number: 7, title: 'Sizes', url: '', createdAt: '2024-01-02T00:00:00Z', labels: [] },
    ],
    links: [
      {
        issue: { repository: 'acme/widgets', number: 7 },
        ...{ method: 'keyword-title-body', strength: 'strong', where: 'body', text: 'Fixes #7' },
      },
    ],
    ...{ baseCommit: sha, baseCommittedAt: '2024-01-01T00:00:00Z', goldPatch: '+x\n', testPatch: '+y\n' },
    files: [fakeFile({}), fakeFile({ path: 'test_a.py', class: 'test' })],
    ...{ submodules: [], problemStatement: fakeStatement, hints: '', redactions: [], ...given },
  };
}
