import type { Language } from '../../domain/language.ts';
import { languageOfPath } from '../files/code-language.ts';
import { GO_FAILS } from './rules.ts';
import { argumentsAt, bareCode, type Range, statementEnd, topLevel } from './statement.ts';
import { type Choice, otherMade, otherText, otherValue } from './value.ts';

const SCRIPT: readonly Language[] = ['javascript', 'typescript'];
const C: readonly Language[] = ['c', 'cpp'];

/** A call that demands that something has a value. */
interface Equality {
  readonly languages: readonly Language[];
  /** Up to the bracket behind which the sides are. */
  readonly call: RegExp;
  /** The arguments that are sides, of all that there are. */
  readonly sides: (args: readonly string[]) => readonly number[];
  /** Whether it is enough that the value is found in something longer: where it is short, another one may be found there as well. */
  readonly isPart?: true;
}

const first = () => [0];
const firstTwo = () => [0, 1];
const second = () => [1];
const secondAndThird = () => [1, 2];

const QUOTES = /^["'`]/;

const CALLS: readonly Equality[] = [
  {
    languages: ['python'],
    call: /^\s*self\.assert(?:List|Dict|Tuple|Set|Sequence|MultiLine|Count)?Equals?\(/,
    sides: firstTwo,
  },
  { languages: ['python'], call: /^\s*(?:with )?self\.assertRaisesRegex\(/, sides: second, isPart: true },
  {
    languages: ['python'],
    call: /^\s*with (?:pytest\.)?(?:raises|warns)\(/,
    sides: (args) => [args.findIndex((arg) => arg.startsWith('match='))],
    isPart: true,
  },
  {
    languages: SCRIPT,
    call: /^(?:\s*(?=\.)|.*\b(?:expect|assert|should)\b.*|\s*[\])}]+(?=\.to))(?<!\bnot(?:\.to)?)\.(?:toBe|toEqual|toStrictEqual|toMatchInlineSnapshot|toHaveLength|toHaveBeenCalledTimes|equals?|eql|lengthOf)\(/,
    sides: first,
  },
  {
    languages: SCRIPT,
    call: /^(?:\s*(?=\.)|.*\bexpect\b.*|\s*[\])}]+(?=\.to))(?<!\bnot)\.toThrow(?:Error)?\(/,
    sides: first,
    isPart: true,
  },
  // The status that supertest asks for, whatever of the response comes behind it.
  { languages: SCRIPT, call: /^\s*\.expect\((?=[1-5]\d\d[,)])/, sides: first },
  {
    languages: SCRIPT,
    call: /^.*?\bassert\.(?:equal|eql|strictEqual|deepEqual|deepStrictEqual|lengthOf)\(/,
    sides: firstTwo,
  },
  {
    languages: SCRIPT,
    call: /^\s*(?:await )?\w*t\.(?:assert\.)?(?:is|equal|same|strictSame|(?:strictE|deepE|deepStrictE)qual)\(/,
    sides: firstTwo,
  },
  {
    languages: ['go'],
    call: /^\s*(?:assert|require)\.(?:Equal|EqualValues|Exactly|Len|EqualError|JSONEq)f?\(/,
    sides: secondAndThird,
  },
  {
    languages: ['go'],
    call: /^\s*(?:is|as|a|r|asserts?|s(?:uite)?(?:\.\w+\(\))?)\.(?:Equal|EqualValues|Exactly|Len|EqualError|JSONEq)f?\(/,
    sides: firstTwo,
  },
  {
    languages: ['java'],
    call: /^\s*(?:Assert\.|Assertions\.)?assert(?:Array)?Equals\(/,
    // JUnit 4 has the message in front.
    sides: (args) => (args.length > 2 && QUOTES.test(args[0] ?? '') ? [1, 2] : [0, 1]),
  },
  {
    languages: ['java'],
    call: /^\s*(?:assertThat\(.*\))?\.(?:isEqualTo|hasSize|hasMessage|containsExactly)\(/,
    sides: first,
  },
  {
    languages: ['php'],
    call: /^\s*(?:\$this->|self::|static::)assert(?:Same|Equals|Count|StringEqualsFile|(?:Json|Xml)String\w+)\(/,
    sides: firstTwo,
  },
  { languages: ['php'], call: /^\s*(?:\$this->|self::|static::)expectExceptionMessage\(/, sides: first, isPart: true },
  { languages: C, call: /\b(?:EXPECT|ASSERT|CHECK|REQUIRE)_(?:STR)?EQ\(/, sides: firstTwo },
  {
    // Of frameworks and of a project's own: the sides, with something before or said of it behind them. What has a size behind its sides is left alone.
    languages: C,
    call: /^\s*(?!\w*(?:mem|Mem|MEM|arr|Arr|ARR|strn|STRN))\w*(?:[Ee]quals?|EQUALS?|Eq|(?:\b|_)(?:eq|EQ))(?![a-z])\w*\(/,
    sides: (args) => {
      const isSaid = args.length > 2 && /^"[^"]*\s[^"]*"$/.test(args.at(-1) ?? '');
      return args
        .map((_, at) => at)
        .slice(0, isSaid ? -1 : undefined)
        .slice(-2);
    },
  },
];

/** Conditions with a value on a side. */
interface Comparison {
  readonly languages: readonly Language[];
  /** Up to the condition: an argument, or the rest of the statement. */
  readonly start: RegExp;
  readonly within: 'argument' | 'statement';
}

const COMPARISONS: readonly Comparison[] = [
  { languages: ['python'], start: /^\s*assert (?=\S)/, within: 'statement' },
  { languages: C, start: /^\s*(?:ok|\w*(?:assert|check|expect|require|test|verify)\w*)\(/i, within: 'argument' },
  { languages: SCRIPT, start: /^\s*(?:\w*t\.|assert\.)?(?:assert|ok|true)\(/, within: 'argument' },
  { languages: ['java', 'php'], start: /^\s*(?:\w+\.|\$this->|self::)?assertTrue\(/, within: 'argument' },
];

/** Sides at the top of a condition; a part of one of several conditions would be too little. */
const SIDES =
  /^(?!.*(?:&&|\|\||\?(?!\.)|\b(?:and|or|if|not|lambda|for|in)\b))(.*?\S) (?:===?|is) (\S.*?)(?:,\s.*|\s*)$/ds;

const GO_CONDITION = /^\s*(?:\} else )?if (?!.*(?:&&|\|\|)).* != (\S.*) \{$/d;

/** A variable, a field or a key whose name says that it is what is expected. */
const EXPECTED_BY_NAME =
  /(?<![\w.])["']?(?:expect(?:ed|ation)?|want(?:ed)?|golden)(?:[_A-Z]\w*)?["']?(?:\[\])?(?::\s*[\w<>[\]]+(?=\s*=))?\s*(?::=|=>|[:=](?![=>]))\s*/g;

/** Characters, with quotes, of a message that another one is hardly part of. */
const MIN_PART = 9;

/** Lines of a statement that are read. */
const MAX_LINES = 60;

/** A line of a file, `at` counting from 0 on. */
export interface Place {
  readonly path: string;
  readonly lines: readonly string[];
  readonly at: number;
}

/** What a line is to be. */
export interface Edit {
  readonly at: number;
  readonly line: string;
}

/**
 * Another value in the assertion that begins at a line, where it demands one, the best first: what satisfies it does not satisfy this one, and nobody sees
 * which of the two the project wrote. None where no side of it is a value.
 */
export function contradict({ path, lines, at }: Place, choice: Choice): Edit[] {
  const language = languageOfPath(path);
  if (language === undefined) return [];
  const text = lines.slice(at, at + MAX_LINES).join('\n');
  return toEdits(text, { language, at, sides: sidesOf(text, lines[at + 1] ?? '', language) }, choice);
}

/** Of expected output, a line is such a value as a whole. */
export function contradictOutput({ lines, at }: Place, choice: Choice): Edit[] {
  const line = otherText(lines[at] ?? '', choice);
  return line === undefined ? [] : [{ at, line }];
}

/**
 * Another value for what a variable, a field or a key at a line is to be whose name says that it is expected. Numbers and short words are left alone: they may be
 * a least or a part of something. Names of tests may hold the value.
 */
export function contradictNamed({ path, lines, at }: Place, choice: Choice): Edit[] {
  const language = languageOfPath(path);
  const starts = [...(lines[at] ?? '').matchAll(EXPECTED_BY_NAME)].map(({ index, 0: name }) => index + name.length);
  if (language === undefined || starts.length === 0) return [];
  const text = lines.slice(at, at + MAX_LINES).join('\n');
  const bare = bareCode(text, language);
  const sides = starts.map((start): Range => {
    const rest = bare.slice(start);
    const flat = topLevel(rest);
    const end = /[,;)\]}]|(?<=[^\s+.])\n(?!\s*[+.])/.exec(flat)?.index ?? flat.length;
    return [bare.length - rest.trimStart().length, start + rest.slice(0, end).trimEnd().length];
  });
  const isSafe = ([from, to]: Range) =>
    /^(?:true|false)$/i.test(text.slice(from, to)) || (to - from > MIN_PART && /\D$/.test(text.slice(from, to)));
  return toEdits(text, { language, at, sides: sides.filter(isSafe) }, choice);
}

interface Sides {
  readonly language: Language;
  /** Of the first line of the text. */
  readonly at: number;
  readonly sides: readonly Range[];
}

/** Values before what is made of them: what makes it may be what is tested. */
function toEdits(text: string, { language, at, sides }: Sides, choice: Choice): Edit[] {
  const lines = text.split('\n');
  return [otherValue, otherMade].flatMap((toOther) =>
    sides.flatMap(([from, to]) => {
      const other = toOther(text.slice(from, to), choice, language);
      if (other === undefined) return [];
      const changed = `${text.slice(0, from)}${other}${text.slice(to)}`.split('\n');
      const index = changed.findIndex((line, offset) => line !== lines[offset]);
      return [{ at: at + index, line: changed[index] ?? '' }];
    }),
  );
}

/** Where values may stand in the equality that the first line of a text begins. */
function sidesOf(text: string, below: string, language: Language): Range[] {
  const [line = ''] = text.split('\n', 1);
  const bare = bareCode(text, language);
  const isSpoken = ({ languages }: { readonly languages: readonly Language[] }) => languages.includes(language);
  return [
    ...COMPARISONS.filter(isSpoken).flatMap((one) => comparedBy(one, { line, text, bare })),
    ...(language === 'go' && GO_FAILS.test(below) ? goCondition(line) : []),
    ...CALLS.filter(isSpoken).flatMap((one) => demandedBy(one, { line, text, bare })),
  ];
}

interface Statement {
  /** The first one. */
  readonly line: string;
  readonly text: string;
  /** The text as `bareCode` has it. */
  readonly bare: string;
}

function comparedBy({ start, within }: Comparison, { line, bare }: Statement): Range[] {
  const from = start.exec(line)?.[0].length;
  if (from === undefined) return [];
  const range = within === 'argument' ? argumentsAt(bare, from)?.[0] : ([from, statementEnd(bare)] as const);
  if (range === undefined) return [];
  const [, left, right] = SIDES.exec(topLevel(bare.slice(...range)))?.indices ?? [];
  return [right, left].flatMap((side): Range[] => (side ? [[range[0] + side[0], range[0] + side[1]]] : []));
}

function goCondition(line: string): Range[] {
  const value = GO_CONDITION.exec(line)?.indices?.[1];
  return value ? [value] : [];
}

function demandedBy({ call, sides, isPart }: Equality, { line, text, bare }: Statement): Range[] {
  const start = call.exec(line)?.[0].length;
  const places = start === undefined ? undefined : argumentsAt(bare, start);
  if (places === undefined) return [];
  return sides(places.map((place) => text.slice(...place))).flatMap((index): Range[] => {
    const [from, to] = places[index] ?? [0, 0];
    const name = /^\w+=(?!=)/.exec(text.slice(from, to))?.[0].length ?? 0;
    return to - from - name > (isPart ? MIN_PART : 0) ? [[from + name, to]] : [];
  });
}
