/** A part of GitHub's JSON that is read; what is not named here is skipped while it is parsed. */
type Shape = string | { readonly [name: string]: Shape } | readonly [Shape];

const account = { login: 'VARCHAR', type: 'VARCHAR' };

const repository = {
  full_name: 'VARCHAR',
  license: { spdx_id: 'VARCHAR' },
  language: 'VARCHAR',
  default_branch: 'VARCHAR',
  stargazers_count: 'BIGINT',
  size: 'BIGINT',
  fork: 'BOOLEAN',
  archived: 'BOOLEAN',
  clone_url: 'VARCHAR',
};

const pullRequest = {
  number: 'BIGINT',
  html_url: 'VARCHAR',
  title: 'VARCHAR',
  body: 'VARCHAR',
  user: account,
  labels: [{ name: 'VARCHAR' }],
  created_at: 'VARCHAR',
  updated_at: 'VARCHAR',
  merged_at: 'VARCHAR',
  merge_commit_sha: 'VARCHAR',
  commits: 'BIGINT',
  changed_files: 'BIGINT',
  head: { ref: 'VARCHAR', sha: 'VARCHAR' },
  base: { ref: 'VARCHAR', sha: 'VARCHAR', repo: repository },
} as const;

const issue = {
  number: 'BIGINT',
  html_url: 'VARCHAR',
  title: 'VARCHAR',
  body: 'VARCHAR',
  user: account,
  labels: [{ name: 'VARCHAR' }],
  created_at: 'VARCHAR',
  updated_at: 'VARCHAR',
  closed_at: 'VARCHAR',
  state_reason: 'VARCHAR',
  pull_request: { url: 'VARCHAR' },
} as const;

const comment = { id: 'BIGINT', body: 'VARCHAR', user: account, created_at: 'VARCHAR', updated_at: 'VARCHAR' } as const;

const columns: Readonly<Record<string, Shape>> = {
  type: 'VARCHAR',
  created_at: 'VARCHAR',
  repo: { name: 'VARCHAR' },
  payload: { action: 'VARCHAR', number: 'BIGINT', pull_request: pullRequest, issue, comment },
};

/** Lines are long where a pull request holds two repositories and a body; none is longer than GitHub's own limits allow. */
const longestLineBytes = 16 * 2 ** 20;

/** The type of the last row: without it, the rows before are not all there are. */
export const endOfEvents = 'end of events';

/**
 * The events of one file that say something about merged pull requests, issues or comments, as `EventRow`s in the order of the file.
 * A pull request with a title is from the full era; without one, it is an entry of an index. Lines that are no events have a null type.
 * The last row is `endOfEvents`, since a query that runs out of memory ends its stream as if it were done.
 */
export function eventsSql(file: string): string {
  const types = Object.entries(columns).map(([name, shape]) => `${name}: ${quote(typeOf(shape))}`);
  return `
    WITH event AS (
      SELECT type, created_at AS "at", repo.name AS repository, payload.action AS action, payload.number AS number,
        payload.pull_request AS pull, payload.issue AS issue, payload.comment AS comment
      FROM read_ndjson(${quote(file)}, columns = {${types.join(', ')}}, ignore_errors = true,
        maximum_object_size = ${longestLineBytes})
    )
    SELECT type, "at", repository, action, coalesce(pull.number, number, issue.number) AS number,
      CASE WHEN type = 'PullRequestEvent' AND pull.title IS NOT NULL THEN to_json(pull)::VARCHAR END AS pull,
      CASE WHEN type = 'PullRequestEvent' AND pull.base.repo.full_name IS NOT NULL
        THEN to_json(pull.base.repo)::VARCHAR END AS full_repository,
      pull.merged_at AS merged_at, pull.user.login AS login, pull.user.type AS account_type,
      CASE WHEN issue.number IS NOT NULL THEN to_json(issue)::VARCHAR END AS issue,
      CASE WHEN type = 'IssueCommentEvent' THEN to_json(comment)::VARCHAR END AS comment,
      comment.id::VARCHAR AS comment_id
    FROM event
    WHERE type IS NULL
      OR (type = 'PullRequestEvent' AND action IN ('closed', 'merged') AND (pull.title IS NULL OR pull.merged_at IS NOT NULL))
      OR (type = 'IssuesEvent' AND action IN ('opened', 'edited', 'closed', 'reopened'))
      OR (type = 'IssueCommentEvent' AND action = 'created' AND issue.pull_request.url IS NULL)
    UNION ALL SELECT ${quote(endOfEvents)}${', NULL'.repeat(12)}`;
}

function typeOf(shape: Shape): string {
  if (typeof shape === 'string') return shape;
  if (Array.isArray(shape)) return `${typeOf(shape[0])}[]`;
  const fields = Object.entries(shape).map(([name, field]) => `"${name}" ${typeOf(field)}`);
  return `STRUCT(${fields.join(', ')})`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
