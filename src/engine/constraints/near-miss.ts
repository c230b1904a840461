import type { Rng } from '../../util/rng.ts';
import type { Bound } from '../search/bind.ts';
import type { Model } from '../search/model.ts';
import type { Propagator } from '../search/propagator.ts';
import { search } from '../search/solver.ts';
import { leafTest } from '../search/terms.ts';

export type NearMiss =
  /** An assignment that violates the target and nothing else. */
  | { readonly kind: 'found'; readonly values: Int32Array; readonly by: 'edit' | 'swap' | 'search' }
  /** There is none: the other constraints imply the target. */
  | { readonly kind: 'implied' }
  | { readonly kind: 'unknown' };

export interface NearMissOptions {
  readonly rng: Rng;
  /** Nodes of each search; a constraint of several pieces takes a search for each piece, at most `PIECES`. */
  readonly nodeLimit: number;
  /** Assignments that satisfy everything, to start from. */
  readonly solutions: readonly Int32Array[];
}

/** Pieces of one constraint that are searched; where it has more, it is never called implied. */
const PIECES = 24;

/** Looks for an answer that violates `target` alone: edits and swaps of solutions first, then a search for the others without one piece of it. */
export function findNearMiss(model: Model, target: Bound, others: readonly Bound[], options: NearMissOptions): NearMiss {
  const edited = byEdit(model, target, others, options);
  if (edited) return edited;
  let known = target.pieces.length <= PIECES;
  for (const piece of options.rng.sample(target.pieces, PIECES)) {
    const broken = violated(piece);
    const { solutions, complete } = search(model, [...others, { pieces: [broken], scope: broken.scope, test: broken.test }], {
      seed: options.rng.int(1, 1 << 30),
      nodeLimit: options.nodeLimit,
      solutions: 1,
      first: piece.scope,
      ...(options.solutions[0] ? { prefer: options.solutions[0] } : {}),
    });
    const [values] = solutions;
    if (values) return { kind: 'found', values, by: 'search' };
    known &&= complete;
  }
  return { kind: known ? 'implied' : 'unknown' };
}

/** The piece that holds where `piece` does not; it may propagate only once its slots are decided. */
function violated(piece: Propagator): Propagator {
  if (piece.opposite) return piece.opposite();
  const test = (values: ArrayLike<number>): boolean => !piece.test(values);
  return { scope: piece.scope, test, prune: (state) => leafTest(state, piece.scope, test) };
}

/** How many candidates of a slot are tried as an edit, from a random place on. */
const EDITS_PER_SLOT = 300;

function byEdit(model: Model, target: Bound, others: readonly Bound[], { rng, solutions }: NearMissOptions): NearMiss | null {
  const touching = model.slots.map((slot) => others.filter((bound) => bound.scope.includes(slot.index)));
  for (const solution of solutions) {
    const values = Int32Array.from(solution);
    for (const slot of rng.shuffle(target.scope)) {
      const before = values[slot] as number;
      const count = model.slots[slot]?.labels.length ?? 0;
      const offset = rng.int(0, count - 1);
      for (let step = 0; step < Math.min(EDITS_PER_SLOT, count); step++) {
        values[slot] = (offset + step) % count;
        if (!target.test(values) && (touching[slot] as Bound[]).every((bound) => bound.test(values))) return { kind: 'found', values, by: 'edit' };
      }
      values[slot] = before;
    }
    const swapped = bySwap(model, target, others, values);
    if (swapped) return swapped;
  }
  return null;
}

/** Exchanges what two slots of the same kind hold. */
function bySwap(model: Model, target: Bound, others: readonly Bound[], values: Int32Array): NearMiss | null {
  for (const a of target.scope) {
    for (const { index: b, labels } of model.slots) {
      if (a === b || labels !== model.slots[a]?.labels || values[a] === values[b]) continue;
      [values[a], values[b]] = [values[b] as number, values[a] as number];
      if (!target.test(values) && others.every((bound) => bound.test(values))) return { kind: 'found', values, by: 'swap' };
      [values[a], values[b]] = [values[b] as number, values[a] as number];
    }
  }
  return null;
}
