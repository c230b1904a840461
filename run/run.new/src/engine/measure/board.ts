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
  /** By slot, the pieces that can be judged once it and all slots before it are filled, and not before. */
  readonly decides: readonly (readonly Propagator[])[];
  /** By slot, the local pieces about it. */
  readonly local: readonly (readonly Propagator[])[];
  /** The local ones of `decides`. */
  readonly decidesLocally: readonly (readonly Propagator[])[];
}

export function createBoard(model: Model, bounds: readonly Bound[]): Board {
  const pieces = bounds.flatMap((bound) => bound.pieces);
  const watching: number[][] = model.slots.map(() => []);
  pieces.forEach((piece, i) => {
    for (const slot of piece.scope) (watching[slot] as number[]).push(i);
  });
  const about = watching.map((list) => list.map((i) => pieces[i] as Propagator));
  const decides = about.map((list, slot) => list.filter((piece) => piece.scope.every((one) => one <= slot)));
  const [local, decidesLocally] = [about, decides].map((lists) => lists.map((list) => list.filter(isLocal)));
  return { model, bounds, pieces, watching, decides, local, decidesLocally } as Board;
}

export const isSolved = (board: Board, values: ArrayLike<number>): boolean =>
  board.pieces.every((piece) => piece.test(values));

/** Slots of a rule that any reader keeps without search. */
const LOCAL_SCOPE = 2;

/** Whether a rule is about one or two slots. */
export const isLocal = (piece: Propagator): boolean => piece.scope.length <= LOCAL_SCOPE;
