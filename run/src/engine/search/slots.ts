import type { AnswerShape, Key } from '../../domain/answer.ts';
import type { Rows } from '../../domain/world.ts';

/** One decision: the `field` of the answer row `key`. Its value is an index into `labels`. */
export interface Slot {
  readonly index: number;
  readonly part: string;
  readonly key: Key;
  readonly field: string;
  /** The name of the key's field in the answer row. */
  readonly keyField: string;
  readonly labels: readonly (string | number)[];
  /** The table whose rows are chosen from; null for integers. */
  readonly table: string | null;
}

type Domain = AnswerShape['parts'][number]['fields'][number]['domain'];
type Labels = Slot['labels'];

/** The slots of a shape in its order. Slots of the same domain share one list of labels. */
export function createSlots(shape: AnswerShape, rows: Rows): Slot[] {
  const labelsFor = createLabels(rows);
  const places = shape.parts.flatMap((part) =>
    part.key.values.flatMap((key) => part.fields.map((field) => ({ part, key, field }))),
  );
  return places.map(({ part, key, field }, index) => ({
    index,
    part: part.name,
    key,
    field: field.name,
    keyField: part.key.field,
    labels: labelsFor(field.domain),
    table: 'table' in field.domain ? field.domain.table : null,
  }));
}

export const slotName = ({ part, key, field }: Pick<Slot, 'part' | 'key' | 'field'>): string =>
  `${part}\u0000${key}\u0000${field}`;

function createLabels(rows: Rows): (domain: Domain) => Labels {
  const known = new Map<string, Labels>();
  return (domain) => {
    const id = 'table' in domain ? `${domain.table}.${domain.column}` : `${domain.min}..${domain.max}`;
    const labels = known.get(id) ?? labelsOf(domain, rows);
    known.set(id, labels);
    return labels;
  };
}

function labelsOf(domain: Domain, rows: Rows): Labels {
  if ('table' in domain) return tableRows(rows, domain.table).map((row) => row[domain.column] as string | number);
  return Array.from({ length: domain.max - domain.min + 1 }, (_, i) => domain.min + i);
}

/** The rows with every table that a field chooses from in the order of its labels. */
export function byLabel(shape: AnswerShape, rows: Rows): Rows {
  const ordered: Record<string, Rows[string]> = { ...rows };
  for (const { domain } of shape.parts.flatMap((part) => part.fields)) {
    if (!('table' in domain)) continue;
    const { table, column } = domain;
    ordered[table] = [...tableRows(rows, table)].sort((a, b) => (String(a[column]) < String(b[column]) ? -1 : 1));
  }
  return ordered;
}

/** The rows of a table; throws RangeError where the world has no such table. */
export function tableRows(rows: Rows, table: string): Rows[string] {
  const found = rows[table];
  if (!found) throw new RangeError(`no table ${table} in the world`);
  return found;
}
