import type { Language } from '../../domain/language.ts';
import { languageOfPath } from '../files/code-language.ts';
import { GO_FAILS } from './rules.ts';

const SCRIPT: readonly Language[] = ['javascript', 'typescript'];
const C: readonly Language[] = ['c', 'cpp'];

interface Equality {
  readonly languages: readonly Language[];
  /** Up to the bracket behind which the two sides are, or the only one that is not in front. */
  readonly call: RegExp;
  readonly sides: 1 | 2;
  /** Arguments before them. */
  readonly skip: number;
}

/** Calls that demand that two sides are equal. Behind them there may be no message: it would be taken for a side. */
const CALLS: readonly Equality[] = [
  { languages: ['python'], call: /^\s*self\.assertEqual\(/, sides: 2, skip: 0 },
  {
    languages: SCRIPT,
    call: /^(?:\s*(?=\.)|.*\b(?:expect|assert|should)\b.*)(?<!\bnot(?:\.to)?)\.(?:toBe|toEqual|toStrictEqual|equal|eql|equals)\(/,
    sides: 1,
    skip: 0,
  },
  { languages: SCRIPT, call: /^\s*assert\.(?:equal|strictEqual|deepEqual|deepStrictEqual)\(/, sides: 2, skip: 0 },
  { languages: SCRIPT, call: /^\s*\w*t\.(?:is|equal|same|deepEqual)\(/, sides: 2, skip: 0 },
  { languages: ['go'], call: /^\s*(?:assert|require)\.Equal\(/, sides: 2, skip: 1 },
  { languages: ['go'], call: /^\s*(?:is|as|a|r|asserts?|s(?:uite)?(?:\.\w+\(\))?)\.Equal\(/, sides: 2, skip: 0 },
  { languages: ['java'], call: /^\s*(?:Assert\.|Assertions\.)?assertEquals\(/, sides: 2, skip: 0 },
  { languages: ['java'], call: /^\s*(?:assertThat\(.*\))?\.isEqualTo\(/, sides: 1, skip: 0 },
  { languages: ['php'], call: /^\s*(?:\$this->|self::|static::)assert(?:Same|Equals)\(/, sides: 2, skip: 0 },
  { languages: C, call: /\b(?:EXPECT_EQ|ASSERT_EQ|CHECK_EQ|REQUIRE_EQ|BOOST_CHECK_EQUAL)\(/, sides: 2, skip: 0 },
  { languages: C, call: /\b(?:ck_assert_(?:int|uint|str)_eq|assert_(?:int|string)_equal)\(/, sides: 2, skip: 0 },
];

/** Comparisons with a value on their right; a part of one of several conditions would be too little. */
const COMPARISONS: readonly {
  readonly languages: readonly Language[];
  readonly line: RegExp;
  readonly below?: RegExp;
}[] = [
  { languages: ['python'], line: /^(\s*assert (?!.*\b(?:and|or|if|not|lambda|for|in)\b).* == )(\S.*)()$/ },
  // Of frameworks and of a project's own: a condition with, or without, what is said of it.
  {
    languages: C,
    line: /^(\s*(?:ok|\w*(?:assert|check|expect|require|test|verify)\w*)\((?!.*(?:&&|\|\|)).* == )(\S[^,]*?)((?:, *"[^"\\]*")?\);)$/i,
  },
  {
    languages: ['go'],
    line: /^(\s*(?:\} else )?if (?!.*(?:&&|\|\|)).* != )(\S.*)( \{)$/,
    below: GO_FAILS,
  },
];

/**
 * The line with another value where its assertion demands one: what satisfies it does not satisfy this one, and nobody sees which of the two the project
 * wrote. Undefined where no side of it is a number, a word in quotes, true or false.
 */
export function contradictLine(line: string, below: string, path: string): string | undefined {
  const language = languageOfPath(path);
  if (language === undefined) return undefined;
  return contradictComparison(line, below, language) ?? contradictCall(line, language);
}

/** A line of expected output is a value as a whole. Undefined where it has no letter or digit. */
export function contradictOutput(line: string): string | undefined {
  const last = /[0-9A-Za-z](?=[^0-9A-Za-z]*$)/;
  return last.test(line) ? line.replace(last, otherSign) : undefined;
}

function contradictComparison(line: string, below: string, language: Language): string | undefined {
  const fitting = COMPARISONS.filter((one) => one.languages.includes(language) && (one.below?.test(below) ?? true));
  return first(fitting, (one) => {
    const [, before, value = '', after] = one.line.exec(line) ?? [];
    const other = otherValue(value);
    return other && `${before}${other}${after}`;
  });
}

function contradictCall(line: string, language: Language): string | undefined {
  const fitting = CALLS.filter(({ languages }) => languages.includes(language));
  return first(fitting, ({ call, sides, skip }) => {
    const found = call.exec(line);
    const places = found ? argumentsAt(line, found.index + found[0].length) : [];
    if (places.length !== skip + sides) return undefined;
    return first(places.slice(skip), ([from, to]) => {
      const other = otherValue(line.slice(from, to));
      return other && line.slice(0, from) + other + line.slice(to);
    });
  });
}

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const VALUE = /true|false|True|False|-?\d+(?:\.\d+)?|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/;
const IS_VALUE = new RegExp(`^(?:${VALUE.source})$`);
/** Lists, tuples and records of values, with what else may stand in them. */
const IS_COMPOUND = new RegExp(`^[[{(](?:${VALUE.source}|\\w+ ?:|null|None|undefined|=>|[\\s[\\]{}(),:])*[)}\\]]$`);

/** Another value of the same kind. Undefined where the text is none that can be read here. */
function otherValue(text: string): string | undefined {
  if (IS_VALUE.test(text)) return otherScalar(text);
  if (!IS_COMPOUND.test(text)) return undefined;
  const values = [...text.matchAll(new RegExp(VALUE, 'g'))];
  const last = values.findLast(({ index, 0: value }) => !/^ ?(?::|=>)/.test(text.slice(index + value.length)));
  const other = last && otherScalar(last[0]);
  return other && text.slice(0, last.index) + other + text.slice(last.index + last[0].length);
}

function otherScalar(text: string): string | undefined {
  const words: Readonly<Record<string, string>> = { true: 'false', false: 'true', True: 'False', False: 'True' };
  if (Object.hasOwn(words, text)) return words[text];
  return /\d$/.test(text) ? text.slice(0, -1) + otherSign(text.slice(-1)) : otherQuoted(text);
}

/** A character for a character: in C and Go, quotes may hold no more. What a backslash stands before is left alone. */
function otherQuoted(text: string): string | undefined {
  const quote = text.slice(-1);
  if (text.length === 2) return `${quote}0${quote}`;
  const last = text.length - 2;
  const isPlain = (at: number) => text[at - 1] !== '\\' && text[at] !== '\\';
  const backwards = Array.from({ length: last }, (_, index) => last - index);
  const at = isPlain(last) ? last : backwards.find((one) => isPlain(one) && /[0-9A-Za-z]/.test(text[one] ?? ''));
  if (at !== undefined) return text.slice(0, at) + otherSign(text[at] ?? '') + text.slice(at + 1);
  return quote === '"' ? `${text.slice(0, -1)}0"` : undefined;
}

function otherSign(sign: string): string {
  return /\d/.test(sign) ? `${(Number(sign) + 3) % 10}` : sign === 'e' ? 'a' : 'e';
}

/** Where the arguments of a call are that begin at `start`. None where it does not end in this line. */
function argumentsAt(line: string, start: number): (readonly [from: number, to: number])[] {
  const bare = line.replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, (quoted) => '_'.repeat(quoted.length));
  const ends: number[] = [];
  let depth = 0;
  for (let at = start; at < bare.length && depth >= 0; at++) {
    const sign = bare[at] ?? '';
    if ('([{'.includes(sign)) depth++;
    if (')]}'.includes(sign)) depth--;
    if (depth < 0 || (depth === 0 && sign === ',')) ends.push(at);
  }
  return depth < 0 ? ends.map((end, at) => trim(line, at === 0 ? start : (ends[at - 1] ?? 0) + 1, end)) : [];
}

function trim(line: string, from: number, to: number): readonly [from: number, to: number] {
  const text = line.slice(from, to);
  return [to - text.trimStart().length, from + text.trimEnd().length];
}
