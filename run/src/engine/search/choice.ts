import type { Model } from './model.ts';
import type { Slot } from './slots.ts';
import type { State } from './state.ts';
import { stream } from './stream.ts';

/** In which order a search decides slots and tries candidates. */
export interface Order {
  readonly seed: number;
  /** Candidates to try first, by slot: a solution nearby is looked for. */
  readonly prefer?: ArrayLike<number>;
  /** Slots to decide before all others. */
  readonly first?: readonly number[];
  /** Integers from the top down, and ties the other way round. */
  readonly reversed?: boolean;
}

export interface Choice {
  /** The slot to decide next; below 0 where all are decided. */
  slot(): number;
  /** The candidate of a slot to try next: the one tried last while it is alive. */
  candidate(slot: number): number;
  /** Forgets what was tried. */
  forget(): void;
}

/** Slots of `first` come before any score. */
const FIRST_BONUS = 1e9;
/** Integer slots come after all others: what they can be mostly follows. */
const INTEGERS_LAST = 1e6;

/** Chooses the open slot with the fewest candidates for its `weight` of conflicts; integer slots last, the earliest first. */
export function createChoice(
  model: Model,
  { state, weight }: { state: State; weight: Float64Array },
  order: Order,
): Choice {
  const random = stream(order.seed);
  const tried = new Int32Array(model.slots.length);
  const bonuses = new Float64Array(model.slots.length);
  for (const slot of order.first ?? []) bonuses[slot] = FIRST_BONUS;
  // By integer slot: the candidate to try first, and the stamp of the domain that it is the first one of.
  const ends = new Int32Array(model.slots.length);
  const seen = new Float64Array(model.slots.length);

  function scoreOf(slot: Slot, size: number): number {
    const bonus = bonuses[slot.index] as number;
    const weightOf = weight[slot.index] as number;
    if (slot.table !== null) return size / weightOf - bonus;
    const end = endOf(slot.index);
    return INTEGERS_LAST + (order.reversed ? -end : end) + 1 / weightOf - bonus;
  }

  /** The lowest candidate of an integer slot, the highest where the order is reversed. */
  function endOf(slot: number): number {
    const stamp = state.stamp[slot] as number;
    if (seen[slot] === stamp) return ends[slot] as number;
    const alive = state.alive[slot] as Int32Array;
    let end = alive[0] as number;
    for (let i = (state.size[slot] as number) - 1; i > 0; i--) {
      const value = alive[i] as number;
      if (order.reversed ? value > end : value < end) end = value;
    }
    seen[slot] = stamp;
    ends[slot] = end;
    return end;
  }

  function freshCandidate({ index, table }: Slot): number {
    if (table === null) return endOf(index);
    return (state.alive[index] as Int32Array)[Math.floor(random() * (state.size[index] as number))] as number;
  }

  return {
    slot() {
      let best = -1;
      let bestScore = Number.POSITIVE_INFINITY;
      for (const slot of model.slots) {
        const size = state.size[slot.index] as number;
        if (size === 1) continue;
        const score = scoreOf(slot, size);
        if (score > bestScore || (score === bestScore && !order.reversed)) continue;
        best = slot.index;
        bestScore = score;
      }
      return best;
    },
    candidate(slot) {
      const before = tried[slot] as number;
      const candidate = before >= 0 && state.has(slot, before) ? before : freshCandidate(model.slots[slot] as Slot);
      tried[slot] = candidate;
      return candidate;
    },
    forget() {
      for (const { index } of model.slots) tried[index] = order.prefer?.[index] ?? -1;
    },
  };
}
