import type { Rng } from '../../util/rng.ts';
import type { Propagator } from '../search/propagator.ts';
import { type Board, isLocal } from './board.ts';
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
  for (let used = 1; used <= budget; used++) {
    if (broken.list.length === 0) return used;
    const slot = rng.pick((pieces[rng.pick(broken.list)] as Propagator).scope);
    const before = values[slot] as number;
    redraw(board, { values, slot }, rng);
    const watched = watching[slot] as number[];
    const flags = watched.map((i) => !(pieces[i] as Propagator).test(values));
    const change = flags.reduce((sum, flag, at) => sum + Number(flag) - Number(broken.has(watched[at] as number)), 0);
    if (change > 0 && !rng.chance(NOISE)) values[slot] = before;
    else for (const [at, i] of watched.entries()) broken.set(i, flags[at] as boolean);
  }
  return null;
}

/** Gives the slot a random candidate that keeps the local rules, or the last one looked at. */
function redraw(
  { model, pieces, watching }: Board,
  { values, slot }: { values: Int32Array; slot: number },
  rng: Rng,
): void {
  const local = (watching[slot] as number[]).map((i) => pieces[i] as Propagator).filter(isLocal);
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
