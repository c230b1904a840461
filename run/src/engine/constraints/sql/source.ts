import type { AnswerPart, AnswerShape, Key } from '../../../domain/answer.ts';
import type { Attr, Condition, Literal, Per, Pick } from '../../../domain/constraint.ts';
import { cteName, type Lookup, lookupName, nameLookup } from '../../answer/answer-cte.ts';

/** A literal as SQL text. */
export const quote = (value: Literal): string =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
export const list = (values: readonly Literal[]): string => values.map(quote).join(', ');

function partOf(shape: AnswerShape, name: string): AnswerPart {
  const part = shape.parts.find((one) => one.name === name);
  if (!part) throw new RangeError(`no part ${name} in the answer's shape`);
  return part;
}

/** The shape of the answer, and what the checks made so far look up with its rows. */
export interface Scope {
  readonly shape: AnswerShape;
  readonly lookups: Lookup[];
}

/** Rows of one part of the answer under an alias. */
export interface Source {
  /** The row's key. */
  readonly key: string;
  /** The SQL expression of a field's attribute. */
  read(field: string, attr: Attr): string;
  /** The rows under their alias, to stand in FROM. */
  readonly rows: string;
  /** The condition that a row is one of `keys`; none where these are all. */
  among(keys: readonly Key[] | undefined): string[];
}

/** Reads rows of `part` under `alias`. What stands in the world's tables is a column of these rows, too. */
export function createSource({ shape, lookups }: Scope, partName: string, alias: string): Source {
  const part = partOf(shape, partName);

  function lookUp(lookup: Lookup): string {
    lookups.push(lookup);
    return `${alias}."${lookupName(lookup)}"`;
  }

  return {
    rows: `${cteName(shape, partName)} ${alias}`,
    key: `${alias}.${part.key.field}`,
    among: (keys) =>
      keys && part.key.values.some((key) => !keys.includes(key))
        ? [`${alias}.${part.key.field} IN (${list(keys)})`]
        : [],
    read(field, { table, on, column }) {
      if (column === undefined) return `${alias}.${field}`;
      if (table !== undefined) return lookUp({ part: partName, table, on: Object.entries(on ?? {}), column });
      const lookup = nameLookup(part, field, column);
      if (!lookup) throw new RangeError(`field ${field} of ${partName} has no table to read ${column} from`);
      return lookUp(lookup);
    },
  };
}

/** The condition on an expression; never NULL. */
export function holds(expression: string, { op, values }: Omit<Condition, 'attr'>): string {
  if (op === 'in') return `COALESCE(${expression} IN (${list(values)}), 0)`;
  if (op === 'not in') return `COALESCE(${expression} NOT IN (${list(values)}), 0)`;
  return `COALESCE(${expression} ${op} ${quote(values[0] as Literal)}, 0)`;
}

export const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';

/** What parts terms into groups, and what each weighs. */
export interface Grouping {
  readonly per?: Per | undefined;
  readonly load?: Attr | undefined;
}

/**
 * The terms of some picks as a relation: `g` the group, `id` unique within a group, `k` the answer key, `v` the value,
 * `w` its load (1 without one), `c` 1 where the term counts.
 */
export function termsSql(scope: Scope, picks: readonly Pick[], grouping: Grouping = {}): string {
  return picks.map((pick, i) => termSql(scope, { ...pick, prefix: i }, grouping)).join(' UNION ALL ');
}

function termSql(scope: Scope, pick: Pick & { prefix: number }, { per, load }: Grouping): string {
  const source = createSource(scope, pick.part, 'a');
  const plain = source.read(pick.field, pick.attr);
  const value = pick.weight === undefined || pick.weight === 1 ? plain : `${pick.weight} * ${plain}`;
  const counts = pick.where ? holds(source.read(pick.field, pick.where.attr), pick.where) : '1';
  const weight = load ? source.read(pick.field, load) : '1';
  const linked = per?.by === 'link' ? ` JOIN ${per.table} link ON link.${per.member} = ${source.key}` : '';
  const group = per?.by === 'link' ? `link.${per.group}` : per?.by === 'key' ? source.key : "''";
  const columns = `${group} AS g, '${pick.prefix}:' || ${source.key} AS id, ${source.key} AS k, ${value} AS v, ${weight} AS w, ${counts} AS c`;
  return `SELECT ${columns} FROM ${source.rows}${linked}${where(source.among(pick.keys))}`;
}

/** The rows of a check for terms that have no value at all, where a look-up can come back empty. */
export function missing(terms: string, picks: readonly { attr: Attr }[], load?: Attr): string {
  const mayMiss = picks.some((pick) => pick.attr.table !== undefined) || load?.table !== undefined;
  return mayMiss
    ? ` UNION ALL SELECT k AS at, 'nothing' AS found FROM (${terms}) WHERE c AND (v IS NULL OR w IS NULL)`
    : '';
}

/** A constant relation with the columns given. */
export function constants(columns: readonly string[], rows: readonly (readonly Literal[])[]): string {
  return rows
    .map((row) => `SELECT ${row.map((value, i) => `${quote(value)} AS ${columns[i]}`).join(', ')}`)
    .join(' UNION ALL ');
}
