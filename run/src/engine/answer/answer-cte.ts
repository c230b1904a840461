import type { AnswerPart, AnswerShape } from '../../domain/answer.ts';

/** A column of the row of `table` whose columns `on` equal columns of a row of `part`; NULL where there is no such row. At most one row may fit. */
export interface Lookup {
  readonly part: string;
  readonly table: string;
  readonly on: readonly (readonly [column: string, from: string])[];
  readonly column: string;
}

/** What a check calls the rows of `part`: `answer` where it is the only part, else `answer_<part>`. */
export function cteName(shape: AnswerShape, part: string): string {
  return shape.parts.length === 1 ? 'answer' : `answer_${part}`;
}

/** What a check calls a looked-up column, in double quotes: `hotel(name=hotel).price`. */
export const lookupName = (lookup: Lookup): string => `${rowName(lookup)}.${lookup.column}`;

/** The name of the row that is looked up. */
const rowName = ({ table, on }: Lookup): string =>
  `${table}(${on.map(([column, from]) => `${column}=${from}`).join(',')})`;

/** The look-up of the row that a field names. Undefined for fields of integers. */
export function nameLookup(part: AnswerPart, field: string, column?: string): Lookup | undefined {
  const domain = part.fields.find((one) => one.name === field)?.domain;
  if (!domain || !('table' in domain)) return undefined;
  return { part: part.name, table: domain.table, on: [[domain.column, field]], column: column ?? domain.column };
}

/**
 * The common table expressions put in front of each check: a row for each object of the answer `:answer`, a column for each of its properties,
 * for the name of each row that a property names, and for each of `lookups`, so that all checks share one look.
 * `LIMIT -1` limits nothing, but keeps SQLite from merging the expression into each query that reads it.
 */
export function answerCte(shape: AnswerShape, lookups: readonly Lookup[] = []): string {
  const tables = shape.parts.map((part) => {
    const source = shape.parts.length === 1 ? ':answer' : `:answer, '$.${part.name}'`;
    const rows = `SELECT ${columns(part)} FROM json_each(${source}) LIMIT -1`;
    const names = part.fields.flatMap((field) => nameLookup(part, field.name) ?? []);
    const joined = [...names, ...lookups.filter((lookup) => lookup.part === part.name)];
    return `${cteName(shape, part.name)} AS (${joined.length > 0 ? withLookups(rows, joined) : rows})`;
  });
  const [first] = shape.parts;
  const alias = first && shape.parts.length === 1 ? [`answer_${first.name} AS (SELECT * FROM answer)`] : [];
  return `WITH ${[...tables, ...alias].join(',\n')}`;
}

function columns({ key, fields }: AnswerPart): string {
  const names = [key.field, ...fields.map((field) => field.name)];
  return names.map((name) => `json_extract(value, '$.${name}') AS "${name}"`).join(', ');
}

function withLookups(rows: string, lookups: readonly Lookup[]): string {
  const tables = [...Map.groupBy(lookups, rowName).values()];
  const joins = tables.map(([one], i) => {
    const { table, on } = one as Lookup;
    return ` LEFT JOIN "${table}" t${i} ON ${on.map(([column, from]) => `t${i}."${column}" = a."${from}"`).join(' AND ')}`;
  });
  const read = tables.flatMap((same, i) => {
    const names = new Map(same.map((lookup) => [lookupName(lookup), lookup.column]));
    return [...names].map(([name, column]) => `t${i}."${column}" AS "${name}"`);
  });
  return `SELECT a.*, ${read.join(', ')} FROM (${rows}) a${joins.join('')} LIMIT -1`;
}
