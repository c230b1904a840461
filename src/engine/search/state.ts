/** The domains of a search: for each slot a permutation of its candidates whose first `size` ones are alive. */
export interface State {
  readonly size: Int32Array;
  readonly alive: readonly Int32Array[];
  /** A number for each slot that no other domain has or had, of this state or another: what was computed from a domain holds while it stays. */
  readonly stamp: Float64Array;
  /** Slots whose domain shrank since the propagation queue last looked. */
  readonly touched: number[];
  has(slot: number, value: number): boolean;
  /** False when the domain is empty then. */
  remove(slot: number, value: number): boolean;
  assign(slot: number, value: number): boolean;
  /** Keeps the candidates for which `keep` holds. */
  filter(slot: number, keep: (value: number) => boolean): boolean;
  mark(): number;
  undo(mark: number): void;
}

/** Counts the changes of all states together, so that no stamp comes twice. */
let clock = 0;

/** Full domains with `counts[slot]` candidates each. */
export function createState(counts: readonly number[]): State {
  const size = Int32Array.from(counts);
  const alive = counts.map((count) => Int32Array.from({ length: count }, (_, i) => i));
  const place = counts.map((count) => Int32Array.from({ length: count }, (_, i) => i));
  const stamp = new Float64Array(counts.length).fill(++clock);
  const trail: number[] = [];
  const touched: number[] = [];

  function remove(slot: number, value: number): boolean {
    const at = place[slot] as Int32Array;
    const position = at[value] as number;
    const before = size[slot] as number;
    if (position >= before) return true;
    const values = alive[slot] as Int32Array;
    const last = values[before - 1] as number;
    values[position] = last;
    at[last] = position;
    values[before - 1] = value;
    at[value] = before - 1;
    trail.push(slot, before);
    size[slot] = before - 1;
    stamp[slot] = ++clock;
    touched.push(slot);
    return before > 1;
  }

  return {
    size,
    alive,
    stamp,
    touched,
    remove,
    has: (slot, value) => ((place[slot] as Int32Array)[value] as number) < (size[slot] as number),
    assign(slot, value) {
      const at = place[slot] as Int32Array;
      const position = at[value] as number;
      const before = size[slot] as number;
      if (position >= before) return false;
      if (before === 1) return true;
      const values = alive[slot] as Int32Array;
      const first = values[0] as number;
      values[position] = first;
      at[first] = position;
      values[0] = value;
      at[value] = 0;
      trail.push(slot, before);
      size[slot] = 1;
      stamp[slot] = ++clock;
      touched.push(slot);
      return true;
    },
    filter(slot, keep) {
      const values = alive[slot] as Int32Array;
      for (let i = (size[slot] as number) - 1; i >= 0; i--) {
        const value = values[i] as number;
        if (!keep(value) && !remove(slot, value)) return false;
      }
      return true;
    },
    mark: () => trail.length,
    undo(mark) {
      while (trail.length > mark) {
        const before = trail.pop() as number;
        const slot = trail.pop() as number;
        size[slot] = before;
        stamp[slot] = ++clock;
      }
      touched.length = 0;
    },
  };
}
