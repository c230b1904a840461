import type { IssueAddress } from '../../../domain/candidate.ts';
import type { Client } from './client.ts';

/** GraphQL only says that it finds nothing; REST tells deleted, moved and hidden things apart. */
export async function whyGone(
  client: Client,
  { repository, number }: IssueAddress,
  signal: AbortSignal,
): Promise<string> {
  // Every pull request has an address among the issues as well.
  const path = `/repos/${repository}/issues/${number}`;
  const { status, headers } = await client.rest({ path, redirect: 'manual' }, signal);
  if (status === 410) return 'deleted';
  if (status === 451) return 'blocked for legal reasons';
  if (status === 301 || status === 302 || status === 307 || status === 308)
    return `moved to ${headers.location ?? 'elsewhere'}`;
  if (status === 200) return 'hidden from the GraphQL API';
  return 'private or missing';
}
