import type { Bound } from './bind.ts';
import { type Choice, createChoice, type Order } from './choice.ts';
import type { Model } from './model.ts';
import type { Propagator } from './propagator.ts';
import { createQueue, type Queue } from './queue.ts';
import { createState, type State } from './state.ts';

/** How the search goes about it. Every field changes only the order and when it ends, never the set of solutions. */
export interface SearchOptions extends Order {
  /** Nodes after which the search gives up. */
  readonly nodeLimit: number;
  /** Stop after so many solutions; above 1 the search does not restart. */
  readonly solutions: number;
}

export interface SearchResult {
  readonly solutions: readonly Int32Array[];
  /** The whole space was searched: there are no further solutions. */
  readonly complete: boolean;
  readonly nodes: number;
  readonly backtracks: number;
}

type Outcome = 'exhausted' | 'stop' | 'restart';

/** First restart after so many nodes; each later one after half as many again. */
const FIRST_RESTART = 150;

/** A search under way. */
interface Run {
  readonly bounds: readonly Bound[];
  readonly options: SearchOptions;
  readonly state: State;
  readonly queue: Queue;
  readonly choice: Choice;
  readonly solutions: Int32Array[];
  nodes: number;
  backtracks: number;
  /** The number of nodes at which it starts again from the top. */
  restartAt: number;
}

/** Depth-first search with propagation, conflict-weighted slot order and restarts. */
export function search(model: Model, bounds: readonly Bound[], options: SearchOptions): SearchResult {
  return searchFrom(createGround(model, bounds), [], options);
}

/** Rules, and the domains that they leave at the least: what several searches start from. */
export interface Ground {
  readonly model: Model;
  readonly bounds: readonly Bound[];
  readonly pieces: readonly Propagator[];
  readonly state: State;
  readonly queue: Queue;
  /** False where the rules rule everything out. */
  readonly isOpen: boolean;
}

/** Propagates the rules once. */
export function createGround(model: Model, bounds: readonly Bound[]): Ground {
  const state = createState(model.slots.map((slot) => slot.labels.length));
  const pieces = bounds.flatMap((bound) => bound.pieces);
  const queue = createQueue(model.slots.length, pieces);
  return { model, bounds, pieces, state, queue, isOpen: queue.start(state, 0) };
}

/** Searches for what keeps the ground's rules and further ones. The ground is as before afterwards. */
export function searchFrom(ground: Ground, further: readonly Bound[], options: SearchOptions): SearchResult {
  const { model, state } = ground;
  if (!ground.isOpen) return { solutions: [], complete: true, nodes: 0, backtracks: 0 };
  const queue = queueFor(ground, further);
  const choice = createChoice(model, { state, weight: queue.weight }, options);
  const bounds = [...ground.bounds, ...further];
  const run: Run = { bounds, options, state, queue, choice, solutions: [], nodes: 0, backtracks: 0, restartAt: 0 };
  const mark = state.mark();
  const complete = !queue.start(state, ground.pieces.length) || descendAgain(run) === 'exhausted';
  state.undo(mark);
  return { solutions: run.solutions, complete, nodes: run.nodes, backtracks: run.backtracks };
}

/** A queue without a memory of earlier searches. */
function queueFor({ model, pieces, queue }: Ground, further: readonly Bound[]): Queue {
  if (further.length > 0)
    return createQueue(model.slots.length, [...pieces, ...further.flatMap((bound) => bound.pieces)]);
  queue.weight.fill(1);
  return queue;
}

/** Descends until an outcome is final. What was tried before a restart is forgotten: bad choices would come back. */
function descendAgain(run: Run): Outcome {
  for (let budget = FIRST_RESTART; ; budget = Math.ceil(budget * 1.5)) {
    run.choice.forget();
    run.restartAt = run.options.solutions > 1 ? Number.POSITIVE_INFINITY : run.nodes + budget;
    const mark = run.state.mark();
    const outcome = descend(run);
    run.state.undo(mark);
    if (outcome !== 'restart') return outcome;
  }
}

function descend(run: Run): Outcome {
  const { choice, state, queue } = run;
  for (;;) {
    const slot = choice.slot();
    if (slot < 0) return leaf(run);
    const value = choice.candidate(slot);
    const outcome = spend(run) ?? attempt(run, slot, value);
    if (outcome !== 'exhausted') return outcome;
    run.backtracks++;
    if (!state.remove(slot, value) || !queue.settle(state, slot)) return 'exhausted';
  }
}

/** Counts a node; an outcome where there is none left. */
function spend(run: Run): Outcome | null {
  run.nodes++;
  if (run.nodes > run.options.nodeLimit) return 'stop';
  return run.nodes > run.restartAt ? 'restart' : null;
}

/** Searches where `slot` has `value`, and takes that back. */
function attempt(run: Run, slot: number, value: number): Outcome {
  const { state, queue } = run;
  const mark = state.mark();
  const outcome = state.assign(slot, value) && queue.settle(state, slot) ? descend(run) : 'exhausted';
  if (outcome === 'exhausted') state.undo(mark);
  return outcome;
}

function leaf({ state, bounds, solutions, options }: Run): Outcome {
  const values = Int32Array.from(state.alive, (alive) => alive[0] as number);
  if (bounds.every((bound) => bound.test(values))) solutions.push(values);
  return solutions.length >= options.solutions ? 'stop' : 'exhausted';
}
