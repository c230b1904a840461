import type { MergeMethod } from '../../domain/candidate.ts';
import type { Hub, HubPullRequest } from '../../ports/hub.ts';
import type { GitCommit, Repository } from '../../ports/repository.ts';
import type { Rejection } from './reasons.ts';

/** The two ends of a pull request's own diff. */
export interface Range {
  readonly base: GitCommit;
  /** The tree with the fix and nothing else on top of `base`. */
  readonly fix: GitCommit;
  readonly mergeMethod: MergeMethod;
}

interface Commits {
  readonly head: GitCommit | undefined;
  readonly landed: GitCommit | undefined;
}

/**
 * The merge-base of the pull request and its target. The head is the best witness; where it was deleted, the commits that landed tell it:
 * the second parent of a merge, the one commit of a squash, the last ones of a rebase.
 */
export async function findRange(
  pull: HubPullRequest,
  { repository, hub }: Pick<Lookup, 'repository' | 'hub'>,
  signal: AbortSignal,
): Promise<Range | Rejection> {
  const { number, mergeSha, headSha } = pull;
  const landed = mergeSha === null ? undefined : await repository.commit(mergeSha, { number }, signal);
  const fetched = headSha === null ? undefined : await repository.commit(headSha, { number }, signal);
  const merged = landed?.parents[1];
  const head = fetched ?? (merged === undefined ? undefined : await repository.commit(merged, {}, signal));
  const range = await rangeOf(pull, { head, landed }, { repository, hub, signal });
  if (range !== undefined) return range;
  if (head === undefined && landed === undefined) {
    return { reason: 'commits-gone', detail: `head ${headSha ?? 'unknown'}, merge commit ${mergeSha ?? 'unknown'}` };
  }
  return { reason: 'no-merge-base', detail: `head ${head?.sha ?? 'gone'}, merge commit ${landed?.sha ?? 'gone'}` };
}

interface Lookup {
  readonly repository: Repository;
  readonly hub: Pick<Hub, 'mergeBase'>;
  readonly signal: AbortSignal;
}

async function rangeOf(pull: HubPullRequest, { head, landed }: Commits, lookup: Lookup): Promise<Range | undefined> {
  const mergeMethod = methodOf(pull, { head, landed });
  if (head === undefined) return landed && rangeOfLanded(pull, { landed, mergeMethod }, lookup);
  for (const tip of tipsOf(pull, { head, landed })) {
    const base = await baseOn(tip, head, lookup);
    if (base !== undefined && base.sha !== head.sha) return { base, fix: head, mergeMethod };
  }
  const compared = await baseByHost(pull, { head, landed }, lookup);
  if (compared !== undefined && compared.sha !== head.sha) return { base: compared, fix: head, mergeMethod };
  const before = await beforeFirst(pull, lookup);
  return before && { base: before, fix: head, mergeMethod };
}

/** Commits of the target without the pull request, best first: the one it landed on, then where the host last saw the branch. */
function tipsOf(pull: HubPullRequest, { head, landed }: Commits): string[] {
  const onto = landed === undefined || landed.sha === head?.sha ? undefined : landed.parents[0];
  return [onto, pull.baseSha].filter((sha) => sha !== undefined && sha !== null);
}

async function baseOn(tip: string, head: GitCommit, { repository, signal }: Lookup): Promise<GitCommit | undefined> {
  if ((await repository.commit(tip, {}, signal)) === undefined) return undefined;
  const base = await repository.mergeBase(tip, head.sha, signal);
  return base === undefined ? undefined : repository.commit(base, {}, signal);
}

/** What the host compares it may still have where a clone cannot get it: a target branch that was pushed anew. */
async function baseByHost(
  pull: HubPullRequest,
  { head, landed }: Commits,
  { repository, hub, signal }: Lookup,
): Promise<GitCommit | undefined> {
  for (const base of tipsOf(pull, { head, landed })) {
    if (head === undefined) return undefined;
    const sha = await hub.mergeBase({ repository: pull.repository, base, head: head.sha }, signal);
    const found = sha === undefined ? undefined : await repository.commit(sha, {}, signal);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The parent of the oldest commit: all that is left when the branch was simply moved forward. */
async function beforeFirst(pull: HubPullRequest, { repository, signal }: Lookup): Promise<GitCommit | undefined> {
  const first = pull.areCommitsComplete ? pull.commits[0] : undefined;
  const parent = first && (await repository.commit(first.sha, {}, signal))?.parents[0];
  return parent === undefined ? undefined : repository.commit(parent, {}, signal);
}

/** Without the head: a squash is one commit, a rebase as many as the pull request had. */
async function rangeOfLanded(
  pull: HubPullRequest,
  { landed, mergeMethod }: { landed: GitCommit; mergeMethod: MergeMethod },
  { repository, signal }: Lookup,
): Promise<Range | undefined> {
  let first = landed;
  const wanted = mergeMethod === 'rebase' ? pull.commits.slice(0, -1).reverse() : [];
  for (const commit of wanted) {
    const parent = first.parents[0];
    const below = parent === undefined ? undefined : await repository.commit(parent, {}, signal);
    if (below === undefined || !isSameWork(below, commit)) return undefined;
    first = below;
  }
  const [parent] = first.parents;
  const base = parent === undefined ? undefined : await repository.commit(parent, {}, signal);
  return base && { base, fix: landed, mergeMethod };
}

/** A rebase keeps author date and message of each commit; a squash writes a message of its own. */
function methodOf(pull: HubPullRequest, { head, landed }: Commits): MergeMethod {
  if (landed === undefined) return 'squash';
  if (landed.parents.length > 1 && landed.sha !== head?.sha) return 'merge';
  if (landed.sha === head?.sha) return 'fast-forward';
  const last = pull.commits.at(-1);
  return last !== undefined && pull.commits.length > 1 && isSameWork(landed, last) ? 'rebase' : 'squash';
}

function isSameWork(commit: GitCommit, other: Pick<GitCommit, 'message' | 'authoredAt'>): boolean {
  const isSameTime = Date.parse(commit.authoredAt) === Date.parse(other.authoredAt);
  return isSameTime && subjectOf(commit.message) === subjectOf(other.message);
}

/** Hosts add "(#12)" and trailers. */
function subjectOf(message: string): string {
  return (message.trim().split('\n')[0] ?? '').replace(/ \(#\d+\)$/, '');
}
