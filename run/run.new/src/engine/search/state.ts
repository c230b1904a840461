/** The domains of a search: for each slot a permutation of its candidates whose first `size` ones are alive. */
export interface State {
  readonly size: Int32Array;
  readonly alive: readonly Int32Array[];
  /** A number for each slot that no other domain has or had, of this state or another: what was computed from a domain holds where it stands again. */
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

function countUp(count: number): Int32Array {
  const values = new Int32Array(count);
  for (let i = 0; i < count; i++) values[i] = i;
  return values;
}

/** Full domains with `counts[slot]` candidates each. */
export function createState(counts: readonly number[]): State {
  const size = Int32Array.from(counts);
  const alive = counts.map(countUp);
  const place = alive.map((values) => values.slice());
  const stamp = new Float64Array(counts.length).fill(++clock);
  // Slot, size and stamp before each change.
  const trail: number[] = [];
  const touched: number[] = [];

  /** Puts a candidate in the place `to` of its slot; what stood there takes its place. */
  function move(slot: number, value: number, to: number): void {
    const values = alive[slot] as Int32Array;
    const at = place[slot] as Int32Array;
    const from = at[value] as number;
    const other = values[to] as number;
    values[from] = other;
    at[other] = from;
    values[to] = value;
    at[value] = to;
  }

  function shrink(slot: number, to: number): void {
    trail.push(slot, size[slot] as number, stamp[slot] as number);
    size[slot] = to;
    stamp[slot] = ++clock;
    touched.push(slot);
  }

  const has = (slot: number, value: number): boolean =>
    ((place[slot] as Int32Array)[value] as number) < (size[slot] as number);

  function remove(slot: number, value: number): boolean {
    if (!has(slot, value)) return true;
    const left = (size[slot] as number) - 1;
    move(slot, value, left);
    shrink(slot, left);
    return left > 0;
  }

  return {
    size,
    alive,
    stamp,
    touched,
    has,
    remove,
    assign(slot, value) {
      if (!has(slot, value)) return false;
      if (size[slot] === 1) return true;
      move(slot, value, 0);
      shrink(slot, 1);
      return true;
    },
    filter(slot, keep) {
      const values = alive[slot] as Int32Array;
      const before = size[slot] as number;
      let left = before;
      for (let i = before - 1; i >= 0; i--) {
        const value = values[i] as number;
        if (!keep(value)) move(slot, value, --left);
      }
      if (left < before) shrink(slot, left);
      return left > 0;
    },
    mark: () => trail.length,
    undo(mark) {
      while (trail.length > mark) {
        const before = trail.pop() as number;
        const left = trail.pop() as number;
        const slot = trail.pop() as number;
        // The domain is the one that had this stamp: what was computed from it holds again.
        stamp[slot] = before;
        size[slot] = left;
      }
      touched.length = 0;
    },
  };
}
