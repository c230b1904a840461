import type { AnswerPart, AnswerShape, Key } from '../../../domain/answer.ts';
import type { Attr, Condition, Literal, Per, Pick } from '../../../domain/constraint.ts';
import { cteName } from '../../answer/answer-cte.ts';

/** A literal as SQL text. */
export const quote = (value: Literal): string =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
export const list = (values: readonly Literal[]): string => values.map(quote).join(', ');

export function partOf(shape: AnswerShape, name: string): AnswerPart {
  const part = shape.parts.find((one) => one.name === name);
  if (!part) throw new RangeError(`no part ${name} in the answer's shape`);
  return part;
}

/** A FROM clause over one answer row, grown by the joins that its expressions need. */
export interface Source {
  /** The row's key. */
  readonly key: string;
  /** The SQL expression of a field's attribute; joins what it reads. */
  read(field: string, attr: Attr): string;
  /** The answer's rows under their alias, without joins. */
  readonly rows: string;
  /** The joins that the expressions read so far need. */
  joins(): string;
  /** FROM, rows and joins. */
  from(): string;
}

/** Reads rows of `part` under `alias`; joined tables get names of their own behind it. */
export function createSource(shape: AnswerShape, partName: string, alias: string): Source {
  const part = partOf(shape, partName);
  const joins = new Map<string, { alias: string; text: string }>();

  function join(id: string, text: (name: string) => string): string {
    let found = joins.get(id);
    if (!found) {
      const name = `${alias}${joins.size + 1}`;
      found = { alias: name, text: text(name) };
      joins.set(id, found);
    }
    return found.alias;
  }

  const rows = `${cteName(shape, partName)} ${alias}`;
  const joined = (): string => [...joins.values()].map((one) => ` ${one.text}`).join('');
  return {
    rows,
    joins: joined,
    from: () => `FROM ${rows}${joined()}`,
    key: `${alias}.${part.key.field}`,
    read(field, attr) {
      if (attr.table !== undefined) {
        const on = Object.entries(attr.on ?? {}).map(([column, from]) => [column, `${alias}.${from}`] as const);
        const id = `${attr.table}/${JSON.stringify(on)}`;
        const name = join(
          id,
          (as) =>
            `LEFT JOIN ${attr.table} ${as} ON ${on.map(([column, from]) => `${as}.${column} = ${from}`).join(' AND ')}`,
        );
        return `${name}.${attr.column}`;
      }
      if (attr.column === undefined) return `${alias}.${field}`;
      const domain = part.fields.find((one) => one.name === field)?.domain;
      if (!domain || !('table' in domain))
        throw new RangeError(`field ${field} of ${partName} has no table to read ${attr.column} from`);
      const name = join(field, (as) => `JOIN ${domain.table} ${as} ON ${as}.${domain.column} = ${alias}.${field}`);
      return `${name}.${attr.column}`;
    },
  };
}

/** The condition on an expression; never NULL. */
export function holds(expression: string, { op, values }: Omit<Condition, 'attr'>): string {
  if (op === 'in') return `COALESCE(${expression} IN (${list(values)}), 0)`;
  if (op === 'not in') return `COALESCE(${expression} NOT IN (${list(values)}), 0)`;
  return `COALESCE(${expression} ${op} ${quote(values[0] as Literal)}, 0)`;
}

export const amongKeys = (key: string, keys: readonly Key[] | undefined): string[] =>
  keys ? [`${key} IN (${list(keys)})`] : [];
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
export function termsSql(shape: AnswerShape, picks: readonly Pick[], grouping: Grouping = {}): string {
  return picks.map((pick, i) => termSql(shape, { ...pick, prefix: i }, grouping)).join(' UNION ALL ');
}

function termSql(shape: AnswerShape, pick: Pick & { prefix: number }, { per, load }: Grouping): string {
  const source = createSource(shape, pick.part, 'a');
  const plain = source.read(pick.field, pick.attr);
  const value = pick.weight === undefined || pick.weight === 1 ? plain : `${pick.weight} * ${plain}`;
  const counts = pick.where ? holds(source.read(pick.field, pick.where.attr), pick.where) : '1';
  const weight = load ? source.read(pick.field, load) : '1';
  const linked = per?.by === 'link' ? ` JOIN ${per.table} link ON link.${per.member} = ${source.key}` : '';
  const group = per?.by === 'link' ? `link.${per.group}` : per?.by === 'key' ? source.key : "''";
  const columns = `${group} AS g, '${pick.prefix}:' || ${source.key} AS id, ${source.key} AS k, ${value} AS v, ${weight} AS w, ${counts} AS c`;
  return `SELECT ${columns} ${source.from()}${linked}${where(amongKeys(source.key, pick.keys))}`;
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
