import type { Task } from '../../src/domain/task.ts';
import type { Rng } from '../../src/util/rng.ts';

/** A text with one thing in it changed; null where there is nothing to change. */
export type Text = (text: string, rng: Rng, task: Task) => string | null;

export const edited = (text: string, { from, until, by }: { from: number; until: number; by: string }): string =>
  text.slice(0, from) + by + text.slice(until);

interface Place {
  readonly pattern: RegExp;
  /** What stands there instead; null where there is nothing else. */
  by(found: string): string | null;
}

/** Replaces one of the matches, drawn. */
function replaceOne(text: string, { pattern, by }: Place, rng: Rng): string | null {
  const all = [...text.matchAll(pattern)];
  if (all.length === 0) return null;
  const one = rng.pick(all);
  const other = by(one[0]);
  return other === null || other === one[0]
    ? null
    : edited(text, { from: one.index, until: one.index + one[0].length, by: other });
}

/** Replaces one of the words that the table has. */
const exchange =
  (words: Readonly<Record<string, readonly string[]>>): Text =>
  (text, rng) => {
    const pattern = new RegExp(
      Object.keys(words)
        .sort((a, b) => b.length - a.length)
        .map((word) => (/^\w/.test(word) ? `\\b${word}\\b` : `(?<= )${word}(?= )`))
        .join('|'),
      'g',
    );
    return replaceOne(text, { pattern, by: (found) => rng.pick(words[found] as string[]) }, rng);
  };

const quotedNames = /"([a-z_]+\([^)"]*\))\.([a-z_]+)"/g;

export const change = {
  number: ((text, rng) => {
    const by = (found: string): string => String(Number(found) + rng.pick([1, -1, 10, -10]));
    return replaceOne(text, { pattern: /(?<![\w"'.:-])\d+(?![\w"':]|\.\d|-\d)/g, by }, rng);
  }) as Text,
  operator: exchange({
    '<=': ['<', '>=', '='],
    '>=': ['>', '<=', '='],
    '<': ['<=', '>'],
    '>': ['>=', '<'],
    '=': ['<>'],
    '<>': ['='],
    AND: ['OR'],
    OR: ['AND'],
    MIN: ['MAX'],
    MAX: ['MIN'],
    SUM: ['COUNT'],
    COUNT: ['SUM'],
    'NOT COALESCE': ['COALESCE'],
    'IS NULL': ['IS NOT NULL'],
    'UNION ALL': ['EXCEPT'],
  }),
  direction: exchange({
    'at least': ['at most', 'more than', 'less than'],
    'at most': ['at least', 'less than', 'more than'],
    'no more than': ['no less than', 'less than', 'at least'],
    'no less than': ['no more than', 'more than', 'at most'],
    'less than': ['more than', 'at most'],
    before: ['after'],
    later: ['earlier'],
    'or more': ['or less'],
    earlier: ['later'],
  }),
  word: exchange({
    lunch: ['dinner'],
    dinner: ['lunch'],
    hotel: ['attraction'],
    attraction: ['hotel'],
    price: ['rating'],
    rating: ['price'],
    first: ['last'],
    last: ['first'],
    every: ['some'],
    different: ['equal'],
    same: ['other'],
    sum: ['average'],
    fee: ['pay'],
    fees: ['seats'],
    departure: ['arrival'],
    start: ['end'],
    end: ['start'],
    not: ['only'],
    all: ['some'],
    any: ['the'],
    No: ['Every'],
  }),
  /** Another looked-up column of the same row in the place of one. */
  lookup: ((text, rng, task) => {
    const known = [...task.answer.cte.matchAll(quotedNames)].map((found) => found[0]);
    return replaceOne(text, { pattern: quotedNames, by: () => (known.length > 0 ? rng.pick(known) : null) }, rng);
  }) as Text,
  /** Two selected columns exchanged, so that a tool says one under the name of the other. */
  toolColumn: ((text, rng) => {
    const by = (found: string): string => {
      const columns = found.split(', ');
      const at = rng.int(0, columns.length - 2);
      const [a, b] = [columns[at] as string, columns[at + 1] as string];
      return columns
        .with(at, `${b} AS ${a}`)
        .with(at + 1, `${a} AS ${b}`)
        .join(', ');
    };
    return replaceOne(text, { pattern: /(?<=SELECT )([\w.]+), ([\w.]+)(, [\w.]+)*(?= FROM)/g, by }, rng);
  }) as Text,
};

/** Another key of the answer in the place of one that stands there. */
export const drawKey: Text = (text, rng, { answer }) => {
  const keys = rng.pick(answer.shape.parts).key.values.filter((key) => typeof key === 'string');
  const here = keys.filter((key) => text.includes(key));
  const others = keys.filter((key) => !text.includes(key));
  if (here.length === 0 || others.length === 0) return null;
  return text.replace(rng.pick(here), () => rng.pick(others));
};
