import type { AnswerShape, Key } from '../../domain/answer.ts';
import type { Attr, Literal } from '../../domain/constraint.ts';
import type { Rows } from '../../domain/world.ts';
import { createReader } from './read-cell.ts';
import { byLabel, createSlots, type Slot, slotName } from './slots.ts';

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

/** The code of a term under an assignment. */
export const codeAt = (term: Term, values: ArrayLike<number>): number =>
  term.codes[values[term.slot] as number] as number;

/** A term of the same slot with other codes. */
export const mapCodes = ({ slot, codes }: Term, to: (code: number, candidate: number) => number): Term => ({
  slot,
  codes: codes.map(to),
});

export const negative = (term: Term): Term => mapCodes(term, (code) => (code === NULL ? NULL : -code));

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
  const slots = createSlots(shape, rows);
  const byName = new Map(slots.map((slot) => [slotName(slot), slot.index]));
  const read = createReader(rows);
  const interned = new Map<string, number>();
  const codesOf = new Map<string, Codes>();

  function code(value: Literal): number {
    if (typeof value === 'number') return value;
    const found = interned.get(value) ?? interned.size;
    interned.set(value, found);
    return found;
  }

  function codesFor(slot: Slot, attr: Attr): Codes {
    const count = slot.labels.length;
    const cellOf = read(slot, attr);
    const codeOf = (candidate: number): number => {
      const cell = cellOf(candidate);
      return cell === null ? NULL : code(cell);
    };
    // What only the key decides is the same for every candidate.
    const isConstant = attr.on !== undefined && Object.values(attr.on).every((from) => from === slot.keyField);
    if (isConstant) return new Int32Array(count).fill(codeOf(0));
    const codes = new Int32Array(count);
    for (let candidate = 0; candidate < count; candidate++) codes[candidate] = codeOf(candidate);
    return codes;
  }

  return {
    shape,
    slots,
    rows,
    code,
    keys: (part) => shape.parts.find((one) => one.name === part)?.key.values ?? [],
    slot(part, key, field) {
      const index = byName.get(slotName({ part, key, field }));
      if (index === undefined) throw new RangeError(`no slot ${part}/${key}/${field} in the answer's shape`);
      return index;
    },
    codes(index, attr) {
      const slot = slots[index] as Slot;
      const id = codesId(slot, attr);
      const found = codesOf.get(id) ?? codesFor(slot, attr);
      codesOf.set(id, found);
      return found;
    },
  };
}

/** Slots that choose from the same candidates share their codes, unless the look-up depends on the slot's own key. */
function codesId(slot: Slot, { table, column, on }: Attr): string {
  const isKeyed = on !== undefined && Object.values(on).includes(slot.keyField);
  const candidates = isKeyed ? slot.index : (slot.table ?? `${slot.part}.${slot.field}`);
  return `${candidates}|${table}|${column}|${JSON.stringify(on)}`;
}
