import type { Key } from '../../../domain/answer.ts';
import type { Node } from '../../../domain/constraint.ts';
import { createSource, list, quote, type Scope, where } from './source.ts';

interface Paired {
  readonly left: string;
  readonly right: string;
  readonly at: string;
  readonly rows: string;
  readonly where: readonly string[];
}

/** The pairs of answer rows that a node speaks of, with the expressions of both sides. */
function paired(scope: Scope, { left, right, pairs }: Pick<Node<'relate'>, 'left' | 'right' | 'pairs'>): Paired {
  const a = createSource(scope, left.part, 'a');
  if (left.part === right.part && pairs.every(([one, other]) => one === other)) {
    const values = { left: a.read(left.field, left.attr), right: a.read(right.field, right.attr) };
    return { ...values, at: a.key, rows: a.rows, where: a.among(pairs.map(([key]) => key)) };
  }
  const b = createSource(scope, right.part, 'a');
  const sides = {
    left: { rows: a.rows, key: a.key, columns: `${a.read(left.field, left.attr)} AS v` },
    right: { rows: b.rows, key: b.key, columns: `${b.read(right.field, right.attr)} AS v` },
  };
  const { rows, on } = joinPairs(sides, pairs);
  return { left: 'x.v', right: 'y.v', at: "x.k || ', ' || y.k", rows, where: [on] };
}

/** One side of a join: rows of the answer under an alias, their key, and what else is read from them. */
interface Side {
  readonly rows: string;
  readonly key: string;
  readonly columns: string;
}

const select = ({ rows, key, columns }: Side): string => `SELECT ${key} AS k, ${columns} FROM ${rows}`;

/**
 * The rows of two sides, as `x` and `y`, and the condition that their keys `k` are one of `pairs`, to stand before all others, since SQLite asks in
 * the order of the text. Where each key has one partner, that is looked up once for each row:
 * `LIMIT -1` limits nothing, but keeps SQLite from looking it up for each pair of rows, and CROSS JOIN keeps the order of the two.
 */
export function joinPairs(
  { left, right }: { left: Side; right: Side },
  pairs: readonly (readonly [Key, Key])[],
): { rows: string; on: string } {
  const turned = pairs.map(([one, other]) => [other, one] as const);
  if (isFunction(pairs))
    return { rows: `(${withPartner(left, pairs)}) x CROSS JOIN (${select(right)}) y`, on: 'y.k = x.p' };
  if (isFunction(turned))
    return { rows: `(${withPartner(right, turned)}) y CROSS JOIN (${select(left)}) x`, on: 'x.k = y.p' };
  const branches = [...Map.groupBy(pairs, ([key]) => key)].map(
    ([key, same]) => ` WHEN ${quote(key)} THEN y.k IN (${list(same.map(([, other]) => other))})`,
  );
  return { rows: `(${select(left)}) x CROSS JOIN (${select(right)}) y`, on: `CASE x.k${branches.join('')} END` };
}

const isFunction = (pairs: readonly (readonly [Key, Key])[]): boolean =>
  new Set(pairs.map(([key]) => key)).size === pairs.length;

/** The rows that have a partner, with it as `p`. */
function withPartner({ rows, key, columns }: Side, pairs: readonly (readonly [Key, Key])[]): string {
  const partner = `CASE ${key}${pairs.map(([one, other]) => ` WHEN ${quote(one)} THEN ${quote(other)}`).join('')} END`;
  const known = `${key} IN (${list(pairs.map(([one]) => one))})`;
  return `${select({ rows, key, columns: `${columns}, ${partner} AS p` })} WHERE ${known} LIMIT -1`;
}

export function relate(scope: Scope, node: Node<'relate'>): string {
  const { op, offset } = node;
  const { left, right, at, rows, where: among } = paired(scope, node);
  const bound = offset === 0 ? right : `${right} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
  const broken = `NOT COALESCE(${left} ${op} ${bound}, 0)`;
  return `SELECT ${at} AS at, ${left} || ' / ' || ${right} AS found FROM ${rows}${where([...among, broken])}`;
}

export function pairRule(scope: Scope, node: Node<'pairs'>): string {
  const { mode, list: listed, table } = node;
  const { left, right, at, rows, where: among } = paired(scope, node);
  const known = [
    ...(listed ?? []).map(([a, b]) => `(${left} = ${quote(a)} AND ${right} = ${quote(b)})`),
    ...(table
      ? [`EXISTS (SELECT 1 FROM ${table.name} t WHERE t.${table.left} = ${left} AND t.${table.right} = ${right})`]
      : []),
  ].join(' OR ');
  const broken = `(${left} IS NULL OR ${right} IS NULL OR ${mode === 'required' ? 'NOT ' : ''}COALESCE(${known}, 0))`;
  return `SELECT ${at} AS at, ${left} || ' / ' || ${right} AS found FROM ${rows}${where([...among, broken])}`;
}
