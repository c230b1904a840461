import { maskBlocks } from './mask-blocks.ts';

/** An open one reaches to the end. */
const comment = /<!--(?:[^-]|-(?!->))*(?:-->|$)/g;

/**
 * `text` with everything blanked out that Markdown shows as code, as a quote, struck out or not at all: a keyword in there closes nothing.
 * Lengths and line ends stay, so offsets hold in the original. Takes time in proportion to the text, whatever it holds; never throws.
 */
export function maskMarkdown(text: string): string {
  const visible = maskTags(maskBlocks(maskComments(text)));
  return visible
    .split(/(\n[ \t\r]*(?=\n))/)
    .map(maskCodeSpans)
    .join('')
    .replace(/~~(?=\S)[^~\n]*~~/g, blank);
}

/** A commit message with the quoted title of what it reverts blanked out: `Revert "Fixes #1"` fixes nothing. */
export function maskCommitMessage(text: string): string {
  return text.replace(/\b(?:revert|reapply)s?[ \t]*:?[ \t]*"[^"\n]*"/gi, blank);
}

/** Text without HTML comments: the hints of issue forms, which nobody sees. */
export function withoutComments(text: string): string {
  return text.replace(comment, '');
}

function maskComments(text: string): string {
  return text.replace(comment, blank);
}

/** A tag without its end hides nothing; once one has none, no later one of that name has. */
function maskTags(text: string): string {
  const lower = text.toLowerCase();
  const unclosed = new Set<string>();
  let masked = '';
  let done = 0;
  for (const match of lower.matchAll(/<(pre|code|blockquote|del|s)(?:[ \t\n][^<>]*)?>/g)) {
    const name = match[1] ?? '';
    if (match.index < done || unclosed.has(name)) continue;
    const close = lower.indexOf(`</${name}>`, match.index);
    if (close < 0) unclosed.add(name);
    else {
      masked += text.slice(done, match.index) + blank(text.slice(match.index, close));
      done = close;
    }
  }
  return masked + text.slice(done);
}

/** Runs of backticks pair with the next run of the same length within a paragraph. */
function maskCodeSpans(paragraph: string): string {
  const runs = [...paragraph.matchAll(/`+/g)].map((match) => ({ start: match.index, length: match[0].length }));
  const nextOf = nextOfSameLength(runs.map(({ length }) => length));
  let masked = '';
  let done = 0;
  for (let at = 0; at < runs.length; at++) {
    const close = nextOf[at];
    const [from, to] = [runs[at], close === undefined ? undefined : runs[close]];
    if (from === undefined || to === undefined || close === undefined) continue;
    masked += paragraph.slice(done, from.start) + blank(paragraph.slice(from.start, to.start + to.length));
    done = to.start + to.length;
    at = close;
  }
  return masked + paragraph.slice(done);
}

function nextOfSameLength(lengths: readonly number[]): (number | undefined)[] {
  const seen = new Map<number, number>();
  const next: (number | undefined)[] = new Array(lengths.length).fill(undefined);
  for (let at = lengths.length - 1; at >= 0; at--) {
    const length = lengths[at] ?? 0;
    next[at] = seen.get(length);
    seen.set(length, at);
  }
  return next;
}

function blank(found: string): string {
  return found.replace(/[^\n]/g, ' ');
}
