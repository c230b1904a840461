import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Crawl } from './crawl.ts';
import { commentNode, issueNode, pullNode } from './github-objects.ts';
import { connection, workOut } from './github-server.ts';

interface GithubWorld extends AsyncDisposable {
  readonly site: string;
  /** What was asked so far. */
  readonly asked: readonly string[];
  /** By which tokens, as the header gives them. */
  readonly tokens: ReadonlySet<string>;
}

/** A GitHub that knows one crawl and answers by its published schema, two pull requests a page. `onRequest` is told before each answer. */
export async function startGithubWorld(
  crawl: Crawl,
  onRequest: (count: number) => void = () => {},
): Promise<GithubWorld> {
  const asked: string[] = [];
  const tokens = new Set<string>();
  const root = rootOf(crawl);
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { query, variables } = body === '' ? { query: '' } : JSON.parse(body);
    asked.push(query.match(/query (\w+)/)?.[1] ?? String(request.url));
    tokens.add(String(request.headers.authorization));
    onRequest(asked.length);
    response.setHeader('content-type', 'application/json');
    const isHome = request.url === '/api/v3/repos/acme/tool';
    if (request.method === 'POST') response.end(JSON.stringify(withMissing(await workOut(query, variables, root))));
    else if (isHome) response.end(JSON.stringify({ ...crawl.repository, clone_url: crawl.clone }));
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    site: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    tokens,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** GitHub says so with an error as well where there is no pull request or issue of a number. */
function withMissing({ data, errors = [] }: Awaited<ReturnType<typeof workOut>>): object {
  const repository = data?.repository as Readonly<Record<string, unknown>> | undefined;
  const missing = Object.entries(repository ?? {}).filter(([, value]) => value === null);
  const message = 'Could not resolve to a node with the number.';
  return {
    data,
    errors: [...errors, ...missing.map(([name]) => ({ type: 'NOT_FOUND', path: ['repository', name], message }))],
  };
}

// biome-ignore lint/suspicious/noExplicitAny: REST objects written for tests.
type Rest = any;

function rootOf(crawl: Crawl): object {
  const pulls = new Map(crawl.pulls.map((pull: Rest) => [pull.number, toPull(pull)]));
  const issues = new Map(crawl.issues.map((issue: Rest) => [issue.number, toIssue(issue, crawl)]));
  const merged = crawl.pulls
    .filter((pull: Rest) => pull.merged_at !== null)
    .map((pull: Rest) => pulls.get(pull.number));
  return {
    repository: {
      pullRequest: ({ number }: { number: number }) => pulls.get(number),
      issueOrPullRequest: ({ number }: { number: number }) => issues.get(number) ?? pulls.get(number),
      pullRequests({ after }: { after?: string }) {
        const from = Number(after ?? 0);
        const pageInfo = { hasNextPage: from + 2 < merged.length, endCursor: String(from + 2) };
        return connection(merged.slice(from, from + 2), { pageInfo });
      },
    },
  };
}

function toPull({
  number,
  title,
  body,
  created_at,
  merged_at,
  base,
  head,
  merge_commit_sha,
  changed_files,
}: Rest): object {
  return pullNode(number, {
    ...{ title, body, createdAt: created_at, mergedAt: merged_at, changedFiles: changed_files },
    ...{ baseRefOid: base.sha, headRefOid: head.sha, mergeCommit: { oid: merge_commit_sha, message: title } },
    commits: connection([
      { commit: { oid: head.sha, message: title, authoredDate: created_at, committedDate: created_at } },
    ]),
    closingIssuesReferences: connection([]),
    files: connection([]),
  });
}

function toIssue({ number, title, body, created_at, closed_at, labels }: Rest, { comments }: Crawl): object {
  const own = comments.filter((comment: Rest) => comment.issue_url.endsWith(`/${number}`));
  return issueNode(number, {
    ...{ title, body, createdAt: created_at, closedAt: closed_at, labels: connection(labels) },
    comments: connection(
      own.map((comment: Rest) => commentNode(comment.id, { body: comment.body, createdAt: comment.created_at })),
    ),
    timelineItems: connection([]),
  });
}
