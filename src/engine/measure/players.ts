import type { Rng } from '../../util/rng.ts';
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

/** Well-formed answers drawn uniformly: how many of `samples` pass. */
export function playRandom(board: Board, samples: number, rng: Rng): number {
  const values = new Int32Array(board.model.slots.length);
  // Slots are drawn when the first rule asks for them, and the rules that reject most come first: most answers cost a draw or two.
  const drawnFor = new Int32Array(values.length).fill(-1);
  const order = byRejection(board, rng);
  let passed = 0;
  for (let sample = 0; sample < samples; sample++) {
    if (order.every((piece) => piece.test(drawn(piece.scope, sample)))) passed++;
  }
  return passed;

  function drawn(scope: readonly number[], sample: number): Int32Array {
    for (const slot of scope) {
      if (drawnFor[slot] === sample) continue;
      drawnFor[slot] = sample;
      values[slot] = drawCandidate(board, slot, rng);
    }
    return values;
  }
}

const drawCandidate = ({ model }: Board, slot: number, rng: Rng): number =>
  rng.int(0, (model.slots[slot]?.labels.length ?? 1) - 1);

/** Random answers by which the order of the rules is chosen; it changes what play costs, not what it finds. */
const PILOT = 40;

function byRejection(board: Board, rng: Rng): Propagator[] {
  const pilots = Array.from({ length: PILOT }, () =>
    Int32Array.from(board.model.slots, ({ index }) => drawCandidate(board, index, rng)),
  );
  const kept = new Map(board.pieces.map((piece) => [piece, pilots.filter((values) => piece.test(values)).length]));
  const cost = (piece: Propagator): number => piece.scope.length * (kept.get(piece) as number);
  return [...board.pieces].sort((a, b) => cost(a) - cost(b));
}

/** A rule about one or two slots is one that any reader keeps without search. */
const LOCAL_SCOPE = 2;

/**
 * Fills slot after slot with a random candidate that breaks none of the rules about one or two slots, where there is one;
 * never takes a decision back and does not look at the other rules.
 */
export function playInformed(board: Board, rng: Rng): Int32Array {
  return fill(board, rng, (piece) => piece.scope.length <= LOCAL_SCOPE);
}

/** The same, but with every rule whose slots are all filled by then, and the candidate that breaks the fewest. */
export function playGreedy(board: Board, rng: Rng): Int32Array {
  return fill(board, rng, () => true);
}

function fill({ model, pieces, watching }: Board, rng: Rng, minded: (piece: Propagator) => boolean): Int32Array {
  const values = new Int32Array(model.slots.length).fill(-1);
  const open = pieces.map((piece) => piece.scope.length);
  for (const slot of model.slots) {
    const watched = watching[slot.index] as number[];
    for (const i of watched) (open[i] as number)--;
    const decided = watched
      .filter((i) => open[i] === 0)
      .map((i) => pieces[i] as Propagator)
      .filter(minded);
    values[slot.index] = fewestBroken(values, slot.index, slot.labels.length, decided, rng);
  }
  return values;
}

/** The candidate that breaks the fewest of the pieces, the first such one from a random place on. */
function fewestBroken(
  values: Int32Array,
  slot: number,
  count: number,
  decided: readonly Propagator[],
  rng: Rng,
): number {
  let best = 0;
  let bestBroken = Number.POSITIVE_INFINITY;
  const offset = rng.int(0, count - 1);
  for (let step = 0; step < count && bestBroken > 0; step++) {
    const value = (offset + step) % count;
    values[slot] = value;
    let broken = 0;
    for (const piece of decided) if (!piece.test(values)) broken++;
    if (broken < bestBroken) [best, bestBroken] = [value, broken];
  }
  return best;
}

/** Share of moves that are taken although they break more. */
const NOISE = 0.02;

/** How many candidates are looked at for one that keeps the rules about one or two slots; looking costs no verdict. */
const LOOKS = 30;

/**
 * Min-conflicts from a greedy answer: changes one slot of a broken rule to a candidate that keeps the local rules, and keeps the change
 * where no more violations are reported. Each changed answer costs one verdict. Returns the verdicts used, or null where the budget ran out.
 */
export function playLocalSearch(board: Board, budget: number, rng: Rng): number | null {
  const { pieces, watching } = board;
  const values = playGreedy(board, rng);
  const broken = createBroken(pieces.map((piece) => !piece.test(values)));
  for (let used = 1; used <= budget; used++) {
    if (broken.list.length === 0) return used;
    const slot = rng.pick((pieces[rng.pick(broken.list)] as Propagator).scope);
    const before = values[slot] as number;
    propose(board, values, slot, rng);
    const watched = watching[slot] as number[];
    const flags = watched.map((i) => !(pieces[i] as Propagator).test(values));
    const change = flags.reduce((sum, flag, at) => sum + Number(flag) - Number(broken.has(watched[at] as number)), 0);
    if (change > 0 && !rng.chance(NOISE)) values[slot] = before;
    else watched.forEach((i, at) => broken.set(i, flags[at] as boolean));
  }
  return null;
}

function propose({ model, pieces, watching }: Board, values: Int32Array, slot: number, rng: Rng): void {
  const local = (watching[slot] as number[])
    .map((i) => pieces[i] as Propagator)
    .filter((piece) => piece.scope.length <= LOCAL_SCOPE);
  const count = model.slots[slot]?.labels.length ?? 1;
  for (let look = 0; look < LOOKS; look++) {
    values[slot] = rng.int(0, count - 1);
    if (local.every((piece) => piece.test(values))) return;
  }
}

interface Broken {
  /** Indices of the broken pieces, in no order that means anything. */
  readonly list: readonly number[];
  has(piece: number): boolean;
  set(piece: number, isBroken: boolean): void;
}

function createBroken(flags: readonly boolean[]): Broken {
  const list = flags.flatMap((flag, i) => (flag ? [i] : []));
  const place = new Map(list.map((piece, at) => [piece, at]));
  return {
    list,
    has: (piece) => place.has(piece),
    set(piece, isBroken) {
      const at = place.get(piece);
      if (isBroken === (at !== undefined)) return;
      if (at === undefined) {
        place.set(piece, list.length);
        list.push(piece);
        return;
      }
      const last = list.pop() as number;
      place.delete(piece);
      if (last === piece) return;
      list[at] = last;
      place.set(last, at);
    },
  };
}
