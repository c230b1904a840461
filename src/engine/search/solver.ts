import type { Bound } from './bind.ts';
import type { Model, Slot } from './model.ts';
import type { Propagator } from './propagator.ts';
import { createState, type State } from './state.ts';

/** How the search goes about it. Every field changes only the order, never the set of solutions. */
export interface SearchOptions {
  readonly seed: number;
  /** Nodes after which the search gives up. */
  readonly nodeLimit: number;
  /** Stop after so many solutions; above 1 the search does not restart. */
  readonly solutions: number;
  /** Candidates to try first, by slot: a solution nearby is looked for. */
  readonly prefer?: ArrayLike<number>;
  /** Slots to decide before all others. */
  readonly first?: readonly number[];
  /** Integers from the top down, and ties the other way round. */
  readonly reversed?: boolean;
}

export interface SearchResult {
  readonly solutions: readonly Int32Array[];
  /** The whole space was searched: there are no further solutions. */
  readonly complete: boolean;
  readonly nodes: number;
  readonly backtracks: number;
}

/** A small linear congruential stream, so that a solution program needs no library. */
function stream(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** First restart after so many nodes; each later one after half as many again. */
const FIRST_RESTART = 150;

/** Depth-first search with propagation, conflict-weighted slot order and restarts. */
export function search(model: Model, bounds: readonly Bound[], options: SearchOptions): SearchResult {
  const pieces = bounds.flatMap((bound) => bound.pieces);
  const state = createState(model.slots.map((slot) => slot.labels.length));
  const queue = createQueue(model.slots.length, pieces);
  const random = stream(options.seed);
  const last = new Int32Array(model.slots.length);
  const early = new Set(options.first ?? []);
  const solutions: Int32Array[] = [];
  let nodes = 0;
  let backtracks = 0;
  let restartAt = 0;

  if (!queue.settle(state, null)) return { solutions, complete: true, nodes, backtracks };
  let complete = false;
  for (let budget = FIRST_RESTART; ; budget = Math.ceil(budget * 1.5)) {
    // What was tried before a restart is forgotten: bad choices would come back.
    for (const slot of model.slots) last[slot.index] = options.prefer?.[slot.index] ?? -1;
    restartAt = options.solutions > 1 ? Number.POSITIVE_INFINITY : nodes + budget;
    const mark = state.mark();
    const outcome = descend();
    state.undo(mark);
    if (outcome !== 'restart') {
      complete = outcome === 'exhausted';
      break;
    }
  }
  return { solutions, complete, nodes, backtracks };

  function descend(): 'exhausted' | 'stop' | 'restart' {
    for (;;) {
      const slot = choose();
      if (slot < 0) return leaf();
      const value = candidate(slot);
      if (++nodes > options.nodeLimit) return 'stop';
      if (nodes > restartAt) return 'restart';
      const mark = state.mark();
      last[slot] = value;
      if (state.assign(slot, value) && queue.settle(state, slot)) {
        const outcome = descend();
        if (outcome !== 'exhausted') return outcome;
      }
      backtracks++;
      state.undo(mark);
      if (!state.remove(slot, value) || !queue.settle(state, slot)) return 'exhausted';
    }
  }

  function leaf(): 'exhausted' | 'stop' {
    const values = Int32Array.from(model.slots, (slot) => (state.alive[slot.index] as Int32Array)[0] as number);
    if (bounds.every((bound) => bound.test(values))) {
      solutions.push(values);
      if (solutions.length >= options.solutions) return 'stop';
    }
    return 'exhausted';
  }

  /** The open slot with the fewest candidates for its weight of conflicts; integer slots last, the earliest first. */
  function choose(): number {
    let best = -1;
    let bestScore = Number.POSITIVE_INFINITY;
    for (const slot of model.slots) {
      const size = state.size[slot.index] as number;
      if (size === 1) continue;
      const score = scoreOf(slot, size) - (early.has(slot.index) ? 1e9 : 0);
      if (score < bestScore || (score === bestScore && options.reversed)) {
        best = slot.index;
        bestScore = score;
      }
    }
    return best;
  }

  function scoreOf(slot: Slot, size: number): number {
    const weight = queue.weight[slot.index] as number;
    if (slot.table !== null) return size / weight;
    return 1e6 + (options.reversed ? -extremeOf(slot, Math.max) : extremeOf(slot, Math.min)) + 1 / weight;
  }

  function extremeOf(slot: Slot, better: (a: number, b: number) => number): number {
    const alive = state.alive[slot.index] as Int32Array;
    let best = alive[0] as number;
    for (let i = (state.size[slot.index] as number) - 1; i > 0; i--) best = better(best, alive[i] as number);
    return best;
  }

  function candidate(slot: number): number {
    const before = last[slot] as number;
    if (before >= 0 && state.has(slot, before)) return before;
    const one = model.slots[slot] as Slot;
    if (one.table === null) return extremeOf(one, options.reversed ? Math.max : Math.min);
    return (state.alive[slot] as Int32Array)[Math.floor(random() * (state.size[slot] as number))] as number;
  }
}

interface Queue {
  /** Conflicts met by the pieces of a slot, plus one. */
  readonly weight: Float64Array;
  /** Propagates what changed to a fixed point; with null everything. False: no solution here. */
  settle(state: State, changed: number | null): boolean;
}

function createQueue(slots: number, pieces: readonly Propagator[]): Queue {
  const watching: number[][] = Array.from({ length: slots }, () => []);
  const watchingDecided: number[][] = Array.from({ length: slots }, () => []);
  pieces.forEach(({ scope, wakes }, i) => {
    if (wakes === 'first') return;
    for (const slot of scope) ((wakes === 'decided' ? watchingDecided : watching)[slot] as number[]).push(i);
  });
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

  function fail(state: State, piece: Propagator): false {
    for (const slot of piece.scope) (weight[slot] as number)++;
    waiting.fill(0);
    pending = [];
    state.touched.length = 0;
    return false;
  }

  return {
    weight,
    settle(state, changed) {
      if (changed === null) enqueue(pieces.map((_, i) => i));
      else state.touched.push(changed);
      for (;;) {
        wake(state);
        if (pending.length === 0) return true;
        for (let next = 0; next < pending.length; next++) {
          const i = pending[next] as number;
          waiting[i] = 0;
          const piece = pieces[i] as Propagator;
          if (!piece.prune(state)) return fail(state, piece);
          wake(state);
        }
        pending = [];
      }
    },
  };
}
