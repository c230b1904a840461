import { z } from 'zod';
import { BoundaryError } from '../../../domain/boundary.ts';
import type { IssueAddress } from '../../../domain/candidate.ts';
import type { HubIssueLookup, HubPullRequest, Lookup } from '../../../ports/hub.ts';
import { toIssue } from '../objects/issue.ts';
import { toPullRequest } from '../objects/pull-request.ts';
import type { Client, GraphqlAnswer } from './client.ts';
import type { PageSize } from './page-size.ts';
import { ConnectionPage, restOf } from './pages.ts';
import { queries } from './queries.ts';
import { whyGone } from './why-gone.ts';

export interface LookupNeeds {
  readonly client: Client;
  readonly size: PageSize;
}

const PullAnswer = z.object({ repository: z.object({ pullRequest: z.looseObject({}) }) });
const IssueAnswer = z.object({
  repository: z.object({ issueOrPullRequest: z.looseObject({ __typename: z.string() }) }),
});

/** A pull request with all of its commits, files and closing references. */
export async function lookUpPullRequest(
  needs: LookupNeeds,
  address: IssueAddress,
  signal: AbortSignal,
): Promise<Lookup<HubPullRequest>> {
  const answer = await needs.size.ask(
    (inner) => needs.client.graphql(queries.pullRequest, { ...variablesOf(address), inner }, signal),
    signal,
  );
  if (isNotFound(answer)) return { kind: 'gone', why: await whyGone(needs.client, address, signal) };
  const { pullRequest } = parseAnswer(PullAnswer, answer, address).repository;
  return { kind: 'found', value: await completePullRequest(needs, { address, object: pullRequest }, signal) };
}

interface Found {
  readonly address: IssueAddress;
  readonly object: Readonly<Record<string, unknown>>;
}

async function completePullRequest(needs: LookupNeeds, { address, object }: Found, signal: AbortSignal) {
  const parts = ['commits', 'files'] as const;
  const whole = { ...object };
  for (const name of parts) whole[name] = await wholeConnection(needs, { address, object, name }, signal);
  return read(address, () => toPullRequest(whole));
}

/** An issue with all of its comments and the events that link it. */
export async function lookUpIssue(
  needs: LookupNeeds,
  address: IssueAddress,
  signal: AbortSignal,
): Promise<HubIssueLookup> {
  const answer = await needs.size.ask(
    (first) => needs.client.graphql(queries.issue, { ...variablesOf(address), first }, signal),
    signal,
  );
  if (isNotFound(answer)) return { kind: 'gone', why: await whyGone(needs.client, address, signal) };
  const object = parseAnswer(IssueAnswer, answer, address).repository.issueOrPullRequest;
  if (object.__typename !== 'Issue') return { kind: 'pull-request' };
  const whole: Record<string, unknown> = { ...object };
  for (const name of ['comments', 'timelineItems'] as const) {
    whole[name] = await wholeConnection(needs, { address, object, name }, signal);
  }
  return { kind: 'found', value: read(address, () => toIssue(whole)) };
}

interface Part extends Found {
  readonly name: 'commits' | 'files' | 'comments' | 'timelineItems';
}

/** All nodes of a connection of which the first page is there. */
async function wholeConnection(needs: LookupNeeds, { address, object, name }: Part, signal: AbortSignal) {
  // GitHub has no list of files for some old pull requests.
  if (object[name] === null || object[name] === undefined) return null;
  const first = read(address, () => ConnectionPage.parse(object[name]));
  return restOf(first, (after) => nextPage(needs, { address, name, after }, signal));
}

async function nextPage(
  needs: LookupNeeds,
  { address, name, after }: Pick<Part, 'address' | 'name'> & { readonly after: string },
  signal: AbortSignal,
): Promise<ConnectionPage> {
  const answer = await needs.size.ask(
    (first) => needs.client.graphql(queries[name], { ...variablesOf(address), first, after }, signal),
    signal,
  );
  const owner = name === 'commits' || name === 'files' ? 'pullRequest' : 'issue';
  const Page = z.object({ repository: z.object({ [owner]: z.object({ [name]: ConnectionPage }) }) });
  const page = parseAnswer(Page, answer, address) as { repository: Record<string, Record<string, ConnectionPage>> };
  const connection = page.repository[owner]?.[name];
  if (!connection)
    throw new BoundaryError('github', `read ${name} of ${address.repository}#${address.number}: none came`);
  return connection;
}

function variablesOf({ repository, number }: IssueAddress): { owner: string; name: string; number: number } {
  const [owner = '', name = ''] = repository.split('/');
  return { owner, name, number };
}

export function isNotFound({ errors }: GraphqlAnswer): boolean {
  return errors.some(({ type }) => type === 'NOT_FOUND');
}

/** Throws BoundaryError('github') with what GitHub says, or where its answer is not what its schema says. */
export function parseAnswer<T extends z.ZodType>(
  schema: T,
  { data, errors }: GraphqlAnswer,
  address: { readonly repository: string; readonly number?: number },
): z.infer<T> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const what = `read ${address.repository}${address.number === undefined ? '' : `#${address.number}`}`;
  const [error] = errors;
  if (error) throw new BoundaryError('github', `${what}: ${error.type ?? 'error'}: ${error.message}`);
  const why = z.prettifyError(parsed.error);
  throw new BoundaryError('github', `${what}: the answer is not as GitHub's schema says: ${why}`, { retryable: true });
}

/** Throws BoundaryError('github') where `parse` does not understand what the host says. */
export function read<T>(address: IssueAddress, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw misread(address, cause);
  }
}

function misread({ repository, number }: IssueAddress, cause: unknown): BoundaryError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new BoundaryError('github', `read ${repository}#${number}: not as GitHub's schema says: ${message}`, {
    cause,
  });
}
