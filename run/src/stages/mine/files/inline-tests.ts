import type { Language } from '../../../domain/language.ts';
import { maskCode } from './code-text.ts';

/** Lines of a file that hold tests, both ends inclusive, counting from 1. */
export interface TestRegion {
  readonly first: number;
  readonly last: number;
}

const macros =
  'TEST_CASE(?:_METHOD|_FIXTURE|_TEMPLATE\\w*)?|DOCTEST_TEST_CASE|TEST(?:_F|_P)?|TYPED_TEST(?:_P)?|SCENARIO|BOOST_(?:AUTO|FIXTURE|DATA)_TEST_CASE';

/** Where inline tests begin. What they hold reaches to the brace that closes the next one opened. */
const starts: Readonly<Partial<Record<Language, RegExp>>> = {
  rust: /#\[\s*cfg\s*\(\s*(?:test\b|(?:all|any)\s*\(\s*test\b)[^\]]*\]|#\[\s*(?:\w+::)*test(?:_case|_log::test)?\b[^\]\n]*\]|#\[\s*(?:rstest|bench|quickcheck)\b[^\]\n]*\]/g,
  c: new RegExp(`^[ \\t]*(?:${macros})[ \\t]*\\(`, 'gm'),
  cpp: new RegExp(`^[ \\t]*(?:${macros})[ \\t]*\\(`, 'gm'),
  javascript: /\bif\s*\(\s*import\.meta\.vitest\s*\)/g,
  typescript: /\bif\s*\(\s*import\.meta\.vitest\s*\)/g,
};

/** The regions of a source file that are tests, in order and apart from each other. Empty for languages without inline tests. */
export function findTestRegions(text: string, language: Language): TestRegion[] {
  const start = starts[language];
  if (start === undefined) return [];
  const code = maskCode(text, language);
  const lineOf = createLineIndex(code);
  const regions: TestRegion[] = [];
  let done = 0;
  for (const match of code.matchAll(start)) {
    if (match.index < done) continue;
    done = endOfItem(code, match.index + match[0].length, language);
    regions.push({ first: lineOf(match.index), last: lineOf(done - 1) });
  }
  return withComments(regions, text.split('\n'), code.split('\n'));
}

/** After the closing brace, or after the semicolon of an item that has none (`mod tests;`, `use super::*;`). */
function endOfItem(code: string, from: number, language: Language): number {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    const char = code[at];
    if (char === '{') depth++;
    if (char === '}' && --depth <= 0) return at + 1;
    if (char === ';' && depth === 0 && language === 'rust') return at + 1;
  }
  return code.length;
}

function createLineIndex(code: string): (offset: number) => number {
  const ends = [...code.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

/** A comment right above a test belongs to it; regions that touch are one. */
function withComments(regions: readonly TestRegion[], lines: readonly string[], code: readonly string[]): TestRegion[] {
  const joined: TestRegion[] = [];
  const isComment = (line: number) => code[line - 1]?.trim() === '' && lines[line - 1]?.trim() !== '';
  for (const region of regions) {
    const last = joined.at(-1);
    let { first } = region;
    while (first - 1 > (last?.last ?? 0) && isComment(first - 1)) first--;
    if (last !== undefined && first <= last.last + 1)
      joined[joined.length - 1] = { first: last.first, last: region.last };
    else joined.push({ first, last: region.last });
  }
  return joined;
}
