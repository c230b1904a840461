import type { Task } from '../domain/task.ts';
import type { Tool } from '../domain/tool.ts';
import type { Cell, Row, Rows, Table, World } from '../domain/world.ts';
import type { Verifier } from './verifier.ts';

/** Worlds as they lie on disk. */
export interface WorldStore {
  /** The bytes of world.sqlite: the same world gives the same bytes. Throws RangeError where rows do not fit their tables. */
  encode(world: World): Uint8Array;
  /** Opens a world, by path or by its bytes, for look-ups only. The caller disposes it. Throws BoundaryError('database'). */
  open(source: string | Uint8Array): OpenWorld;
}

export interface OpenWorld extends Disposable {
  /** sha-256 of the bytes, 64 hex digits. */
  readonly hash: string;
  /** All rows in the order in which they were written. */
  rows(tables: readonly Table[]): Rows;
  /** The rows of one SELECT. */
  query(sql: string, parameters?: Readonly<Record<string, Cell>>): Row[];
  /** Throws RangeError where a tool's SQL does not fit the world. */
  createToolbox(tools: readonly Tool[]): Toolbox;
  /** The verifier of `task` on this world, without comparing the world's hash. */
  createVerifier(task: Pick<Task, 'format' | 'answer' | 'checks'>): Verifier;
}

/** What a tool call gives: its result as JSON, what was wrong with the call, or the answer that ends the episode. */
export type ToolOutcome =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'submitted'; readonly answer: unknown };

export interface Toolbox {
  readonly names: readonly string[];
  /** Never throws: `args` may be anything. */
  call(name: string, args: unknown): ToolOutcome;
}
