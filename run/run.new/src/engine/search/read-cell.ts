import type { Attr } from '../../domain/constraint.ts';
import type { Cell, Rows } from '../../domain/world.ts';
import { type Slot, tableRows } from './slots.ts';

/** What an attribute of a slot is for each of its candidates; null where there is none. */
export type Reader = (slot: Slot, attr: Attr) => (candidate: number) => Cell;

/** Reads the label itself, a column of the candidate's row, or a row of another table found by the candidate and the slot's key. */
export function createReader(rows: Rows): Reader {
  const lookUps = new Map<string, ReadonlyMap<string, Cell>>();

  function lookUpFor({ table = '', column = '', on = {} }: Attr): ReadonlyMap<string, Cell> {
    const id = `${table}.${column}:${Object.keys(on).join(',')}`;
    const found = lookUps.get(id) ?? createLookUp(tableRows(rows, table), column, Object.keys(on));
    lookUps.set(id, found);
    return found;
  }

  return (slot, attr) => {
    const { labels, key, keyField } = slot;
    const { column } = attr;
    if (attr.table !== undefined) {
      const isKey = Object.values(attr.on ?? {}).map((from) => from === keyField);
      const lookUp = lookUpFor(attr);
      return (candidate) => lookUp.get(placeOf(isKey.map((its) => (its ? key : labels[candidate])))) ?? null;
    }
    if (column === undefined) return (candidate) => labels[candidate] ?? null;
    const own = tableRows(rows, slot.table ?? '');
    return (candidate) => own[candidate]?.[column] ?? null;
  };
}

/** The values of a column by those of other columns; the first row counts where several agree in these. */
function createLookUp(rows: Rows[string], column: string, by: readonly string[]): Map<string, Cell> {
  const lookUp = new Map<string, Cell>();
  for (const row of rows) {
    const at = placeOf(by.map((one) => row[one]));
    if (!lookUp.has(at)) lookUp.set(at, row[column] ?? null);
  }
  return lookUp;
}

const placeOf = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : values.map(String).join('\u0000');
