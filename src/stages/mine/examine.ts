import { type Candidate, candidateId } from '../../domain/candidate.ts';
import type { Hub, HubIssue, HubPullRequest, HubRepository, PullRequestRef } from '../../ports/hub.ts';
import type { Repositories } from '../../ports/repository.ts';
import type { Refusal, Screen } from '../../ports/screen.ts';
import { findRange, type Range } from './base-commit.ts';
import { cutDiff } from './cut-diff.ts';
import { chooseLinks, findLinks, type IssueLink } from './link/find-links.ts';
import { judgePaths } from './preview.ts';
import { writeProblem } from './problem.ts';
import type { Report } from './report.ts';
import { summariseFiles } from './summarise-files.ts';

export interface MineNeeds {
  readonly hub: Hub;
  readonly repositories: Repositories;
  readonly screen: Screen;
}

type Verdict = NonNullable<Report['verdict']>;

/** Follows one pull request as far as it goes, the cheap steps first: no clone for what the texts rule out. */
export async function examine(
  ref: PullRequestRef,
  needs: MineNeeds,
  signal: AbortSignal,
): Promise<Report & { readonly verdict: Verdict }> {
  const report: Report = { ref };
  const verdict = await follow(report, needs, signal);
  return { ...report, verdict };
}

async function follow(report: Report, needs: MineNeeds, signal: AbortSignal): Promise<Verdict> {
  const { hub, screen } = needs;
  const { ref } = report;
  if (ref.isMerged === false) return { reason: 'not-merged', detail: 'by the index' };
  const early = first(await screen.ref(ref, signal));
  if (early) return early;
  const found = await hub.pullRequest(ref, signal);
  if (found.kind === 'gone') return { reason: 'pull-request-gone', detail: found.why };
  const pull = found.value;
  report.pull = pull;
  if (pull.mergedAt === null) return { reason: 'not-merged', detail: 'no time of a merge' };
  const unwanted = first(await screen.pullRequest(pull, signal));
  if (unwanted) return unwanted;
  const hopeless = judgePaths(pull);
  if (hopeless) return hopeless;
  const home = await hub.repository(pull.repository, signal);
  if (home.kind === 'gone') return { reason: 'repository-gone', detail: home.why };
  report.repository = home.value;
  const unfit = first(await screen.repository(home.value, signal));
  if (unfit) return unfit;
  report.links = await findLinks(pull, hub, signal);
  const links = chooseLinks(report.links);
  if ('reason' in links) return links;
  return fromGit(report, { pull, home: home.value, links, mergedAt: pull.mergedAt }, { needs, signal });
}

interface Found {
  readonly pull: HubPullRequest;
  readonly home: HubRepository;
  readonly links: readonly IssueLink[];
  readonly mergedAt: string;
}

async function fromGit(
  report: Report,
  found: Found,
  { needs, signal }: { needs: MineNeeds; signal: AbortSignal },
): Promise<Verdict> {
  const { home, pull } = found;
  const clone = await needs.repositories.open({ name: home.name, cloneUrl: home.cloneUrl }, signal);
  if (clone === undefined) return { reason: 'clone-gone', detail: home.cloneUrl };
  const range = await findRange(pull, { repository: clone, hub: needs.hub }, signal);
  if ('reason' in range) return range;
  report.range = range;
  const cut = await cutDiff(range, clone, signal);
  if (cut.split) report.split = cut.split;
  if ('reason' in cut) return cut;
  const { split, language, goldPatch, testPatch, submodules } = cut;
  const issues = found.links.map(({ issue }) => issue);
  const problem = writeProblem(pull, issues, shasOf(pull, range));
  const files = summariseFiles(split);
  return {
    candidate: {
      ...describePullRequest(found, range),
      ...{ v: 1, id: candidateId(home.name, pull.number), repository: home.name, license: home.license, language },
      issues: issues.map(toLinkedIssue),
      links: found.links.flatMap(({ evidence }) => evidence),
      ...{ goldPatch, testPatch, files, submodules },
      ...{ problemStatement: problem.statement, hints: problem.hints, redactions: [...problem.redactions] },
      decoder: report.ref.decoder,
    },
  };
}

function describePullRequest(
  { pull, mergedAt }: Found,
  range: Range,
): Pick<Candidate, 'pullRequest' | 'baseCommit' | 'baseCommittedAt'> {
  const { number, url, title, createdAt, baseBranch } = pull;
  return {
    pullRequest: {
      ...{ number, url, title, createdAt, mergedAt, baseBranch },
      author: pull.author?.login ?? null,
      headCommit: pull.headSha,
      mergeCommit: pull.mergeSha,
      mergeMethod: range.mergeMethod,
    },
    baseCommit: range.base.sha,
    baseCommittedAt: range.base.committedAt,
  };
}

function toLinkedIssue({ repository, number, title, url, createdAt, labels }: HubIssue): Candidate['issues'][number] {
  return { repository, number, title, url, createdAt, labels: [...labels] };
}

function shasOf(pull: HubPullRequest, { fix }: Range): string[] {
  return [...pull.commits.map(({ sha }) => sha), pull.mergeSha, pull.headSha, fix.sha].filter((sha) => sha !== null);
}

function first(refusals: readonly Refusal[]): Refusal | undefined {
  return refusals[0];
}
