import type { Node, Per } from '../../../domain/constraint.ts';
import { constants, createSource, holds, list, missing, quote, type Scope, termsSql, where } from './source.ts';

/*
 * Each function gives one SELECT with the columns `at` (where it is broken) and `found` (what stands there), a row for each
 * violation. They are written from the meaning of the node, not from its in-memory test: the two are held against each other.
 */

export function allDifferent(scope: Scope, { terms: picks, per }: Node<'all-different'>): string {
  if (per?.by === 'link') {
    const terms = termsSql(scope, picks);
    const equal = `(${terms}) x JOIN (${terms}) y ON x.v = y.v AND x.id < y.id WHERE x.c AND y.c AND ${haveGroup(per)}`;
    return `SELECT x.k || ', ' || y.k AS at, x.v AS found FROM ${equal}${missing(members(terms, per), picks)}`;
  }
  const terms = termsSql(scope, picks, { per });
  const twice = `SELECT MIN(k) AS at, v AS found FROM (${terms}) WHERE c GROUP BY g, v HAVING COUNT(*) > 1`;
  return twice + missing(terms, picks);
}

/** The condition that the terms x and y have a group of a link table in common: much to ask of all pairs, little of the few that break a rule. */
function haveGroup({ table, group, member }: Extract<Per, { by: 'link' }>): string {
  return `EXISTS (SELECT 1 FROM ${table} l JOIN ${table} m ON m.${group} = l.${group} WHERE l.${member} = x.k AND m.${member} = y.k)`;
}

/** The terms that some group of a link table holds: the rule says nothing of others, not even where their value is missing. */
function members(terms: string, { table, member }: Extract<Per, { by: 'link' }>): string {
  return `SELECT * FROM (${terms}) WHERE k IN (SELECT ${member} FROM ${table})`;
}

export function aggregate(scope: Scope, { fn, terms: picks, per, op, bound }: Node<'aggregate'>): string {
  const terms = termsSql(scope, picks, { per });
  const counted = 'CASE WHEN c THEN v END';
  const columns = `g, COUNT(${counted}) AS n, SUM(c AND v IS NULL) AS gaps`;
  const group = per ? ' GROUP BY g' : '';
  const found =
    fn === 'count'
      ? `COUNT(${counted})`
      : fn === 'min'
        ? `MIN(${counted})`
        : fn === 'max'
          ? `MAX(${counted})`
          : `COALESCE(SUM(${counted}), 0)`;
  const broken =
    fn === 'average'
      ? `n > 0 AND NOT (found ${op} ${bound} * n)`
      : fn === 'min' || fn === 'max'
        ? `n > 0 AND NOT (found ${op} ${bound})`
        : `NOT (found ${op} ${bound})`;
  const shown = fn === 'average' ? "found || ' over ' || n" : 'found';
  return `SELECT g AS at, ${shown} AS found FROM (SELECT ${columns}, ${found} AS found FROM (${terms})${group}) WHERE gaps > 0 OR (${broken})`;
}

export function distinct(scope: Scope, { terms: picks, per, op, bound }: Node<'distinct'>): string {
  const terms = termsSql(scope, picks, { per });
  const counts = `SELECT g, COUNT(DISTINCT CASE WHEN c THEN v END) AS n FROM (${terms})${per ? ' GROUP BY g' : ''}`;
  return `SELECT g AS at, n AS found FROM (${counts}) WHERE NOT (n ${op} ${bound})${missing(terms, picks)}`;
}

export function groupLimit(scope: Scope, { terms: picks, per, load, op, bound, values }: Node<'group-limit'>): string {
  const terms = termsSql(scope, picks, { per, load });
  const gaps = missing(terms, picks, load);
  if (op === '<=' || !values) {
    const only = values ? ` AND v IN (${list(values)})` : '';
    return `SELECT v AS at, SUM(w) AS found FROM (${terms}) WHERE c${only} GROUP BY g, v HAVING SUM(w) ${op === '<=' ? '>' : '<'} ${bound}${gaps}`;
  }
  const wanted = constants(
    ['v'],
    values.map((value) => [value]),
  );
  const joined = `(SELECT DISTINCT g FROM (${terms})) y CROSS JOIN (${wanted}) x LEFT JOIN (${terms}) t ON t.g = y.g AND t.v = x.v AND t.c`;
  return `SELECT x.v AS at, COALESCE(SUM(t.w), 0) AS found FROM ${joined} GROUP BY y.g, x.v HAVING COALESCE(SUM(t.w), 0) < ${bound}${gaps}`;
}

export function balance(scope: Scope, { terms: picks, load, values, spread }: Node<'balance'>): string {
  const terms = termsSql(scope, picks, { load });
  const wanted = constants(
    ['v'],
    values.map((value) => [value]),
  );
  const sums = `SELECT x.v AS v, COALESCE(SUM(t.w), 0) AS n FROM (${wanted}) x LEFT JOIN (${terms}) t ON t.v = x.v AND t.c GROUP BY x.v`;
  return `SELECT 'spread' AS at, MAX(n) - MIN(n) AS found FROM (${sums}) WHERE 1 GROUP BY 'all' HAVING MAX(n) - MIN(n) > ${spread}${missing(terms, picks, load)}`;
}

export function spacing(scope: Scope, { terms: picks, per, gap }: Node<'spacing'>): string {
  const isLinked = per?.by === 'link';
  const terms = termsSql(scope, picks, isLinked ? {} : { per });
  const judged = isLinked ? members(terms, per) : terms;
  const group = isLinked ? haveGroup(per) : 'x.g = y.g';
  const close = `FROM (${terms}) x JOIN (${terms}) y ON x.id < y.id WHERE x.c AND y.c AND ABS(x.v - y.v) < ${gap} AND ${group}`;
  return `SELECT x.k || ', ' || y.k AS at, ABS(x.v - y.v) AS found ${close}${missing(judged, picks)}`;
}

export function window(scope: Scope, { terms: picks, from, until }: Node<'window'>): string {
  return `SELECT k AS at, v AS found FROM (${termsSql(scope, picks)}) WHERE c AND (v IS NULL OR v < ${from} OR v >= ${until})`;
}

export function each(scope: Scope, { part, field, keys, condition }: Node<'each'>): string {
  const source = createSource(scope, part, 'a');
  const value = source.read(field, condition.attr);
  return `SELECT ${source.key} AS at, ${value} AS found FROM ${source.rows}${where([...source.among(keys), `NOT ${holds(value, condition)}`])}`;
}

export function running(scope: Scope, { keys, terms: picks, initial, low, high }: Node<'running'>): string {
  const terms = termsSql(
    scope,
    picks.map((pick) => ({ ...pick, keys })),
  );
  const place = `CASE k${keys.map((key, i) => ` WHEN ${quote(key)} THEN ${i}`).join('')} END`;
  const sums = `SELECT k, ${place} AS n, COALESCE(SUM(CASE WHEN c THEN v END), 0) AS step FROM (${terms}) GROUP BY k`;
  const levels = `SELECT k AS at, ${initial} + SUM(step) OVER (ORDER BY n) AS found FROM (${sums})`;
  return `SELECT at, found FROM (${levels}) WHERE found NOT BETWEEN ${low} AND ${high}${missing(terms, picks)}`;
}
