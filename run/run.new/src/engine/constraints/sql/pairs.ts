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
  const isSameRow = left.part === right.part && pairs.every(([one, other]) => one === other);
  const b = isSameRow ? a : createSource(scope, right.part, 'b');
  const values = { left: a.read(left.field, left.attr), right: b.read(right.field, right.attr) };
  if (isSameRow) return { ...values, at: a.key, rows: a.rows, where: a.among(pairs.map(([key]) => key)) };
  return {
    ...values,
    at: `${a.key} || ', ' || ${b.key}`,
    rows: `${a.rows} JOIN ${b.rows} ON ${arePaired(a.key, b.key, pairs)}`,
    where: [],
  };
}

/** The condition that two keys are one of `pairs`. Where each key has one partner, SQLite can look that one up. */
export function arePaired(left: string, right: string, pairs: readonly (readonly [Key, Key])[]): string {
  const byLeft = Map.groupBy(pairs, ([key]) => key);
  if (byLeft.size === pairs.length) return `${right} = ${partnerOf(left, pairs)}`;
  const turned = pairs.map(([one, other]) => [other, one] as const);
  if (new Set(turned.map(([key]) => key)).size === pairs.length) return `${left} = ${partnerOf(right, turned)}`;
  const branches = [...byLeft].map(
    ([key, same]) => ` WHEN ${quote(key)} THEN ${right} IN (${list(same.map(([, other]) => other))})`,
  );
  return `CASE ${left}${branches.join('')} END`;
}

const partnerOf = (key: string, pairs: readonly (readonly [Key, Key])[]): string =>
  `CASE ${key}${pairs.map(([one, other]) => ` WHEN ${quote(one)} THEN ${quote(other)}`).join('')} END`;

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
