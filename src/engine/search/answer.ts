import type { Answer, AnswerRow, Key } from '../../domain/answer.ts';
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
  const values = new Int32Array(model.slots.length).fill(-1);
  for (const part of model.shape.parts) {
    const rows =
      model.shape.parts.length === 1 ? answer : (answer as Readonly<Record<string, unknown>> | null)?.[part.name];
    if (!Array.isArray(rows) || rows.length !== part.key.values.length) return null;
    for (const row of rows as (AnswerRow | null)[]) {
      const key = row?.[part.key.field];
      if (key === undefined || !part.key.values.includes(key)) return null;
      for (const field of part.fields) {
        const slot = model.slot(part.name, key, field.name);
        const value = positions(model, slot).get(row?.[field.name] as Key);
        if (value === undefined || values[slot] !== -1) return null;
        values[slot] = value;
      }
    }
  }
  return values;
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
