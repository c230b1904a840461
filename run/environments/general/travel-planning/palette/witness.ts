import type { Key } from '../../../../src/domain/answer.ts';
import type { Attr, Condition, Pick, Side } from '../../../../src/domain/constraint.ts';
import type { Row } from '../../../../src/domain/world.ts';
import type { ProposeContext } from '../../../../src/stages/synthesize/pack.ts';

export interface Slot {
  readonly part: string;
  readonly key: Key;
  readonly field: string;
}

/** What the witness gives for an attribute of a slot. */
export function valueAt({ world, frame, witness }: ProposeContext, slot: Slot, attr: Attr): string | number {
  const said = witness.value(slot.part, slot.key, slot.field);
  if (!attr.table) return attr.column ? present(witness.row(slot.part, slot.key, slot.field), attr.column) : said;
  const keyField = frame.shape.parts.find((part) => part.name === slot.part)?.key.field;
  const row = (world.rows[attr.table] ?? []).find((one) =>
    Object.entries(attr.on ?? {}).every(([column, source]) => one[column] === (source === keyField ? slot.key : said)),
  );
  if (!row) throw new RangeError(`no row of ${attr.table} for ${slot.field} on ${slot.key}`);
  return present(row, attr.column ?? '');
}

function present(row: Row, column: string): string | number {
  const cell = row[column];
  if (cell === null || cell === undefined) throw new RangeError(`no value in column ${column}`);
  return cell;
}

export const numberAt = (ctx: ProposeContext, slot: Slot, attr: Attr): number => Number(valueAt(ctx, slot, attr));
export const sideAt = (ctx: ProposeContext, side: Side, key: Key): string | number =>
  valueAt(ctx, { part: side.part, field: side.field, key }, side.attr);

export const keysOf = ({ frame }: ProposeContext, part: string): readonly Key[] =>
  frame.shape.parts.find((one) => one.name === part)?.key.values ?? [];

export interface Found {
  readonly key: Key;
  readonly value: string | number;
}

/** The terms of picks in the witness, weighted. */
export function termsOf(ctx: ProposeContext, picks: readonly Pick[]): Found[] {
  return picks.flatMap((pick) =>
    (pick.keys ?? keysOf(ctx, pick.part)).flatMap((key): Found[] => {
      const slot = { part: pick.part, field: pick.field, key };
      if (pick.where && !holds(valueAt(ctx, slot, pick.where.attr), pick.where)) return [];
      const value = valueAt(ctx, slot, pick.attr);
      return [{ key, value: typeof value === 'number' ? value * (pick.weight ?? 1) : value }];
    }),
  );
}

export const numbersOf = (ctx: ProposeContext, picks: readonly Pick[]): number[] =>
  termsOf(ctx, picks).map(({ value }) => Number(value));
export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export function holds(value: string | number, { op, values }: Condition): boolean {
  const other = values[0] as string | number;
  switch (op) {
    case 'in':
      return values.includes(value);
    case 'not in':
      return !values.includes(value);
    case '=':
      return value === other;
    case '<>':
      return value !== other;
    case '<':
      return value < other;
    case '<=':
      return value <= other;
    case '>':
      return value > other;
    case '>=':
      return value >= other;
  }
}
