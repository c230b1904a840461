import type { Rng } from '../../util/rng.ts';
import type { Model } from '../search/model.ts';
import type { Propagator } from '../search/propagator.ts';
import type { Slot } from '../search/slots.ts';
import type { Board } from './board.ts';

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

/**
 * Fills slot after slot with a random candidate that breaks none of the rules about one or two slots, where there is one;
 * never takes a decision back and does not look at the other rules.
 */
export function playInformed({ model, decidesLocally }: Board, rng: Rng): Int32Array {
  return fill(model, decidesLocally, rng);
}

/** The same, but with every rule whose slots are all filled by then, and the candidate that breaks the fewest. */
export function playGreedy({ model, decides }: Board, rng: Rng): Int32Array {
  return fill(model, decides, rng);
}

/** Fills the slots in their order; `minded` are the rules that are looked at for each. */
function fill({ slots }: Model, minded: readonly (readonly Propagator[])[], rng: Rng): Int32Array {
  const values = new Int32Array(slots.length).fill(-1);
  for (const slot of slots)
    values[slot.index] = fewestBroken(slot, { values, decided: minded[slot.index] as readonly Propagator[] }, rng);
  return values;
}

interface Decision {
  readonly values: Int32Array;
  /** The rules that the slot decides: all their other slots are filled. */
  readonly decided: readonly Propagator[];
}

/** The candidate that breaks the fewest of the rules, the first such one from a random place on. */
function fewestBroken({ index, labels }: Slot, { values, decided }: Decision, rng: Rng): number {
  let best = 0;
  let bestBroken = Number.POSITIVE_INFINITY;
  const offset = rng.int(0, labels.length - 1);
  for (let step = 0; step < labels.length && bestBroken > 0; step++) {
    const value = (offset + step) % labels.length;
    values[index] = value;
    let broken = 0;
    for (const piece of decided) if (!piece.test(values) && ++broken >= bestBroken) break;
    if (broken < bestBroken) [best, bestBroken] = [value, broken];
  }
  return best;
}
