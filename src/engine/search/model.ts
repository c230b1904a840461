import type { AnswerShape, Key } from '../../domain/answer.ts';
import type { Attr, Condition, Literal, Op, Pick } from '../../domain/constraint.ts';
import type { Cell, Rows } from '../../domain/world.ts';

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

/** Codes of the terms of one slot, by candidate; texts are interned, so codes of texts only compare for equality. */
export type Codes = Int32Array;
/** There is no value to judge: the constraint is violated. */
export const NULL = -2147483648;
/** The term does not count here (its `where` does not hold). */
export const SKIP = -2147483647;

export interface Term {
  readonly slot: number;
  readonly codes: Codes;
}

/** Everything a constraint is bound to: slots, and the terms that a slot's candidates give. */
export interface Model {
  readonly shape: AnswerShape;
  readonly slots: readonly Slot[];
  readonly rows: Rows;
  slot(part: string, key: Key, field: string): number;
  keys(part: string): readonly Key[];
  codes(slot: number, attr: Attr): Codes;
  code(value: Literal): number;
}

/** Builds the model of `shape` over `rows`. Candidates of a table's field are its rows by name, so that the order of the rows does not matter. */
export function createModel(shape: AnswerShape, unordered: Rows): Model {
  const rows = byLabel(shape, unordered);
  const slots: Slot[] = [];
  const byName = new Map<string, number>();
  const labelsOf = new Map<string, readonly (string | number)[]>();
  const interned = new Map<string, number>();
  const codesOf = new Map<string, Codes>();
  const lookups = new Map<string, Map<string, Cell>>();

  for (const part of shape.parts) {
    for (const key of part.key.values) {
      for (const field of part.fields) {
        const index = slots.length;
        const table = 'table' in field.domain ? field.domain.table : null;
        slots.push({
          index,
          part: part.name,
          key,
          field: field.name,
          keyField: part.key.field,
          table,
          labels: labels(field.domain),
        });
        byName.set(slotName(part.name, key, field.name), index);
      }
    }
  }

  function labels(domain: AnswerShape['parts'][number]['fields'][number]['domain']): readonly (string | number)[] {
    const id = 'table' in domain ? `${domain.table}.${domain.column}` : `${domain.min}..${domain.max}`;
    let found = labelsOf.get(id);
    if (!found) {
      found =
        'table' in domain
          ? tableRows(rows, domain.table).map((row) => row[domain.column] as string | number)
          : Array.from({ length: domain.max - domain.min + 1 }, (_, i) => domain.min + i);
      labelsOf.set(id, found);
    }
    return found;
  }

  function code(value: Literal): number {
    if (typeof value === 'number') return value;
    let found = interned.get(value);
    if (found === undefined) {
      found = interned.size;
      interned.set(value, found);
    }
    return found;
  }

  function cell(slot: Slot, candidate: number, attr: Attr): Cell {
    if (attr.table !== undefined) return lookUp(slot, candidate, attr);
    if (attr.column === undefined) return slot.labels[candidate] ?? null;
    return tableRows(rows, slot.table ?? '')[candidate]?.[attr.column] ?? null;
  }

  function lookUp(slot: Slot, candidate: number, attr: Attr): Cell {
    const on = Object.entries(attr.on ?? {});
    const id = `${attr.table}.${attr.column}:${on.map(([column]) => column).join(',')}`;
    let index = lookups.get(id);
    if (!index) {
      index = new Map();
      for (const row of tableRows(rows, attr.table ?? '')) {
        const at = on.map(([column]) => String(row[column])).join('\u0000');
        if (!index.has(at)) index.set(at, row[attr.column ?? ''] ?? null);
      }
      lookups.set(id, index);
    }
    return (
      index.get(
        on.map(([, from]) => String(from === slot.keyField ? slot.key : slot.labels[candidate])).join('\u0000'),
      ) ?? null
    );
  }

  return {
    shape,
    slots,
    rows,
    code,
    keys: (part) => shape.parts.find((one) => one.name === part)?.key.values ?? [],
    slot(part, key, field) {
      const index = byName.get(slotName(part, key, field));
      if (index === undefined) throw new RangeError(`no slot ${part}/${key}/${field} in the answer's shape`);
      return index;
    },
    codes(index, attr) {
      const slot = slots[index] as Slot;
      const keyed = attr.on !== undefined && Object.values(attr.on).includes(slot.keyField);
      const id = `${keyed ? index : (slot.table ?? `${slot.part}.${slot.field}`)}|${attr.table}|${attr.column}|${JSON.stringify(attr.on)}`;
      let found = codesOf.get(id);
      if (!found) {
        found = Int32Array.from(slot.labels, (_, candidate) => {
          const value = cell(slot, candidate, attr);
          return value === null ? NULL : code(value);
        });
        codesOf.set(id, found);
      }
      return found;
    },
  };
}

/** The rows with every table that a field chooses from in the order of its labels. */
function byLabel(shape: AnswerShape, rows: Rows): Rows {
  const ordered: Record<string, Rows[string]> = { ...rows };
  for (const { domain } of shape.parts.flatMap((part) => part.fields)) {
    if (!('table' in domain)) continue;
    const { table, column } = domain;
    ordered[table] = [...tableRows(rows, table)].sort((a, b) => (String(a[column]) < String(b[column]) ? -1 : 1));
  }
  return ordered;
}

const slotName = (part: string, key: Key, field: string): string => `${part}\u0000${key}\u0000${field}`;

function tableRows(rows: Rows, table: string): Rows[string] {
  const found = rows[table];
  if (!found) throw new RangeError(`no table ${table} in the world`);
  return found;
}

/** Whether a term's code satisfies the condition; NULL never does. */
export function createCondition(model: Model, condition: Condition): (code: number) => boolean {
  const codes = condition.values.map((value) => model.code(value));
  const first = codes[0] as number;
  const compare =
    condition.op === 'in'
      ? (code: number) => codes.includes(code)
      : condition.op === 'not in'
        ? (code: number) => !codes.includes(code)
        : compareWith(condition.op);
  return (code) => code !== NULL && compare(code, first);
}

/** The operator that holds exactly where another does not. */
export const OPPOSITE: Readonly<Record<Op, Op>> = { '<': '>=', '<=': '>', '=': '<>', '<>': '=', '>=': '<', '>': '<=' };

/** The comparison that an operator stands for. */
export function compareWith(op: Op): (a: number, b: number) => boolean {
  switch (op) {
    case '<':
      return (a, b) => a < b;
    case '<=':
      return (a, b) => a <= b;
    case '=':
      return (a, b) => a === b;
    case '<>':
      return (a, b) => a !== b;
    case '>=':
      return (a, b) => a >= b;
    case '>':
      return (a, b) => a > b;
  }
}

/** The terms of a pick, one for each of its keys, weighted, with SKIP where `where` does not hold. */
export function expandPick(model: Model, pick: Pick): Term[] {
  const holds = pick.where ? createCondition(model, pick.where) : null;
  const weight = pick.weight ?? 1;
  return (pick.keys ?? model.keys(pick.part)).map((key) => {
    const slot = model.slot(pick.part, key, pick.field);
    const plain = model.codes(slot, pick.attr);
    if (!pick.where && weight === 1) return { slot, codes: plain };
    const where = pick.where ? model.codes(slot, pick.where.attr) : plain;
    const codes = plain.map((code, i) =>
      holds && !holds(where[i] as number) ? SKIP : code === NULL ? NULL : code * weight,
    );
    return { slot, codes };
  });
}
