import { z } from 'zod';
import type { PullRequestRef } from '../../../ports/hub.ts';
import { Account, toAccount } from '../objects/parts.ts';
import type { GraphqlAnswer } from './client.ts';
import { HeavyError, NoGraphqlError } from './failures.ts';
import type { ListNeeds, MergedWithin, Wanted } from './listing.ts';
import { isNotFound, parseAnswer } from './lookups.ts';
import { queries } from './queries.ts';
import { listByRest } from './rest-listing.ts';
import { formatSeconds } from './search-query.ts';
import { halfway, splitRange } from './search-ranges.ts';

const Listed = z.object({ number: z.number(), author: z.object({ login: z.string(), isBot: z.boolean() }).nullable() });
const Step = z.object({ listed: z.array(Listed), next: z.string().nullable() });
type Step = z.infer<typeof Step>;

const PageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const Nodes = z.array(z.looseObject({ number: z.number(), author: Account }).nullable());
const Page = z.object({ pageInfo: PageInfo, nodes: Nodes });
const ListAnswer = z.object({ repository: z.object({ pullRequests: Page }) });
const SearchAnswer = z.object({ search: Page });
const CountAnswer = z.object({ search: z.object({ issueCount: z.number() }) });

/** How many commits and files of each pull request a listing brings along. */
const inner = 50;
/** How many pull requests a listing of bare numbers asks for. */
const lightPage = 100;

/** The merged pull requests of a repository: all in the order of their making, or those merged within a time, by number within slices. */
export async function* listPullRequests(
  needs: ListNeeds,
  wanted: Wanted,
  signal: AbortSignal,
): AsyncGenerator<PullRequestRef> {
  try {
    yield* listByGraphql(needs, wanted, signal);
  } catch (error) {
    // It is the first request that fails so, before anything was listed.
    if (!(error instanceof NoGraphqlError)) throw error;
    yield* listByRest(needs, wanted, signal);
  }
}

async function* listByGraphql(
  needs: ListNeeds,
  { repository, within }: Wanted,
  signal: AbortSignal,
): AsyncGenerator<PullRequestRef> {
  if (within === undefined) {
    yield* pages(needs, { repository, query: undefined }, signal);
    return;
  }
  const queryOf = ({ from, to }: MergedWithin) =>
    `repo:${repository} is:pr is:merged merged:${formatSeconds(from)}..${formatSeconds(to)} sort:created-asc`;
  const count = (range: MergedWithin) => countResults(needs, queryOf(range), signal);
  for await (const slice of splitRange(within, { count, middle: halfway })) {
    yield* pages(needs, { repository, query: queryOf(slice) }, signal);
  }
}

interface Listing {
  readonly repository: string;
  /** Undefined for all. */
  readonly query: string | undefined;
}

type PageOf = Listing & { readonly after: string | null };

async function* pages(needs: ListNeeds, listing: Listing, signal: AbortSignal): AsyncGenerator<PullRequestRef> {
  const { repository, query } = listing;
  for (let after: string | null = null; ; ) {
    const cursor: string | null = after;
    const key = `pulls ${query ?? repository} after ${cursor ?? ''}`;
    const step: Step = await needs.journal.once(key, Step, () => askPage(needs, { ...listing, after: cursor }, signal));
    for (const { number, author } of step.listed) {
      yield { repository, number, author, isMerged: true, decoder: 'github' };
    }
    if (step.next === null) return;
    after = step.next;
  }
}

async function askPage(needs: ListNeeds, listing: PageOf, signal: AbortSignal): Promise<Step> {
  const { repository, query } = listing;
  const answer = await askWholeOrLight(needs, listing, signal);
  // The stage says by name that a repository is gone; a listing of nothing does not.
  if (isNotFound(answer)) return { listed: [], next: null };
  const { nodes, pageInfo } =
    query === undefined
      ? parseAnswer(ListAnswer, answer, { repository }).repository.pullRequests
      : parseAnswer(SearchAnswer, answer, { repository }).search;
  for (const node of nodes) needs.prefetch.put(node);
  const listed = nodes.flatMap((node) => (node ? [{ number: node.number, author: toAccount(node.author) }] : []));
  return { listed, next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

/** One pull request that the host cannot give must not end the listing: its number is enough to look it up in another way. */
async function askWholeOrLight(
  { client, size }: ListNeeds,
  { repository, query, after }: PageOf,
  signal: AbortSignal,
): Promise<GraphqlAnswer> {
  const [owner = '', name = ''] = repository.split('/');
  const send = (first: number, whole: boolean) => {
    const page = { first, after, inner, whole };
    return query === undefined
      ? client.graphql(queries.mergedPullRequests, { owner, name, ...page }, signal)
      : client.graphql(queries.searchPullRequests, { query, ...page }, signal);
  };
  try {
    return await size.ask((first) => send(first, true), signal);
  } catch (error) {
    if (!(error instanceof HeavyError)) throw error;
    return send(lightPage, false);
  }
}

async function countResults({ client, journal }: ListNeeds, query: string, signal: AbortSignal): Promise<number> {
  return journal.once(`count ${query}`, z.number(), async () => {
    const variables = { query, first: 1, after: null, inner: 1, whole: false };
    const answer = await client.graphql(queries.searchPullRequests, variables, signal);
    return parseAnswer(CountAnswer, answer, { repository: query }).search.issueCount;
  });
}
