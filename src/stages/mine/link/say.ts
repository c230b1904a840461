import type { IssueAddress, LinkEvidence, LinkMethod } from '../../../domain/candidate.ts';
import type { HubPullRequest } from '../../../ports/hub.ts';
import { findClosings } from '../text/keywords.ts';
import { maskCommitMessage, maskMarkdown } from '../text/mask.ts';
import { findMentions, isSameAddress, isSameRepository, type TextPlace } from '../text/references.ts';

/** What a pull request says about issues by itself, before any of them is looked up. */
export interface Said {
  /** By closing references and keywords. */
  readonly evidence: readonly LinkEvidence[];
  /** Issues that title and body name without a keyword, once each. */
  readonly mentions: readonly LinkEvidence[];
}

export const methodStrength: Readonly<Record<LinkMethod, LinkEvidence['strength']>> = {
  'closing-event': 'strong',
  'closing-reference': 'strong',
  'keyword-title-body': 'strong',
  'keyword-commit': 'weak',
  'cross-reference': 'weak',
};

/** Longer source texts are cut. */
const textLimit = 200;

export function toEvidence(
  issue: IssueAddress,
  method: LinkMethod,
  said: { where: string; text: string },
): LinkEvidence {
  return { issue, method, strength: methodStrength[method], where: said.where, text: said.text.slice(0, textLimit) };
}

/** Reads title, body, commit messages and closing references. The pull request's own number is no issue. */
export function readSaid(pull: HubPullRequest): Said {
  const place = placeOf(pull);
  const title = maskCommitMessage(pull.title);
  const body = maskMarkdown(pull.body);
  const closing = (text: string, where: string, method: LinkMethod) =>
    findClosings(text, place).map((found) => toEvidence(found.address, method, { where, text: found.text }));
  const evidence = [
    ...pull.closingIssues.map((issue) =>
      toEvidence(issue, 'closing-reference', { where: 'host', text: 'closing reference of the pull request' }),
    ),
    ...closing(title, 'title', 'keyword-title-body'),
    ...closing(body, 'body', 'keyword-title-body'),
    ...closing(maskCommitMessage(squashMessage(pull)), 'commit that landed', 'keyword-commit').map(strong),
    ...pull.commits.flatMap(({ sha, message }) => {
      const found = closing(maskCommitMessage(message), `commit ${sha.slice(0, 7)}`, 'keyword-commit');
      return isOnlyCommit(pull) ? found.map(strong) : found;
    }),
  ];
  const mentions = [
    { text: title, where: 'title' },
    { text: body, where: 'body' },
  ].flatMap(({ text, where }) => readMentions(text, where, place));
  const isOther = ({ issue }: LinkEvidence) => !isSameAddress(issue, pull);
  // What a keyword says is not said once more by the same words.
  const isBare = ({ issue }: LinkEvidence) =>
    !evidence.some((found) => found.method === 'keyword-title-body' && isSameAddress(found.issue, issue));
  return {
    evidence: evidence.filter(isOther).map((found) => weighed(found, pull)),
    mentions: mentions.filter((found) => isOther(found) && isBare(found)),
  };
}

function strong(evidence: LinkEvidence): LinkEvidence {
  return { ...evidence, strength: 'strong' };
}

/** What the only commit says, the pull request says; among several may be those of others. */
function isOnlyCommit({ commits, areCommitsComplete }: HubPullRequest): boolean {
  return areCommitsComplete && commits.length === 1;
}

/** A squash is one commit for the whole pull request, and the host closes what its message says; empty for other ways of landing. */
function squashMessage({ mergeMessage, number }: HubPullRequest): string {
  const subject = mergeMessage?.trim().split('\n')[0]?.trim() ?? '';
  return subject.endsWith(`(#${number})`) ? (mergeMessage ?? '') : '';
}

/** A keyword closes issues of other owners for nobody: such texts are mostly pasted from somewhere else. */
function weighed(evidence: LinkEvidence, pull: HubPullRequest): LinkEvidence {
  const isKeyword = evidence.method === 'keyword-title-body' || evidence.method === 'keyword-commit';
  const isForeign = ownerOf(evidence.issue.repository) !== ownerOf(pull.repository);
  return isKeyword && isForeign ? { ...evidence, strength: 'weak' } : evidence;
}

function ownerOf(repository: string): string {
  return repository.slice(0, repository.indexOf('/')).toLowerCase();
}

function readMentions(text: string, where: string, place: TextPlace): LinkEvidence[] {
  return findMentions(text, place)
    .filter(({ address }) => isSameRepository(address.repository, place.repository))
    .map(({ address, start, end }) => {
      const around = text
        .slice(Math.max(0, start - 40), end + 40)
        .replace(/\s+/g, ' ')
        .trim();
      return toEvidence(address, 'cross-reference', { where, text: around });
    });
}

/** The web pages of a host stand where the pull request's own page does. */
export function placeOf(pull: HubPullRequest): TextPlace {
  return { repository: pull.repository, host: URL.canParse(pull.url) ? new URL(pull.url).host : 'github.com' };
}
