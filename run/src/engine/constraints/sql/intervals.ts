import type { Attr, Intervals, Node } from '../../../domain/constraint.ts';
import { arePaired } from './pairs.ts';
import { createSource, type Scope, where } from './source.ts';

interface Extra {
  readonly field: string;
  readonly attr: Attr;
}

/** Intervals as a relation: `k` key, `s` start, `d` duration, and the further columns asked for (null: the same for all). */
function intervalsSql(
  scope: Scope,
  { part, start, duration, keys }: Intervals,
  extra: Readonly<Record<string, Extra | null>>,
): string {
  const source = createSource(scope, part, 'a');
  const more = Object.entries(extra)
    .map(([name, one]) => `, ${one ? source.read(one.field, one.attr) : "''"} AS ${name}`)
    .join('');
  const columns = `${source.key} AS k, ${source.read(start, {})} AS s, ${source.read(duration.field, duration.attr)} AS d${more}`;
  return `SELECT ${columns} FROM ${source.rows}${where(source.among(keys))}`;
}

const gaps = (intervals: string, column: string): string =>
  ` UNION ALL SELECT k AS at, 'nothing' AS found FROM (${intervals}) WHERE d IS NULL OR ${column} IS NULL`;

export function precedence(scope: Scope, { intervals, pairs, lag }: Node<'precedence'>): string {
  const all = intervalsSql(scope, { ...intervals, keys: undefined }, {});
  const joined = `(${all}) x JOIN (${all}) y ON ${arePaired('x.k', 'y.k', pairs)}`;
  return `SELECT x.k || ', ' || y.k AS at, y.s AS found FROM ${joined} WHERE x.d IS NULL OR y.s < x.s + x.d + ${lag}`;
}

export function noOverlap(scope: Scope, { intervals, resource, setup }: Node<'no-overlap'>): string {
  const all = intervalsSql(scope, intervals, { r: resource ?? null });
  const pair = `(${all}) x JOIN (${all}) y ON x.k < y.k AND x.r = y.r`;
  if (!setup)
    return `SELECT x.k || ', ' || y.k AS at, x.r AS found FROM ${pair} WHERE x.s < y.s + y.d AND y.s < x.s + x.d${gaps(all, 'r')}`;
  const { family, table, from, to, column } = setup;
  const families = `LEFT JOIN ${family.table} f ON f.${family.key} = x.k LEFT JOIN ${family.table} h ON h.${family.key} = y.k`;
  const times = `LEFT JOIN ${table} v ON v.${from} = f.${family.column} AND v.${to} = h.${family.column} LEFT JOIN ${table} w ON w.${from} = h.${family.column} AND w.${to} = f.${family.column}`;
  const free = `(x.s + x.d + COALESCE(v.${column}, 0) <= y.s OR y.s + y.d + COALESCE(w.${column}, 0) <= x.s)`;
  return `SELECT x.k || ', ' || y.k AS at, x.r AS found FROM ${pair} ${families} ${times} WHERE NOT ${free}${gaps(all, 'r')}`;
}

export function cumulative(scope: Scope, { intervals, demand, capacity }: Node<'cumulative'>): string {
  const all = intervalsSql(scope, intervals, { w: demand });
  const running = `(${all}) x JOIN (${all}) y ON y.s <= x.s AND x.s < y.s + y.d`;
  return `SELECT x.k AS at, SUM(y.w) AS found FROM ${running} GROUP BY x.k HAVING SUM(y.w) > ${capacity}${gaps(all, 'w')}`;
}
