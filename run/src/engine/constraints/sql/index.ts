import type { AnswerShape } from '../../../domain/answer.ts';
import type { Basic, Constraint, Node, SlotCondition } from '../../../domain/constraint.ts';
import type { Lookup } from '../../answer/answer-cte.ts';
import { cumulative, noOverlap, precedence } from './intervals.ts';
import { pairRule, relate } from './pairs.ts';
import { createSource, holds, quote, type Scope, where } from './source.ts';
import { aggregate, allDifferent, balance, distinct, each, groupLimit, running, spacing, window } from './terms.ts';

/**
 * The check of a constraint: one SELECT that returns (at, found) for each violation, to stand behind the answer's CTE
 * with the look-ups of `lookupsOf`.
 */
export function toSql(shape: AnswerShape, node: Constraint): string {
  return constraintSql({ shape, lookups: [] }, node);
}

/** What the checks of constraints look up with the rows of the answer. */
export function lookupsOf(shape: AnswerShape, nodes: readonly Constraint[]): Lookup[] {
  const lookups: Lookup[] = [];
  for (const node of nodes) constraintSql({ shape, lookups }, node);
  return lookups;
}

function constraintSql(scope: Scope, node: Constraint): string {
  switch (node.kind) {
    case 'implies':
      return implies(scope, node);
    case 'whenever':
      return whenever(scope, node);
    case 'tier':
      return tier(scope, node);
    default:
      return basicSql(scope, node);
  }
}

function basicSql(scope: Scope, node: Basic): string {
  switch (node.kind) {
    case 'all-different':
      return allDifferent(scope, node);
    case 'relate':
      return relate(scope, node);
    case 'aggregate':
      return aggregate(scope, node);
    case 'distinct':
      return distinct(scope, node);
    case 'group-limit':
      return groupLimit(scope, node);
    case 'precedence':
      return precedence(scope, node);
    case 'no-overlap':
      return noOverlap(scope, node);
    case 'cumulative':
      return cumulative(scope, node);
    case 'each':
      return each(scope, node);
    case 'window':
      return window(scope, node);
    case 'pairs':
      return pairRule(scope, node);
    case 'balance':
      return balance(scope, node);
    case 'spacing':
      return spacing(scope, node);
    case 'running':
      return running(scope, node);
  }
}

/** Whether one slot satisfies a condition, as an SQL expression. */
function slotHolds(scope: Scope, { part, key, field, condition }: SlotCondition): string {
  const source = createSource(scope, part, 'z');
  const value = source.read(field, condition.attr);
  return `EXISTS (SELECT 1 FROM ${source.rows} WHERE ${source.key} = ${quote(key)} AND ${holds(value, condition)})`;
}

function implies(scope: Scope, { when, then }: Node<'implies'>): string {
  return `SELECT at, found FROM (${basicSql(scope, then)}) WHERE ${when.map((condition) => slotHolds(scope, condition)).join(' AND ')}`;
}

function whenever(scope: Scope, { part, keys, when, then }: Node<'whenever'>): string {
  const source = createSource(scope, part, 'a');
  const applies = holds(source.read(when.field, when.condition.attr), when.condition);
  const found = source.read(then.field, then.condition.attr);
  const broken = [...source.among(keys), applies, `NOT ${holds(found, then.condition)}`];
  return `SELECT ${source.key} AS at, ${found} AS found FROM ${source.rows}${where(broken)}`;
}

function tier(scope: Scope, { on, tiers }: Node<'tier'>): string {
  const source = createSource(scope, on.part, 'z');
  const value = source.read(on.field, on.attr);
  const here = `FROM ${source.rows} WHERE ${source.key} = ${quote(on.key)}`;
  const within = ({ from, until }: { from: number; until: number | null }): string =>
    `${value} >= ${from}${until === null ? '' : ` AND ${value} < ${until}`}`;
  const branches = tiers.flatMap((one) =>
    one.then.map(
      (node) => `SELECT at, found FROM (${basicSql(scope, node)}) WHERE EXISTS (SELECT 1 ${here} AND ${within(one)})`,
    ),
  );
  const outside = `SELECT ${source.key} AS at, ${value} AS found ${here} AND NOT COALESCE(${tiers.map((one) => `(${within(one)})`).join(' OR ')}, 0)`;
  return [outside, ...branches].join(' UNION ALL ');
}
