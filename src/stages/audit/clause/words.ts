import type { AnswerField, AnswerShape } from '../../../domain/answer.ts';
import type { Basic, Condition, Constraint, Op } from '../../../domain/constraint.ts';
import type { Table } from '../../../domain/world.ts';
import { textsOf } from '../../../util/texts.ts';
import { withoutNames } from './names.ts';

interface Schema {
  readonly shape: AnswerShape;
  readonly tables: readonly Table[];
}

/** What the words of a clause say otherwise than its constraint, or leave open; or null. Numbers and names are read elsewhere. */
export function misworded(clause: string, node: Constraint, schema: Schema): string | null {
  const names = literalsOf(node);
  const plain = withoutNames(clause, names);
  // Who describes a name speaks of what the rule itself does not read.
  const isDescribed = names.some((name) => !clause.includes(name));
  return (
    vague(plain, schema) ??
    (isDescribed ? null : foreign(plain, node, schema)) ??
    misfigured(clause, node) ??
    misjudged(clause, node)
  );
}

/** Words that leave open how many, or whether at all. */
const VAGUE = /\b(?:several|a few|roughly|approximately|preferably|ideally|if possible)\b/i;

function vague(clause: string, { shape, tables }: Schema): string | null {
  // What stands before a colon tells why, and the demand comes after it.
  const demand = clause.slice(clause.indexOf(': ') + 1);
  const nouns = new Set(
    [
      ...shape.parts.flatMap(({ name, key, fields }) => [name, key.field, ...fields.map((one) => one.name)]),
      ...tables.map((one) => one.name),
    ]
      .flatMap(tokens)
      .map(stem),
  );
  const some = [...demand.matchAll(/\bsome (\p{L}+)(?: (\p{L}+))?/giu)].find((found) =>
    found.slice(1).some((word) => word !== undefined && nouns.has(stem(word.toLowerCase()))),
  );
  const found = VAGUE.exec(demand)?.[0] ?? some?.[0];
  return found === undefined ? null : `says "${found}", which leaves open what is meant`;
}

/** A field of the answer, or a price or mark of its rows, that the clause speaks of and the constraint does not read; or a field that it passes over. */
function foreign(clause: string, node: Constraint, { shape, tables }: Schema): string | null {
  const read = textsOf(node);
  const fields = shape.parts.flatMap((part) => part.fields);
  const tableOf = ({ domain }: AnswerField): string | null => ('table' in domain ? domain.table : null);
  const rows = new Set(fields.flatMap((field) => (read.has(field.name) ? (tableOf(field) ?? []) : [])));
  const measures = tables.filter(({ name }) => rows.has(name)).flatMap(({ columns }) => columns.filter(isMeasure));
  const said = new Set((clause.match(/\p{L}+/gu) ?? []).map((word) => stem(word.toLowerCase())));
  // What is read may be called by words that name something else as well.
  const known = new Set([...read].flatMap(tokens).map(stem));
  const isSaid = ({ name }: { name: string }): boolean => tokens(name).every((token) => said.has(stem(token)));
  const isKnown = ({ name }: { name: string }): boolean => tokens(name).some((token) => known.has(stem(token)));
  // A rule about numbers alone says in words what they are numbers of.
  const others = rows.size > 0 ? [...fields, ...measures] : [];
  const other = others.find((one) => isSaid(one) && !isKnown(one));
  if (other) return `speaks of "${other.name}", which its rule does not read`;
  // Lunch and dinner are both restaurants: who speaks of one of them has to speak of the other.
  const meant = fields.filter(({ name }) => read.has(name));
  const silent = meant.find(
    (one) => !isSaid(one) && meant.some((like) => isSaid(like) && tableOf(like) === tableOf(one)),
  );
  return silent ? `does not speak of "${silent.name}"` : null;
}

/** The texts that a constraint compares with. */
function literalsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(literalsOf);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === 'values' || name === 'list' ? [...textsOf(value)] : literalsOf(value),
  );
}

/** Prices and marks are called by their names; counts and times go by many words. */
const isMeasure = ({ role, unit }: Table['columns'][number]): boolean =>
  role === 'value' && (unit.startsWith('money:') || unit === 'tenths');

/** Units at the end of a column's name say nothing of what it measures. */
const UNITS = new Set(['cents', 'tenths']);

const tokens = (name: string): string[] => name.split(/[^\p{L}]+/u).filter((word) => word !== '' && !UNITS.has(word));

/** "Dinner" and "dinners" are one word, and so are "rating" and "rated". */
const stem = (word: string): string => word.replace(/(?:ing|ed)?(?:es|s|e)?$/, '') || word;

const AVERAGE = /\b(?:averages?|mean|on average)\b/i;

/** A sum that is called an average, or the other way round. */
function misfigured(clause: string, node: Constraint): string | null {
  const figures = basics(node).flatMap((one) => (one.kind === 'aggregate' ? [one.fn] : []));
  const isAveraged = figures.includes('average');
  if (isAveraged === AVERAGE.test(clause)) return null;
  return isAveraged ? 'does not say that the average counts' : 'says an average, which its rule does not take';
}

const NEGATION =
  /\b(?:no|not|never|nobody|none|nothing|nor|neither|cannot|without|except|away|leave|avoids?|different|differ|distinct|another|others?|apart|one .*at most|only one|at most one|more than once|anywhere but|anything but|itself|own)\b/i;
const DIFFERENCE = /\b(?:different|differ|distinct|another|other)\b/i;
const EQUAL = /\b(?:equal|identical)\b/i;
/** A group is judged as each of its kind. */
const EACH = /\b(?:any|each|every|all|per|no|nobody|none|whoever|whatever)\b/i;

/** A demand that two things differ which the clause does not say, or says of two that have to be equal. */
function misjudged(clause: string, node: Constraint): string | null {
  if (node.kind === 'tier' || node.kind === 'implies' || node.kind === 'whenever') return null;
  if (isDenied(node) && !NEGATION.test(clause)) return 'does not say that anything is ruled out';
  if (differs(node) && EQUAL.test(clause)) return 'says that what has to differ is equal';
  if (node.kind === 'group-limit' && !node.values && !EACH.test(clause)) return 'does not say that it holds for each';
  return node.kind === 'relate' && node.op === '=' && DIFFERENCE.test(clause.replace(/\(.*?\)/g, ''))
    ? 'says that what has to be equal differs'
    : null;
}

const differs = (node: Basic): boolean =>
  node.kind === 'all-different' || node.kind === 'distinct' || (node.kind === 'relate' && node.op === '<>');

function isDenied(node: Basic): boolean {
  switch (node.kind) {
    case 'all-different':
    case 'no-overlap':
      return true;
    case 'pairs':
      return node.mode === 'forbidden';
    case 'relate':
      return node.op === '<>' && node.offset === 0;
    case 'each':
      return denies(node.condition);
    default:
      return false;
  }
}

const denies = ({ op, values }: Condition): boolean =>
  op === 'not in' || (op === ('<>' satisfies Op) && typeof values[0] === 'string');

function basics(node: Constraint): Basic[] {
  switch (node.kind) {
    case 'tier':
      return node.tiers.flatMap(({ then }) => then);
    case 'implies':
      return [node.then];
    case 'whenever':
      return [];
    default:
      return [node];
  }
}
