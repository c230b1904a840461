import type { IssueAddress } from '../../../domain/candidate.ts';
import { escapeRegExp } from '../../../util/texts.ts';

/** Where a text stands: what "#12" means in it. */
export interface TextPlace {
  /** "owner/name". */
  readonly repository: string;
  /** Of the web pages: "github.com". */
  readonly host: string;
}

/** An issue or pull request named in a text. */
export interface Mention {
  readonly address: IssueAddress;
  /** Offsets in the text, end exclusive. */
  readonly start: number;
  readonly end: number;
}

const name = '[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?/[A-Za-z0-9._-]*[A-Za-z0-9_-]';
const number = String.raw`([1-9][0-9]{0,8})(?![\w])`;

/** The source of a pattern for one reference with the groups: URL repository, URL number, short repository or owner, short number, GH number. */
export function referencePattern({ host, repository }: TextPlace): string {
  const web = escapeRegExp(host);
  // "acme#1" is said where forks share a name; of other owners it is mostly something else.
  const owner = escapeRegExp(repository.slice(0, repository.indexOf('/')));
  const url = `https?://(?:www\\.)?${web}/(${name})/(?:issues|pull)/${number}(?:[/?#][\\w#?=&/%-]*)?`;
  return `(?:${url}|(?<![\\w/.-])(${name}|${owner})?#${number}|(?<![\\w-])(?:GH|gh)-${number})`;
}

/** The address of a match of `referencePattern`, `offset` being the index of its first group. */
export function addressOf(groups: readonly (string | undefined)[], place: TextPlace): IssueAddress {
  const [urlRepository, urlNumber, shortRepository, shortNumber, ghNumber] = groups;
  const found = urlNumber ?? shortNumber ?? ghNumber;
  const repository = urlRepository ?? shortRepository;
  return { repository: repository?.includes('/') ? repository : place.repository, number: Number(found) };
}

/** Every issue and pull request that `text` names, in order. Never throws. */
export function findMentions(text: string, place: TextPlace): Mention[] {
  const pattern = new RegExp(referencePattern(place), 'gi');
  return [...text.matchAll(pattern)].map((match) => ({
    address: addressOf(match.slice(1, 6), place),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Host names are case-insensitive, and so are the names of owners and repositories. */
export function isSameAddress(a: IssueAddress, b: IssueAddress): boolean {
  return a.number === b.number && isSameRepository(a.repository, b.repository);
}

export function isSameRepository(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
