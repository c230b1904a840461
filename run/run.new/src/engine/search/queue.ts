import type { Propagator } from './propagator.ts';
import type { State } from './state.ts';

export interface Queue {
  /** Conflicts met by the pieces of a slot, plus one. */
  readonly weight: Float64Array;
  /** Asks the pieces from `first` on, then propagates to a fixed point. False: no solution here. */
  start(state: State, first: number): boolean;
  /** Propagates what changed, and that `slot` did, to a fixed point. False: no solution here. */
  settle(state: State, slot: number): boolean;
}

/** The pieces that wait to be asked, each once, in the order in which they were woken. */
export function createQueue(slots: number, pieces: readonly Propagator[]): Queue {
  const watching = watchersOf(slots, pieces, (piece) => piece.wakes === undefined);
  const watchingDecided = watchersOf(slots, pieces, (piece) => piece.wakes === 'decided');
  const weight = new Float64Array(slots).fill(1);
  const waiting = new Uint8Array(pieces.length);
  let pending: number[] = [];

  function enqueue(list: readonly number[]): void {
    for (const i of list) {
      if (waiting[i]) continue;
      waiting[i] = 1;
      pending.push(i);
    }
  }

  function wake(state: State): void {
    while (state.touched.length > 0) {
      const slot = state.touched.pop() as number;
      enqueue(watching[slot] as number[]);
      if (state.size[slot] === 1) enqueue(watchingDecided[slot] as number[]);
    }
  }

  /** Asks what waits, and what starts to wait because of it. */
  function run(state: State): boolean {
    wake(state);
    for (let next = 0; next < pending.length; next++) {
      const i = pending[next] as number;
      waiting[i] = 0;
      const piece = pieces[i] as Propagator;
      if (!piece.prune(state)) return fail(state, piece);
      wake(state);
    }
    pending = [];
    return true;
  }

  function fail(state: State, piece: Propagator): false {
    for (const slot of piece.scope) (weight[slot] as number)++;
    waiting.fill(0);
    pending = [];
    state.touched.length = 0;
    return false;
  }

  return {
    weight,
    start(state, first) {
      for (let i = first; i < pieces.length; i++) {
        waiting[i] = 1;
        pending.push(i);
      }
      return run(state);
    },
    settle(state, slot) {
      state.touched.push(slot);
      return run(state);
    },
  };
}

/** By slot, the indices of the pieces that `wants` it. */
function watchersOf(
  slots: number,
  pieces: readonly Propagator[],
  wants: (piece: Propagator) => boolean,
): readonly (readonly number[])[] {
  const watchers: number[][] = Array.from({ length: slots }, () => []);
  pieces.forEach((piece, i) => {
    if (wants(piece)) for (const slot of piece.scope) (watchers[slot] as number[]).push(i);
  });
  return watchers;
}
