import { z } from 'zod';
import type { PullRequestRef } from '../../../ports/hub.ts';
import { Account, toAccount } from '../objects/parts.ts';
import type { ListNeeds, MergedWithin, Wanted } from './listing.ts';

const pageLength = 100;

const Closed = z.array(z.object({ number: z.number(), user: Account, merged_at: z.string().nullable() }));
const Listed = z.object({ number: z.number(), user: Account, mergedAt: z.string() });
const Page = z.object({ merged: z.array(Listed), isLast: z.boolean() });

/** The merged pull requests of a repository in the order of their making, from its closed ones. */
export async function* listByRest(
  needs: Pick<ListNeeds, 'client' | 'journal'>,
  { repository, within }: Wanted,
  signal: AbortSignal,
): AsyncGenerator<PullRequestRef> {
  for (let page = 1; ; page++) {
    const key = `closed pulls ${repository} page ${page}`;
    const { merged, isLast } = await needs.journal.once(key, Page, () => askPage(needs, { repository, page }, signal));
    for (const { number, user, mergedAt } of merged) {
      if (isWithin(mergedAt, within)) {
        yield { repository, number, author: toAccount(user), isMerged: true, decoder: 'github' };
      }
    }
    if (isLast) return;
  }
}

async function askPage(
  { client }: Pick<ListNeeds, 'client'>,
  { repository, page }: { readonly repository: string; readonly page: number },
  signal: AbortSignal,
): Promise<z.infer<typeof Page>> {
  const path = `/repos/${repository}/pulls?state=closed&sort=created&direction=asc&per_page=${pageLength}&page=${page}`;
  const { data } = await client.rest({ path }, signal);
  const closed = Closed.catch([]).parse(data);
  const merged = closed.flatMap(({ number, user, merged_at }) =>
    merged_at === null ? [] : [{ number, user, mergedAt: merged_at }],
  );
  return { merged, isLast: closed.length < pageLength };
}

function isWithin(mergedAt: string, within: MergedWithin | undefined): boolean {
  const seconds = Math.floor(Date.parse(mergedAt) / 1000);
  return within === undefined || (seconds >= within.from && seconds <= within.to);
}
