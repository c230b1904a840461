import type { Rng } from '../../util/rng.ts';
import type { Propagator } from '../search/propagator.ts';
import type { Board } from './board.ts';
import { playGreedy } from './players.ts';

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
  const faults: number[] = [];
  for (let used = 1; used <= budget; used++) {
    if (broken.list.length === 0) return used;
    const slot = rng.pick((pieces[rng.pick(broken.list)] as Propagator).scope);
    const before = values[slot] as number;
    redraw(board, { values, slot }, rng);
    const watched = watching[slot] as number[];
    if (!isWorse(board, { values, slot, broken, faults }))
      watched.forEach((i, at) => void broken.set(i, faults[at] === 1));
    else if (!rng.chance(NOISE)) values[slot] = before;
    else for (const i of watched) broken.set(i, !(pieces[i] as Propagator).test(values));
  }
  return null;
}

interface Move {
  readonly values: Int32Array;
  /** The slot that was changed. */
  readonly slot: number;
  /** What was broken before. */
  readonly broken: Broken;
  /** Takes, for each piece that watches the slot, whether it is broken, 1 or 0: whole where the move is not worse. */
  readonly faults: number[];
}

/** Whether more is broken than before; looks no further once that is certain. */
function isWorse({ pieces, watching }: Board, { values, slot, broken, faults }: Move): boolean {
  const watched = watching[slot] as number[];
  // Less what was broken of them before, all of which the change may have mended.
  let change = 0;
  for (const i of watched) change -= Number(broken.has(i));
  for (let at = 0; at < watched.length; at++) {
    const fault = Number(!(pieces[watched[at] as number] as Propagator).test(values));
    faults[at] = fault;
    change += fault;
    if (change > 0) return true;
  }
  return false;
}

/** Gives the slot a random candidate that keeps the local rules, or the last one looked at. */
function redraw({ model, local }: Board, { values, slot }: { values: Int32Array; slot: number }, rng: Rng): void {
  const rules = local[slot] as readonly Propagator[];
  const count = model.slots[slot]?.labels.length ?? 1;
  for (let look = 0; look < LOOKS; look++) {
    values[slot] = rng.int(0, count - 1);
    if (keepsAll(rules, values)) return;
  }
}

function keepsAll(rules: readonly Propagator[], values: Int32Array): boolean {
  for (const rule of rules) if (!rule.test(values)) return false;
  return true;
}

interface Broken {
  /** Indices of the broken pieces, in no order that means anything. */
  readonly list: readonly number[];
  has(piece: number): boolean;
  set(piece: number, isBroken: boolean): void;
}

const NOWHERE = -1;

function createBroken(flags: readonly boolean[]): Broken {
  const list = flags.flatMap((flag, i) => (flag ? [i] : []));
  const place = new Int32Array(flags.length).fill(NOWHERE);
  list.forEach((piece, at) => {
    place[piece] = at;
  });
  const has = (piece: number): boolean => place[piece] !== NOWHERE;
  return {
    list,
    has,
    set(piece, isBroken) {
      if (isBroken === has(piece)) return;
      if (isBroken) {
        place[piece] = list.length;
        list.push(piece);
        return;
      }
      const at = place[piece] as number;
      const last = list.pop() as number;
      place[piece] = NOWHERE;
      if (last === piece) return;
      list[at] = last;
      place[last] = at;
    },
  };
}
