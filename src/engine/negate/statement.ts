import type { Language } from '../../domain/language.ts';

/** A part of a text, `to` being the first place behind it. */
export type Range = readonly [from: number, to: number];

const QUOTED = String.raw`R"(\w*)\([\s\S]*?\)\1"|("""|''')[\s\S]*?\2|(["'${'`'}])(?:\\[\s\S]|(?!\3)[^\\])*\3`;
const HASH = new RegExp(`${QUOTED}|(?<comment>#.*)`, 'g');
const SLASHES = new RegExp(String.raw`${QUOTED}|(?<comment>//.*|/\*[\s\S]*?\*/)`, 'g');

/** Code with the same places in it, without comments and without what stands in quotes. */
export function bareCode(text: string, language: Language): string {
  return text.replace(language === 'python' ? HASH : SLASHES, (found, ...rest) => {
    const { comment } = rest.at(-1) as { comment: string | undefined };
    return found.replace(/[\s\S]/g, comment === undefined ? '_' : ' ');
  });
}

/** Where the arguments of a call are that begin at `start` of bare code, without the space around them. Undefined where it does not end. */
export function argumentsAt(bare: string, start: number): Range[] | undefined {
  const ends: number[] = [];
  let depth = 0;
  for (let at = start; at < bare.length; at++) {
    const sign = bare[at] ?? '';
    if ('([{'.includes(sign)) depth++;
    if (')]}'.includes(sign)) depth--;
    if (depth < 0 || (depth === 0 && sign === ',')) ends.push(at);
    if (depth < 0) {
      const all = ends.map((end, index) => trim(bare, index === 0 ? start : (ends[index - 1] ?? 0) + 1, end));
      return all.filter(([from, to]) => from < to);
    }
  }
  return undefined;
}

function trim(text: string, from: number, to: number): Range {
  const part = text.slice(from, to);
  return [to - part.trimStart().length, from + part.trimEnd().length];
}

/** Where a statement ends that a line does, unless in brackets. */
export function statementEnd(bare: string): number {
  const end = topLevel(bare).indexOf('\n');
  return end < 0 ? bare.length : end;
}

/** The same places of bare code with brackets and what is in them blotted out, but not those that it does not open. */
export function topLevel(bare: string): string {
  let depth = 0;
  return bare.replace(/[\s\S]/g, (sign) => {
    if ('([{'.includes(sign)) depth++;
    const shown = depth <= 0 ? sign : '_';
    if (')]}'.includes(sign)) depth--;
    return shown;
  });
}
