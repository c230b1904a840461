import { formatAddress, type IssueAddress, type LinkEvidence } from '../../../domain/candidate.ts';
import type { Hub, HubIssue, HubPullRequest } from '../../../ports/hub.ts';
import type { Rejection } from '../reasons.ts';
import { isSameAddress } from '../text/references.ts';
import { readSaid, toEvidence } from './say.ts';

/** An issue that was looked at, with all that speaks for it. */
export interface IssueLink {
  readonly issue: HubIssue;
  readonly evidence: readonly LinkEvidence[];
  readonly isEnough: boolean;
}

export interface Links {
  readonly links: readonly IssueLink[];
  /** Named numbers that are no issue we may read, with why: "owner/name#3: a pull request". */
  readonly dropped: readonly string[];
}

/** Numbers beyond these are not looked up: a release's list of changes names hundreds. */
const lookupLimit = 25;

/** Looks up every issue that `pull` names and gathers the evidence of both sides. */
export async function findLinks(pull: HubPullRequest, hub: Hub, signal: AbortSignal): Promise<Links> {
  const said = readSaid(pull);
  const all = [...said.evidence, ...said.mentions];
  const addresses = distinct(all.map(({ issue }) => issue));
  const dropped = addresses.slice(lookupLimit).map((address) => `${formatAddress(address)}: not looked up`);
  const links: IssueLink[] = [];
  for (const address of addresses.slice(0, lookupLimit)) {
    const found = await hub.issue(address, signal);
    if (found.kind !== 'found') {
      dropped.push(`${formatAddress(address)}: ${found.kind === 'gone' ? found.why : 'a pull request'}`);
    } else if (Date.parse(found.value.createdAt) > Date.parse(pull.mergedAt ?? '')) {
      dropped.push(`${formatAddress(address)}: opened after the merge`);
    } else
      links.push(toLink(found.value, { pull, evidence: all.filter(({ issue }) => isSameAddress(issue, address)) }));
  }
  return { links: mergeSame(links), dropped };
}

/** The links that are enough, or why there is none. */
export function chooseLinks({ links, dropped }: Links): readonly IssueLink[] | Rejection {
  const enough = links.filter(({ isEnough }) => isEnough);
  if (enough.length > 0) return enough;
  const weak = links.filter(({ evidence }) => evidence.length > 0);
  if (weak.length > 0) return { reason: 'weak-link', detail: weak.map(describe).join('; ') };
  if (dropped.length > 0) return { reason: 'issue-gone', detail: dropped.slice(0, 5).join('; ') };
  return { reason: 'no-link', detail: 'no issue named in title, body, commits or events' };
}

/** "owner/name#3 by cross-reference". */
function describe({ issue, evidence }: IssueLink): string {
  return `${formatAddress(issue)} by ${[...new Set(evidence.map(({ method }) => method))].join(', ')}`;
}

function toLink(issue: HubIssue, known: { pull: HubPullRequest; evidence: readonly LinkEvidence[] }): IssueLink {
  // The address of the host wins: numbers move with renamed and transferred issues.
  const address = { repository: issue.repository, number: issue.number };
  const evidence = [...known.evidence, ...hostEvidence(issue, known.pull)].map((found) => ({
    ...found,
    issue: address,
  }));
  return { issue, evidence: distinctEvidence(evidence), isEnough: isEnough(evidence) };
}

/** One strong sign, or weak ones of two methods. */
function isEnough(evidence: readonly LinkEvidence[]): boolean {
  return (
    evidence.some(({ strength }) => strength === 'strong') || new Set(evidence.map(({ method }) => method)).size >= 2
  );
}

/** What the issue's own history says: who closed it, and who mentioned it. */
function hostEvidence(issue: HubIssue, pull: HubPullRequest): LinkEvidence[] {
  const commits = new Set([...pull.commits.map(({ sha }) => sha), pull.mergeSha, pull.headSha]);
  const closings = issue.closings.flatMap(({ at, closer }) => {
    const isPull = closer?.kind === 'pull-request' && isSameAddress(closer.address, pull);
    const isCommit = closer?.kind === 'commit' && commits.has(closer.sha);
    if (!isPull && !isCommit) return [];
    const by = isCommit ? `commit ${closer.sha}` : formatAddress(pull);
    return [toEvidence(issue, 'closing-event', { where: 'timeline', text: `closed by ${by} at ${at}` })];
  });
  const crossings = issue.crossReferences
    .filter((address) => isSameAddress(address, pull))
    .map(() =>
      toEvidence(issue, 'cross-reference', { where: 'timeline', text: `mentioned by ${formatAddress(pull)}` }),
    );
  return [...closings, ...crossings];
}

function distinct(addresses: readonly IssueAddress[]): IssueAddress[] {
  return addresses.filter((address, at) => addresses.findIndex((other) => isSameAddress(other, address)) === at);
}

function distinctEvidence(evidence: readonly LinkEvidence[]): LinkEvidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ method, where, text }) => {
    const key = JSON.stringify([method, where, text]);
    return seen.size < seen.add(key).size;
  });
}

/** Two addresses may lead to one issue: an old name and a new one. */
function mergeSame(links: readonly IssueLink[]): IssueLink[] {
  const merged: IssueLink[] = [];
  for (const link of links) {
    const at = merged.findIndex(({ issue }) => isSameAddress(issue, link.issue));
    const same = merged[at];
    if (same === undefined) merged.push(link);
    else {
      const evidence = distinctEvidence([...same.evidence, ...link.evidence]);
      merged[at] = { ...same, evidence, isEnough: isEnough(evidence) };
    }
  }
  return merged;
}
