import { z } from 'zod';

/** How an integer is written for a person: minor units of money, minutes, minutes since midnight, tenths, plain counts. */
export const Unit = z.union([
  z.enum(['count', 'minutes', 'clock', 'tenths', 'text', 'date']),
  z.templateLiteral(['money:', z.string()]),
  z.templateLiteral(['plain:', z.string()]),
]);
export type Unit = z.infer<typeof Unit>;

/**
 * A column of a world table.
 * `name` columns are unique within their table and are replaced in a twin; `ref` columns hold a name of another table.
 */
export const Column = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  type: z.enum(['integer', 'text']),
  role: z.enum(['name', 'ref', 'value']),
  /** `table.column` that a `ref` column points to. */
  target: z.string().optional(),
  unit: Unit,
  says: z.string(),
});
export type Column = z.infer<typeof Column>;

export const Table = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  says: z.string(),
  columns: z.array(Column).min(1),
  /** Columns that identify a row together; the writer makes them the primary key. */
  key: z.array(z.string()).min(1),
});
export type Table = z.infer<typeof Table>;

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** All rows of a world in memory, by table name, in the order in which they are written. */
export type Rows = Readonly<Record<string, readonly Row[]>>;

export interface World {
  readonly tables: readonly Table[];
  readonly rows: Rows;
}

/** Where data comes from and under which licence it may be passed on. */
export const Provenance = z.strictObject({
  what: z.string(),
  source: z.string(),
  licence: z.string(),
  attribution: z.string(),
});
export type Provenance = z.infer<typeof Provenance>;
