import { z } from 'zod';
import { BoundaryError } from '../../../domain/boundary.ts';
import { formatAddress, type IssueAddress } from '../../../domain/candidate.ts';
import type { CommitPair, HubIssueLookup, HubPullRequest, Lookup } from '../../../ports/hub.ts';
import { isPullRequest, toIssue } from '../objects/issue.ts';
import { toPullRequest } from '../objects/pull-request.ts';
import type { Client, RestAnswer } from './client.ts';
import { read } from './lookups.ts';
import { whyGone } from './why-gone.ts';

const pageLength = 100;

/** A pull request by REST, which tells no closing references. What fails here too is tried again by the run, later. */
export async function restPullRequest(
  client: Client,
  address: IssueAddress,
  signal: AbortSignal,
): Promise<Lookup<HubPullRequest>> {
  const path = `/repos/${address.repository}/pulls/${address.number}`;
  const answer = await client.rest({ path, once: true }, signal);
  if (answer.status !== 200) return { kind: 'gone', why: await whyGone(client, address, signal) };
  const pull = objectOf(answer, address);
  const commits = await allPages(client, `${path}/commits`, signal);
  const files = await allPages(client, `${path}/files`, signal);
  const mergeCommit = await messageOf(client, { address, sha: pull.merge_commit_sha }, signal);
  const whole = { ...pull, commits, commitsTotal: pull.commits, files, mergeCommit };
  return { kind: 'found', value: read(address, () => toPullRequest(whole)) };
}

/** An issue by REST, which tells no earlier texts. */
export async function restIssue(client: Client, address: IssueAddress, signal: AbortSignal): Promise<HubIssueLookup> {
  const path = `/repos/${address.repository}/issues/${address.number}`;
  const answer = await client.rest({ path, once: true }, signal);
  if (answer.status !== 200) return { kind: 'gone', why: await whyGone(client, address, signal) };
  const issue = objectOf(answer, address);
  if (isPullRequest(issue)) return { kind: 'pull-request' };
  // The timeline holds the comments as well.
  const timeline = await allPages(client, `${path}/timeline`, signal);
  return { kind: 'found', value: read(address, () => toIssue({ ...issue, timeline })) };
}

const Commit = z.object({ commit: z.object({ message: z.string() }) });

async function messageOf(
  client: Client,
  { address, sha }: { readonly address: IssueAddress; readonly sha: unknown },
  signal: AbortSignal,
): Promise<{ readonly message?: string | undefined }> {
  if (typeof sha !== 'string') return {};
  const { data } = await client.rest({ path: `/repos/${address.repository}/commits/${sha}`, once: true }, signal);
  return { message: Commit.safeParse(data).data?.commit.message };
}

const Comparison = z.object({ merge_base_commit: z.object({ sha: z.string() }) });

export async function restMergeBase(
  client: Client,
  { repository, base, head }: CommitPair,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { data } = await client.rest({ path: `/repos/${repository}/compare/${base}...${head}?per_page=1` }, signal);
  return Comparison.safeParse(data).data?.merge_base_commit.sha;
}

/** Everything of a list; the host ends it where it has no more to give (250 commits, 3,000 files). */
export async function allPages(client: Client, path: string, signal: AbortSignal): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let page = 1; ; page++) {
    const { data } = await client.rest({ path: `${path}?per_page=${pageLength}&page=${page}`, once: true }, signal);
    const items = Array.isArray(data) ? data : [];
    found.push(...items);
    if (items.length < pageLength) return found;
  }
}

function objectOf({ data }: RestAnswer, address: IssueAddress): Readonly<Record<string, unknown>> {
  if (typeof data === 'object' && data !== null) return data as Record<string, unknown>;
  throw new BoundaryError('github', `read ${formatAddress(address)}: the answer is cut off`, { retryable: true });
}
