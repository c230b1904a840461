import type { Attr } from '../../domain/constraint.ts';
import type { Cell, Rows } from '../../domain/world.ts';
import { type Slot, tableRows } from './slots.ts';

/** What an attribute of a slot is for one of its candidates; null where there is none. */
export type ReadCell = (slot: Slot, candidate: number, attr: Attr) => Cell;

/** Reads the label itself, a column of the candidate's row, or a row of another table found by the candidate and the slot's key. */
export function createReader(rows: Rows): ReadCell {
  const lookUps = new Map<string, ReadonlyMap<string, Cell>>();

  function lookUpFor({ table = '', column = '', on = {} }: Attr): ReadonlyMap<string, Cell> {
    const id = `${table}.${column}:${Object.keys(on).join(',')}`;
    const found = lookUps.get(id) ?? createLookUp(tableRows(rows, table), column, Object.keys(on));
    lookUps.set(id, found);
    return found;
  }

  return (slot, candidate, attr) => {
    if (attr.table !== undefined) {
      const sources = Object.values(attr.on ?? {});
      const at = sources.map((from) => (from === slot.keyField ? slot.key : slot.labels[candidate]));
      return lookUpFor(attr).get(placeOf(at)) ?? null;
    }
    if (attr.column === undefined) return slot.labels[candidate] ?? null;
    return tableRows(rows, slot.table ?? '')[candidate]?.[attr.column] ?? null;
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

const placeOf = (values: readonly unknown[]): string => values.map(String).join('\u0000');
