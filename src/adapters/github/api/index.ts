import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../../ports/clock.ts';
import type { Hub, HubRepository, Lookup, PullRequestSource } from '../../../ports/hub.ts';
import { contentHash } from '../../../util/canonical-json.ts';
import { UsageError } from '../../../util/errors.ts';
import { toAddresses } from './addresses.ts';
import { createClient } from './client.ts';
import { createCachedGet } from './http-cache.ts';
import { createFileJournal } from './journal.ts';
import { listPullRequests } from './list-pull-requests.ts';
import { listRepositories } from './list-repositories.ts';
import type { ListNeeds, MergedWithin } from './listing.ts';
import { lookUpIssue, lookUpPullRequest } from './lookups.ts';
import { createPageSize } from './page-size.ts';
import { createPrefetch } from './prefetch.ts';
import { lookUpRepository } from './repositories.ts';
import { restIssue, restMergeBase, restPullRequest } from './rest-lookups.ts';
import { createRoute } from './route.ts';
import { parseRepositorySearch } from './search-query.ts';

export interface GithubOptions {
  /** "https://github.com", or the address of an Enterprise server. */
  readonly site: string;
  readonly token: string | undefined;
  /** The folder of answers that are shared by runs. */
  readonly cache: string;
  readonly clock: Clock;
  /** Told why nothing happens for a while. */
  readonly say: (message: string) => void;
  readonly isPaced: boolean;
}

/** What to list: repositories by name, then those that a search finds. */
export interface GithubSelection {
  readonly repositories: readonly string[];
  readonly search: string | undefined;
  /** ISO 8601: merged at or after. */
  readonly since: string | undefined;
  /** ISO 8601: merged before. */
  readonly until: string | undefined;
  /** Where the answers of the listing are kept, so that an interrupted one goes on. */
  readonly journalPath: string;
}

export interface Github {
  readonly hub: Hub;
  source(selection: GithubSelection): PullRequestSource;
}

const largestList = 40;
const largestPart = 100;

/** A live GitHub. Throws UsageError without a token: its GraphQL API answers nobody unknown. */
export function createGithub(options: GithubOptions): Github {
  const { token, clock, cache, site } = options;
  const addresses = toAddresses(site);
  if (!token) {
    throw new UsageError(
      `${addresses.site} answers only with a token: set GITHUB_TOKEN, or log in with gh; or use --dump`,
    );
  }
  const client = createClient({ ...options, addresses, token });
  const scope = `${addresses.rest} ${contentHash(token)}`;
  const get = createCachedGet(client, { folder: join(cache, 'http'), scope });
  const prefetch = createPrefetch();
  const repositories = new Map<string, Promise<Lookup<HubRepository>>>();
  const orRest = createRoute(options.say);
  const parts = { client, size: createPageSize(largestPart, clock) };

  const hub: Hub = {
    repository(name, signal) {
      const known = repositories.get(name);
      if (known !== undefined) return known;
      const asking = lookUpRepository(get, name, signal);
      repositories.set(name, asking);
      asking.catch(() => repositories.delete(name));
      return asking;
    },
    async pullRequest(address, signal) {
      const held = prefetch.take(address);
      if (held) return { kind: 'found', value: held };
      return orRest(
        () => lookUpPullRequest(parts, address, signal),
        () => restPullRequest(client, address, signal),
      );
    },
    issue: (address, signal) =>
      orRest(
        () => lookUpIssue(parts, address, signal),
        () => restIssue(client, address, signal),
      ),
    mergeBase: (commits, signal) => restMergeBase(client, commits, signal),
  };

  return {
    hub,
    source: (selection) => ({
      async *refs(signal) {
        const journal = createFileJournal(selection.journalPath);
        const needs = { client, journal, prefetch, size: createPageSize(largestList, clock) };
        const nowMs = await journal.once('now', z.number(), async () => clock.now());
        const within = toWithin(selection, nowMs);
        for await (const asked of wanted(selection, { needs, nowMs }, signal)) {
          const repository = await journal.once(`name of ${asked}`, z.string().nullable(), () =>
            nameToday(asked, signal),
          );
          if (repository !== null) yield* listPullRequests(needs, { repository, within }, signal);
        }
      },
    }),
  };

  async function* wanted(
    { repositories: named, search }: GithubSelection,
    { needs, nowMs }: { readonly needs: ListNeeds; readonly nowMs: number },
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    yield* named;
    if (search === undefined) return;
    const wide = { ...needs, size: createPageSize(largestPart, clock) };
    yield* listRepositories(wide, parseRepositorySearch(search, nowMs), signal);
  }

  /** Null for a repository that is gone, after saying so. */
  async function nameToday(asked: string, signal: AbortSignal): Promise<string | null> {
    const found = await hub.repository(asked, signal);
    if (found.kind === 'found') return found.value.name;
    options.say(`${asked}: ${found.why}: nothing is listed; check the name, and what the token may read`);
    return null;
  }
}

/** Undefined where every merged pull request is wanted: a plain listing needs no search. */
function toWithin({ since, until }: GithubSelection, nowMs: number): MergedWithin | undefined {
  if (since === undefined && until === undefined) return undefined;
  const to = until === undefined ? Math.floor(nowMs / 1000) : Math.ceil(Date.parse(until) / 1000) - 1;
  return { from: since === undefined ? 0 : Math.ceil(Date.parse(since) / 1000), to };
}
