import { findArchiveFiles, toArchiveBatches } from '../../adapters/duckdb/index.ts';
import { createGithub, type Github } from '../../adapters/github/api/index.ts';
import { openArchiveIndex } from '../../adapters/github/archive/index.ts';
import { openDump } from '../../adapters/github/dump/index.ts';
import type { Hub, PullRequestSource } from '../../ports/hub.ts';
import type { CliDeps } from '../deps.ts';
import { createFallbackHub } from './fallback-hub.ts';
import type { MinePlan } from './options.ts';

export interface Source extends Disposable {
  readonly hub: Hub;
  readonly source: PullRequestSource;
}

export interface SourceNeeds {
  readonly site: string;
  readonly token: string | undefined;
  readonly cache: string;
  readonly isPaced: boolean;
  /** Where an interrupted listing goes on. */
  readonly journalPath: string;
}

/** Opens what is mined. Throws UsageError where it is not there, or where a token is missing. */
export async function openSource(plan: MinePlan, needs: SourceNeeds, deps: CliDeps): Promise<Source> {
  const say = (message: string) => deps.stderr.write(`${message}\n`);
  const onBatch = (name: string, position: number, count: number) => say(`reading ${position} of ${count}: ${name}`);
  const { repositories, since, until } = plan;
  const selection = { repositories, since, until };
  if (plan.kind === 'dump' && plan.dump !== undefined) {
    return openDump({ path: plan.dump, cache: needs.cache, selection, onBatch }, deps.signal);
  }
  if (plan.kind === 'archive') {
    const batches = toArchiveBatches(await findArchiveFiles(plan.archive), { say });
    const index = await openArchiveIndex({ batches, cache: needs.cache, selection, onBatch }, deps.signal);
    if (!needs.token) {
      say(
        'no GITHUB_TOKEN: what slim events only name is not looked up, and issues from before the archive are not found',
      );
      return index;
    }
    const { hub } = openGithub(needs, deps);
    return { ...index, hub: createFallbackHub(index.hub, hub), [Symbol.dispose]: () => index[Symbol.dispose]() };
  }
  const { hub, source } = openGithub(needs, deps);
  const live = source({
    ...selection,
    repositories: repositories ?? [],
    search: plan.search,
    journalPath: needs.journalPath,
  });
  return { hub, source: live, [Symbol.dispose]() {} };
}

function openGithub({ site, token, cache, isPaced }: SourceNeeds, deps: CliDeps): Github {
  const say = (message: string) => deps.stderr.write(`${message}\n`);
  return createGithub({ site, token, cache, isPaced, clock: deps.clock, say });
}
