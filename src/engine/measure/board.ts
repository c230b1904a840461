import type { Bound } from '../search/bind.ts';
import type { Model } from '../search/model.ts';
import type { Propagator } from '../search/propagator.ts';

/** What baseline players know of a task: its slots and, by piece, whether a full answer is at fault. */
export interface Board {
  readonly model: Model;
  readonly bounds: readonly Bound[];
  readonly pieces: readonly Propagator[];
  /** The pieces that watch each slot. */
  readonly watching: readonly (readonly number[])[];
}

export function createBoard(model: Model, bounds: readonly Bound[]): Board {
  const pieces = bounds.flatMap((bound) => bound.pieces);
  const watching: number[][] = model.slots.map(() => []);
  pieces.forEach((piece, i) => {
    for (const slot of piece.scope) (watching[slot] as number[]).push(i);
  });
  return { model, bounds, pieces, watching };
}

export const isSolved = (board: Board, values: ArrayLike<number>): boolean =>
  board.pieces.every((piece) => piece.test(values));

/** Slots of a rule that any reader keeps without search. */
const LOCAL_SCOPE = 2;

/** Whether a rule is about one or two slots. */
export const isLocal = (piece: Propagator): boolean => piece.scope.length <= LOCAL_SCOPE;
