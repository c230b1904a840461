import type { Op } from '../../../domain/constraint.ts';
import type { Unit } from '../../../domain/world.ts';
import { escapeRegExp } from '../../../util/texts.ts';
import { written } from './written.ts';

/** A place where a number stands in a clause, and the ways in which the words beside it bound it; null where they say nothing. */
export interface Mention {
  readonly ops: readonly Op[] | null;
}

const WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** The ways in which an integer stands in a text for a person, as regular expressions; every way where the unit is not known. */
function spellings(value: number, unit: Unit | null): string[] {
  const { count, clock, money, tenths } = written(value);
  const word = WORDS[Math.abs(value)];
  const whole = word === undefined ? [count] : [count, word];
  if (unit === null) return [...whole, clock];
  if (unit.startsWith('money:')) return [`${money} ${unit.slice('money:'.length)}`];
  if (unit === 'clock') return [clock];
  if (unit === 'tenths') return [tenths];
  return whole;
}

/** Where the number stands in the clause by itself, and not as a part of a longer one. */
export function mentionsOf(clause: string, value: number, unit: Unit | null): Mention[] {
  return spellings(value, unit).flatMap((spelling) => {
    const pattern = new RegExp(`(?<![\\w.:-]|\\d[- ])${escapeRegExp(spelling)}(?![\\w:]|[.,]\\d|-\\d)`, 'gi');
    return [...clause.matchAll(pattern)].map((found) => {
      const before = clause.slice(0, found.index).toLowerCase();
      const after = clause.slice(found.index + found[0].length).toLowerCase();
      return { ops: opsBeside(before, after) };
    });
  });
}

/** What may stand between a phrase and its number: "later than slot 28", "before period 4". */
const GAP = '(?:\\s+(?:a|an|the|slot|slots|day|period|only))*\\s+';
const LEFT: readonly (readonly [RegExp, Op])[] = [
  [
    '(?:at most|up to|no later than|not after|within|exceeds?|no (?:more|longer|higher|greater) than|maximum(?: of)?|only)',
    '<=',
  ],
  ['(?:at least|from|no earlier than|not before|no (?:less|fewer|lower|shorter) than|minimum(?: of)?)', '>='],
  ['(?:(?:less|fewer|earlier|shorter|lower|cheaper|smaller) than|(?:strictly )?(?:below|under)|before)', '<'],
  ['(?:(?:more|later|longer|higher|greater|larger) than|(?:strictly )?(?:above|over)|after)', '>'],
  ['(?:exactly(?: at)?)', '='],
].map(([words, op]) => [new RegExp(`\\b${words}${GAP}$`), op as Op]);

/** What may stand between a number and its phrase: "2 mm of rain or more". */
const UNITS = '(?:\\s+(?!or\\b|at\\b|and\\b|but\\b)[\\p{L}%°_-]+){0,3}\\s*';
const RIGHT: readonly (readonly [RegExp, Op])[] = [
  ['(?:or (?:less|fewer|earlier|lower)|at (?:the )?(?:most|latest)|and not a cent more|(?:in all )?and no more)', '<='],
  ['(?:or (?:more|later|better|higher)|at least|\\(allowed\\)|and more)', '>='],
  ['(?:\\(no longer allowed\\))', '<'],
  // "1 slot after the end of J1-10 at the earliest".
  ['(?:[\\w-]+ ){0,6}at the earliest', '>='],
].map(([words, op]) => [new RegExp(`^${UNITS}${words}`, 'u'), op as Op]);

const NEGATED: Readonly<Record<Op, Op>> = { '<': '>=', '<=': '>', '=': '<>', '<>': '=', '>=': '<', '>': '<=' };
/** "In no slot do the operations draw more than": the negation stands apart from its comparison. */
const NEGATION = /\b(?:no|not|never|nobody|none|neither|nor|cannot)\b[^;:]*$/;
/** What is "no later than 10 slots before the end" is at least that far from it. */
const TURNED: Readonly<Partial<Record<Op, Op>>> = { '<=': '>=', '>=': '<=', '<': '>', '>': '<' };

function opsBeside(before: string, after: string): Op[] | null {
  const range = between(before, after);
  if (range) return [range];
  const right = RIGHT.find(([words]) => words.test(after));
  const left = LEFT.map(([words, op]) => ({ op, found: words.exec(before) })).find(({ found }) => found);
  if (!left?.found) return right ? [right[1]] : null;
  const ahead = before.slice(0, left.found.index);
  const isOwn = left.op.endsWith('=') && !left.found[0].startsWith('exceed');
  const ops: Op[] = left.found[0].startsWith('exceed') ? ['>'] : [left.op];
  const turned = /\b(later|earlier)\b/.test(left.found[0]) && /^\s+\w+\s+before\b/.test(after);
  const said = ops.flatMap((op) => (turned ? [TURNED[op] ?? op] : [op]));
  if (isOwn || !NEGATION.test(ahead)) return [...said, ...(right ? [right[1]] : [])];
  // "No more than" is one phrase; further away it is not known what is denied.
  const isDirect = /\b(?:no|not|nor|does not \w+|do not \w+)\s+$/.test(ahead);
  return isDirect ? said.map((op) => NEGATED[op]) : [...said, ...said.map((op) => NEGATED[op])];
}

/** "Between -3 and 48, both included". */
function between(before: string, after: string): Op | null {
  if (/\bbetween\s+$/.test(before) && /^[^;]*\band\b[^;]*\bboth included\b/.test(after)) return '>=';
  if (/\bbetween\s+\S+\s+and\s+$/.test(before) && /^,?\s*\(?both included\b/.test(after)) return '<=';
  return null;
}
