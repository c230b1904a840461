import type { Model } from '../../../engine/search/model.ts';
import type { Rng } from '../../../util/rng.ts';
import type { Reading } from './reading.ts';

/** The answers found nearest to a bound: just below it, on it, just above it; null where none was found on that side. */
export type Sides = Readonly<Record<Side, Probe | null>>;
export type Side = 'below' | 'at' | 'above';

export interface Probe {
  readonly values: Int32Array;
  /** What the rule reads there. */
  readonly reads: number;
}

/** Slots that are moved from one start, and candidates that are tried of each. */
const MOVES = 30;
const CANDIDATES = 40;
/** Moves in a row without a better answer, after which the next start is taken. */
const PATIENCE = 8;
/** More than any number is away from its bound: other demands come first. */
const BROKEN = 1e9;

/** Answers to begin with, and what decides the order of moves. */
export interface From {
  readonly starts: readonly Int32Array[];
  readonly rng: Rng;
}

interface Nearest {
  below: Probe | null;
  at: Probe | null;
  above: Probe | null;
}

/** Looks for answers on a bound and on both sides of it: from each start, one slot after another gets the candidate that comes nearest. */
export function reach(model: Model, reading: Reading, { starts, rng }: From): Sides {
  const nearest: Nearest = { below: null, at: null, above: null };
  if (reading.slots.length === 0) return nearest;
  for (const side of ['at', 'above', 'below'] as const) {
    for (const start of starts) {
      if (isDone(nearest, side, reading.bound)) break;
      const values = Int32Array.from(nearest[side]?.values ?? start);
      for (const { slot, value } of reading.fixed) values[slot] = value;
      approach(model, { reading, side, values, nearest }, rng);
    }
  }
  return nearest;
}

interface Walk {
  readonly reading: Reading;
  readonly side: Side;
  /** Where it is; moves as it goes. */
  readonly values: Int32Array;
  readonly nearest: Nearest;
}

function approach(model: Model, walk: Walk, rng: Rng): void {
  const { reading, side, nearest } = walk;
  let best = note(walk);
  for (let move = 0, idle = 0; move < MOVES && idle < PATIENCE && !isDone(nearest, side, reading.bound); move++) {
    const slot = rng.pick(reading.slots);
    const found = bestCandidate(model, walk, { slot, offset: rng.int(0, 1 << 20), best });
    idle = found < best ? 0 : idle + 1;
    best = found;
  }
}

/** Gives the slot the candidate that comes nearest, its own where none is as near; returns how near that is. */
function bestCandidate(
  model: Model,
  walk: Walk,
  { slot, offset, best }: { slot: number; offset: number; best: number },
): number {
  const { values } = walk;
  const count = model.slots[slot]?.labels.length ?? 0;
  let kept = values[slot] as number;
  let nearest = best;
  for (let step = 0; step < Math.min(count, CANDIDATES); step++) {
    values[slot] = (offset + step) % count;
    const found = note(walk);
    // Among equals it goes on, so that it does not stand still on a plain.
    if (found <= nearest) [nearest, kept] = [found, values[slot] as number];
  }
  values[slot] = kept;
  return nearest;
}

/** Reads the number, and keeps the answer where it is the nearest of its side so far; how far it is from the side that is wanted. */
function note(walk: Walk): number {
  const { reading, values, nearest } = walk;
  const reads = reading.read(values);
  if (reads === null) return Number.POSITIVE_INFINITY;
  const breaks = reading.breaks(values);
  if (breaks > 0) return distance(reads, walk) + breaks * BROKEN;
  const side = reads === reading.bound ? 'at' : reads < reading.bound ? 'below' : 'above';
  const known = nearest[side];
  if (!known || Math.abs(reads - reading.bound) < Math.abs(known.reads - reading.bound))
    nearest[side] = { values: Int32Array.from(values), reads };
  return distance(reads, walk);
}

/** How far a number is from the side that is wanted; 0 on the bound, or one unit beside it. */
function distance(reads: number, { reading: { bound }, side }: Walk): number {
  const gap = side === 'below' ? bound - reads : reads - bound;
  if (side === 'at') return Math.abs(gap);
  return gap > 0 ? gap - 1 : 1 - gap;
}

const isDone = (nearest: Nearest, side: Side, bound: number): boolean =>
  nearest[side] !== null && Math.abs(nearest[side].reads - bound) <= (side === 'at' ? 0 : 1);
