import type { IssueAddress } from '../../../domain/candidate.ts';
import { addressOf, referencePattern, type TextPlace } from './references.ts';

/** An issue that a text says to close. */
interface Closing {
  readonly address: IssueAddress;
  /** The words that say it: keyword and reference. */
  readonly text: string;
}

const keyword = String.raw`(?<![\w/#@.-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)`;
const opening = String.raw`(?:[ \t]*:?[ \t]*\r?\n\s{0,4}(?=[-*+][ \t])|[ \t]*:[ \t]*|[ \t]+|(?=[[(]#))`;
// "Fix for #1", "closes the issue #1": GitHub does not close by these, but people mean them.
const filler = String.raw`(?:for[ \t]+)?(?:(?:the|this)[ \t]+)?(?:(?:issues?|bugs?|tickets?)[ \t]*:?[ \t]+(?=[#\[<(h]|[A-Za-z-]+/|GH-)|GH[ \t]+(?=#))?`;
// "Fixes issue 1", "fix issue#1".
const nounItem = String.raw`issues?(?:[ \t]*[#/][ \t]*|[ \t]+(?:no\.?[ \t]*)?)([1-9][0-9]{0,8})(?![\w-]|\.\d)`;
const before = String.raw`(?:[-*+][ \t]+)?[\[<(*_]*`;
const after = String.raw`(?:\]\([^)\s]*\))?[\])>*_]*`;
const separator =
  /[ \t]*[,;&+][ \t]*(?:and[ \t]+|or[ \t]+|&[ \t]*)?|[ \t]+and[ \t]+|[ \t]*,?\r?\n[ \t]{0,4}(?=[-*+][ \t])|[ \t]+/iy;

/** What turns "fixes #1" into its opposite, or leaves a part of it for later. */
const negation =
  /(?:\b(?:not|never|without|partially|partly|cannot|half|dont|wont)|n['’]t)(?:\s+(?:fully|completely|entirely|quite|yet|actually|really))?\s+$/i;

/**
 * The issues that `text` closes: GitHub's keywords with its forms of references (#1, GH-1, owner/name#1, URLs), with or without a colon or "issue", and lists of
 * them (`Fixes #1, #2 and #3`), which GitHub itself reads only where each has its keyword. `text` is masked prose. Never throws.
 */
export function findClosings(text: string, place: TextPlace): Closing[] {
  const start = new RegExp(`(${keyword})${opening}${filler}`, 'gi');
  const item = new RegExp(`${before}(?:${referencePattern(place)}|${nounItem})${after}`, 'iy');
  return [...text.matchAll(start)]
    .filter(({ index }) => !negation.test(text.slice(Math.max(0, index - 40), index)))
    .flatMap((match) => {
      const list = readList(text, match.index + match[0].length, item);
      return list.map((found) => ({
        address: found[6] === undefined ? addressOf(found.slice(1, 6), place) : addressIn(place, found[6]),
        text: `${match[1]} ${found[0].replace(/^[-*+]\s+/, '')}`,
      }));
    });
}

function addressIn({ repository }: TextPlace, number: string): IssueAddress {
  return { repository, number: Number(number) };
}

/** References one after the other from `start` on. */
function readList(text: string, start: number, item: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  let at = start;
  for (;;) {
    item.lastIndex = at;
    const match = item.exec(text);
    if (match === null) return found;
    found.push(match);
    separator.lastIndex = item.lastIndex;
    if (!separator.test(text)) return found;
    at = separator.lastIndex;
  }
}
