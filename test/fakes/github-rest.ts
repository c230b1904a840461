/** GitHub's objects as its REST API gives them, less what nobody reads. */
const site = 'https://github.com/acme/tool';
const api = 'https://api.github.com/repos/acme/tool';
const ada = { login: 'ada', type: 'User' };
const at = '2024-01-01T00:00:00Z';

export function restPull(number: number, over: object = {}): object {
  return {
    ...{ number, title: `Pull ${number}`, body: 'Fixes #1', url: `${api}/pulls/${number}` },
    ...{ html_url: `${site}/pull/${number}`, user: ada, labels: [{ name: 'bug' }], created_at: at },
    ...{ merged_at: '2024-01-02T00:00:00Z', merge_commit_sha: '3'.repeat(40), commits: 2, changed_files: 2 },
    base: { ref: 'main', sha: '1'.repeat(40) },
    head: { ref: 'fix', sha: '2'.repeat(40) },
    ...over,
  };
}

export function restCommit(digit: string): object {
  const author = { name: 'Ada', email: 'ada@example.org', date: at };
  return { sha: digit.repeat(40), commit: { message: `Commit ${digit}`, author, committer: author } };
}

export function restFile(filename: string): object {
  return { filename, status: 'modified', additions: 1, deletions: 0, changes: 1 };
}

export function restIssue(number: number, over: object = {}): object {
  return {
    ...{ number, title: `Issue ${number}`, body: 'It fails.', url: `${api}/issues/${number}`, user: ada, labels: [] },
    ...{ html_url: `${site}/issues/${number}`, created_at: '2023-12-01T00:00:00Z', closed_at: null, comments: 1 },
    ...over,
  };
}

export function restComment(id: number): object {
  const user = { login: 'bob', type: 'User' };
  return { event: 'commented', id, user, body: 'Here too.', created_at: at, updated_at: at };
}

export function restClosed(commit: string): object {
  return { event: 'closed', created_at: at, commit_id: commit };
}
