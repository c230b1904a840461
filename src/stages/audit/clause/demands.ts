import type { AnswerShape } from '../../../domain/answer.ts';
import type { Attr, Basic, Condition, Constraint, Node, Op, Pick } from '../../../domain/constraint.ts';
import type { Table, Unit } from '../../../domain/world.ts';
import { type Model, SKIP } from '../../../engine/search/model.ts';
import { expandPick } from '../../../engine/search/picks.ts';

/** A number that a clause has to say, and which way it bounds; null where it is no bound. */
export interface Demand {
  readonly value: number;
  readonly op: Op | null;
  /** How a person writes it; null where the world's columns do not tell. */
  readonly unit: Unit | null;
  /** Words that say it as well, without a bound. */
  readonly words?: RegExp;
}

/** "The number of flights must be 0" says that it is at most 0. */
const NONE = /(?<!\bnot )\b(?:be|is|to) 0(?![.:,]?\d| (?:or|to)\b)/i;
/** "They must be equal" says that they differ by 0 at most. */
const EVEN = /(?<!\bnot )\bbe equal\b/i;

/** What a constraint is read against. */
export interface Lexicon {
  readonly shape: AnswerShape;
  readonly tables: readonly Table[];
  readonly model: Model;
}

/** Every number of a constraint that its clause has to say. */
export function demandsOf(node: Constraint, lexicon: Lexicon): Demand[] {
  switch (node.kind) {
    case 'implies':
      return [...node.when.flatMap((one) => conditionDemands(one, lexicon)), ...basicDemands(node.then, lexicon)];
    case 'whenever':
      return [node.when, node.then].flatMap((one) => conditionDemands({ ...one, part: node.part }, lexicon));
    case 'tier': {
      const unit = unitOf(node.on, lexicon);
      return node.tiers.flatMap(({ from, until, then }, i) => [
        ...(i > 0 ? [{ value: from, op: '>=' as const, unit }] : []),
        ...(until === null ? [] : [{ value: until, op: '<' as const, unit }]),
        ...then.flatMap((one) => basicDemands(one, lexicon)),
      ]);
    }
    default:
      return basicDemands(node, lexicon);
  }
}

function basicDemands(node: Basic, lexicon: Lexicon): Demand[] {
  switch (node.kind) {
    case 'aggregate':
      return [
        ...(node.fn === 'count' ? counted(node) : existing(node, unitOf(node.terms[0], lexicon))),
        ...wheres(node.terms, lexicon),
      ];
    case 'distinct':
      return [...counted(node), ...wheres(node.terms, lexicon)];
    case 'group-limit':
      return [...existing(node, loadUnit(node, lexicon)), ...wheres(node.terms, lexicon)];
    case 'relate':
      return relate(node, lexicon);
    case 'precedence':
      return node.lag === 0
        ? []
        : [
            {
              value: node.lag,
              op: '>=',
              unit: unitOf(
                node.intervals.duration && { part: node.intervals.part, ...node.intervals.duration },
                lexicon,
              ),
            },
          ];
    case 'cumulative':
      return [{ value: node.capacity, op: '<=', unit: unitOf({ part: node.intervals.part, ...node.demand }, lexicon) }];
    case 'each':
      return conditionDemands(node, lexicon);
    case 'window':
      return windowDemands(node, lexicon);
    case 'balance':
      return [
        {
          value: node.spread,
          op: '<=',
          unit: loadUnit(node, lexicon),
          ...(node.spread === 0 ? { words: EVEN } : {}),
        },
      ];
    case 'spacing':
      return [{ value: node.gap, op: '>=', unit: unitOf(node.terms[0], lexicon) }];
    case 'running':
      return [
        { value: node.low, op: '>=', unit: unitOf(node.terms[0], lexicon) },
        { value: node.high, op: '<=', unit: unitOf(node.terms[0], lexicon) },
      ];
    default:
      return [];
  }
}

/** "Bath has to be part of the trip" says "at least 1" without a number. */
function existing({ op, bound }: { op: Op; bound: number }, unit: Unit | null): Demand[] {
  return op === '>=' && bound === 1 ? [] : [{ value: bound, op, unit }];
}

const counted = (node: { op: Op; bound: number }): Demand[] =>
  existing(node, 'count').map((one) => (one.op === '<=' && one.value === 0 ? { ...one, words: NONE } : one));

const wheres = (terms: readonly Pick[], lexicon: Lexicon): Demand[] =>
  terms
    .slice(0, 1)
    .flatMap(({ part, field, where }) => (where ? conditionDemands({ part, field, condition: where }, lexicon) : []));

/** left <= right - 30 is said as "at least 30 less": below zero the direction turns round. */
function relate({ op, offset, left }: Node<'relate'>, lexicon: Lexicon): Demand[] {
  const turned: Record<Op, Op> = { '<': '>', '<=': '>=', '=': '=', '<>': '<>', '>=': '<=', '>': '<' };
  if (offset === 0) return [];
  return [{ value: Math.abs(offset), op: offset < 0 ? turned[op] : op, unit: distanceUnit(unitOf(left, lexicon)) }];
}

/** The distance of two times of day is said in minutes. */
const distanceUnit = (unit: Unit | null): Unit | null => (unit === 'clock' ? 'minutes' : unit);

/** Flags (is it indoors: 0 or 1) are said in words; of a run of numbers the first and the last are enough. */
function conditionDemands(
  { part, field, condition }: { part: string; field: string; condition: Condition },
  lexicon: Lexicon,
): Demand[] {
  const { attr, op, values } = condition;
  const unit = unitOf({ part, field, attr }, lexicon);
  const numbers = values.filter((value) => typeof value === 'number');
  if (op === 'in' || op === 'not in') {
    const isRun =
      numbers.length > 2 && numbers.every((value, i) => i === 0 || value === (numbers[i - 1] as number) + 1);
    return (isRun ? [numbers[0] as number, numbers.at(-1) as number] : numbers).map((value) => ({
      value,
      op: null,
      unit,
    }));
  }
  const isFlag = attr.column !== undefined;
  return numbers
    .filter((value) => !isFlag || (value !== 0 && value !== 1))
    .map((value) => ({ value, op: op === '=' ? null : op, unit }));
}

/** An end of a window that no candidate lies beyond need not be said. */
function windowDemands({ terms, from, until }: Node<'window'>, lexicon: Lexicon): Demand[] {
  const codes = terms.flatMap((pick) => expandPick(lexicon.model, pick)).flatMap((term) => [...term.codes]);
  const unit = unitOf(terms[0], lexicon);
  return [
    ...(codes.some((code) => code !== SKIP && code < from) ? [{ value: from, op: '>=' as const, unit }] : []),
    ...(codes.some((code) => code >= until) ? [{ value: until, op: '<' as const, unit }] : []),
  ];
}

function loadUnit({ terms, load }: { terms: readonly Pick[]; load?: Attr | undefined }, lexicon: Lexicon): Unit | null {
  const [first] = terms;
  return load && first ? unitOf({ ...first, attr: load }, lexicon) : 'count';
}

/** The unit of the column that is read; null for integers of the answer, whose unit stands nowhere. */
function unitOf(
  term: { part: string; field: string; attr: Attr } | undefined,
  { shape, tables }: Lexicon,
): Unit | null {
  if (term?.attr.column === undefined) return null;
  const domain = shape.parts
    .find((part) => part.name === term.part)
    ?.fields.find((field) => field.name === term.field)?.domain;
  const name = term.attr.table ?? (domain && 'table' in domain ? domain.table : undefined);
  const table = tables.find((one) => one.name === name);
  return table?.columns.find((column) => column.name === term.attr.column)?.unit ?? null;
}
