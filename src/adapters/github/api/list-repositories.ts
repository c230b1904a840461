import { z } from 'zod';
import { compareText } from '../../../util/canonical-json.ts';
import type { ListNeeds } from './listing.ts';
import { parseAnswer } from './lookups.ts';
import { queries } from './queries.ts';
import { formatRepositorySearch, type RepositorySearch } from './search-query.ts';
import { halfway, halfwayOfMagnitude, type NumberRange, searchMost, splitRange } from './search-ranges.ts';

type Needs = Pick<ListNeeds, 'client' | 'journal' | 'size'>;

const Answer = z.object({
  search: z.object({
    repositoryCount: z.number(),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(z.object({ nameWithOwner: z.string() }).partial().nullable()),
  }),
});
const Step = z.object({ names: z.array(z.string()), next: z.string().nullable() });
type Step = z.infer<typeof Step>;

/** The names of all repositories that a search finds, past the host's 1,000 results: cut by stars, and by date of making where many have equally many. */
export async function* listRepositories(
  needs: Needs,
  search: RepositorySearch,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const count = (stars: NumberRange) => countResults(needs, { ...search, stars }, signal);
  for await (const { count: found, ...stars } of splitRange(search.stars, { count, middle: halfwayOfMagnitude })) {
    if (found <= searchMost) yield* namesOf(needs, { ...search, stars }, signal);
    else yield* cutByDate(needs, { ...search, stars }, signal);
  }
}

async function* cutByDate(needs: Needs, search: RepositorySearch, signal: AbortSignal): AsyncGenerator<string> {
  const count = (created: NumberRange) => countResults(needs, { ...search, created }, signal);
  for await (const { count: _, ...created } of splitRange(search.created, { count, middle: halfway })) {
    yield* namesOf(needs, { ...search, created }, signal);
  }
}

/** Sorted, since the host's order within a search changes with every star. */
async function* namesOf(needs: Needs, search: RepositorySearch, signal: AbortSignal): AsyncGenerator<string> {
  const query = formatRepositorySearch(search);
  const names: string[] = [];
  for (let after: string | null = null; ; ) {
    const cursor: string | null = after;
    const key = `repositories ${query} after ${cursor ?? ''}`;
    const step: Step = await needs.journal.once(key, Step, () => askPage(needs, { query, after: cursor }, signal));
    names.push(...step.names);
    if (step.next === null) break;
    after = step.next;
  }
  yield* [...new Set(names)].sort(compareText);
}

async function askPage(
  { client, size }: Needs,
  { query, after }: { readonly query: string; readonly after: string | null },
  signal: AbortSignal,
): Promise<Step> {
  const answer = await size.ask(
    (first) => client.graphql(queries.searchRepositories, { query, first, after }, signal),
    signal,
  );
  const { nodes, pageInfo } = parseAnswer(Answer, answer, { repository: query }).search;
  return {
    names: nodes.flatMap((node) => node?.nameWithOwner ?? []),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}

async function countResults(
  { client, journal }: Needs,
  search: RepositorySearch,
  signal: AbortSignal,
): Promise<number> {
  const query = formatRepositorySearch(search);
  return journal.once(`count ${query}`, z.number(), async () => {
    const answer = await client.graphql(queries.searchRepositories, { query, first: 1, after: null }, signal);
    return parseAnswer(Answer, answer, { repository: query }).search.repositoryCount;
  });
}
