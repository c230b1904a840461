import type { Answer, AnswerPart, AnswerRow, Key } from '../../domain/answer.ts';
import type { Model } from './model.ts';

/** The answer that an assignment stands for. */
export function toAnswer(model: Model, values: ArrayLike<number>): Answer {
  const parts = model.shape.parts.map((part) => ({
    name: part.name,
    rows: part.key.values.map((key): AnswerRow => {
      const fields = part.fields.map((field) => {
        const slot = model.slot(part.name, key, field.name);
        return [field.name, model.slots[slot]?.labels[values[slot] as number] as Key] as const;
      });
      return { [part.key.field]: key, ...Object.fromEntries(fields) };
    }),
  }));
  const [only] = parts;
  return parts.length === 1 && only ? only.rows : Object.fromEntries(parts.map((part) => [part.name, part.rows]));
}

/** The assignment that an answer stands for, or null where it does not fit the shape or names what does not exist. */
export function toValues(model: Model, answer: Answer): Int32Array | null {
  const values = new Int32Array(model.slots.length).fill(OPEN);
  const { parts } = model.shape;
  const isFilled = parts.every((part) => {
    const rows = parts.length === 1 ? answer : (answer as Readonly<Record<string, unknown>> | null)?.[part.name];
    return (
      Array.isArray(rows) &&
      rows.length === part.key.values.length &&
      (rows as (AnswerRow | null)[]).every((row) => fillRow(model, { part, row }, values))
    );
  });
  return isFilled ? values : null;
}

const OPEN = -1;

/** Enters the fields of an answer row; false where one is not a candidate of its slot, or the slot is filled already. */
function fillRow(
  model: Model,
  { part, row }: { part: AnswerPart; row: AnswerRow | null },
  values: Int32Array,
): boolean {
  const key = row?.[part.key.field];
  if (key === undefined || !part.key.values.includes(key)) return false;
  return part.fields.every((field) => {
    const slot = model.slot(part.name, key, field.name);
    const value = positions(model, slot).get(row?.[field.name] as Key);
    if (value === undefined || values[slot] !== OPEN) return false;
    values[slot] = value;
    return true;
  });
}

const positionsOf = new WeakMap<readonly (string | number)[], ReadonlyMap<string | number, number>>();

/** The index of each label of a slot. */
function positions(model: Model, slot: number): ReadonlyMap<string | number, number> {
  const labels = model.slots[slot]?.labels ?? [];
  let found = positionsOf.get(labels);
  if (!found) {
    found = new Map(labels.map((label, i) => [label, i]));
    positionsOf.set(labels, found);
  }
  return found;
}
