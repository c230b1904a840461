import type { AnswerShape } from '../../../domain/answer.ts';
import type { Basic, Constraint, Node, SlotCondition } from '../../../domain/constraint.ts';
import { cumulative, noOverlap, precedence } from './intervals.ts';
import { pairRule, relate } from './pairs.ts';
import { amongKeys, createSource, holds, quote, where } from './source.ts';
import { aggregate, allDifferent, balance, distinct, each, groupLimit, running, spacing, window } from './terms.ts';

/** The check of a constraint: one SELECT that returns (at, found) for each violation, to stand behind the answer's CTE. */
export function toSql(shape: AnswerShape, node: Constraint): string {
  switch (node.kind) {
    case 'implies':
      return implies(shape, node);
    case 'whenever':
      return whenever(shape, node);
    case 'tier':
      return tier(shape, node);
    default:
      return basicSql(shape, node);
  }
}

function basicSql(shape: AnswerShape, node: Basic): string {
  switch (node.kind) {
    case 'all-different':
      return allDifferent(shape, node);
    case 'relate':
      return relate(shape, node);
    case 'aggregate':
      return aggregate(shape, node);
    case 'distinct':
      return distinct(shape, node);
    case 'group-limit':
      return groupLimit(shape, node);
    case 'precedence':
      return precedence(shape, node);
    case 'no-overlap':
      return noOverlap(shape, node);
    case 'cumulative':
      return cumulative(shape, node);
    case 'each':
      return each(shape, node);
    case 'window':
      return window(shape, node);
    case 'pairs':
      return pairRule(shape, node);
    case 'balance':
      return balance(shape, node);
    case 'spacing':
      return spacing(shape, node);
    case 'running':
      return running(shape, node);
  }
}

/** Whether one slot satisfies a condition, as an SQL expression. */
function slotHolds(shape: AnswerShape, { part, key, field, condition }: SlotCondition): string {
  const source = createSource(shape, part, 'z');
  const value = source.read(field, condition.attr);
  return `EXISTS (SELECT 1 ${source.from()} WHERE ${source.key} = ${quote(key)} AND ${holds(value, condition)})`;
}

function implies(shape: AnswerShape, { when, then }: Node<'implies'>): string {
  return `SELECT at, found FROM (${basicSql(shape, then)}) WHERE ${when.map((condition) => slotHolds(shape, condition)).join(' AND ')}`;
}

function whenever(shape: AnswerShape, { part, keys, when, then }: Node<'whenever'>): string {
  const source = createSource(shape, part, 'a');
  const applies = holds(source.read(when.field, when.condition.attr), when.condition);
  const found = source.read(then.field, then.condition.attr);
  const broken = [...amongKeys(source.key, keys), applies, `NOT ${holds(found, then.condition)}`];
  return `SELECT ${source.key} AS at, ${found} AS found ${source.from()}${where(broken)}`;
}

function tier(shape: AnswerShape, { on, tiers }: Node<'tier'>): string {
  const source = createSource(shape, on.part, 'z');
  const value = source.read(on.field, on.attr);
  const here = `${source.from()} WHERE ${source.key} = ${quote(on.key)}`;
  const within = ({ from, until }: { from: number; until: number | null }): string =>
    `${value} >= ${from}${until === null ? '' : ` AND ${value} < ${until}`}`;
  const branches = tiers.flatMap((one) =>
    one.then.map(
      (node) => `SELECT at, found FROM (${basicSql(shape, node)}) WHERE EXISTS (SELECT 1 ${here} AND ${within(one)})`,
    ),
  );
  const outside = `SELECT ${source.key} AS at, ${value} AS found ${here} AND NOT COALESCE(${tiers.map((one) => `(${within(one)})`).join(' OR ')}, 0)`;
  return [outside, ...branches].join(' UNION ALL ');
}
