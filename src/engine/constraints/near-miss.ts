import type { Constraint } from '../../domain/constraint.ts';
import type { Rng } from '../../util/rng.ts';
import { type Bound, bind } from '../search/bind.ts';
import type { Model } from '../search/model.ts';
import { search } from '../search/solver.ts';
import { leafTest } from '../search/terms.ts';
import { negate } from './negate.ts';

export type NearMiss =
  /** An assignment that violates the target and nothing else. */
  | { readonly kind: 'found'; readonly values: Int32Array; readonly by: 'edit' | 'swap' | 'search' }
  /** There is none: the other constraints imply the target. */
  | { readonly kind: 'implied' }
  | { readonly kind: 'unknown' };

export interface NearMissOptions {
  readonly rng: Rng;
  readonly nodeLimit: number;
  /** Assignments that satisfy everything, to start from. */
  readonly solutions: readonly Int32Array[];
}

/** Looks for an answer that violates `target` alone: edits and swaps of solutions first, then a search for the others without it. */
export function findNearMiss(model: Model, target: { node: Constraint; bound: Bound }, others: readonly Bound[], options: NearMissOptions): NearMiss {
  const edited = byEdit(model, target.bound, others, options);
  if (edited) return edited;
  const opposite = negate(target.node);
  const broken: Bound = opposite ? bind(model, opposite) : violated(target.bound);
  const seed = options.rng.int(1, 1 << 30);
  const { solutions, complete } = search(model, [...others, broken], {
    seed,
    nodeLimit: options.nodeLimit,
    solutions: 1,
    first: target.bound.scope,
    ...(options.solutions[0] ? { prefer: options.solutions[0] } : {}),
  });
  const values = solutions[0];
  if (values && !target.bound.test(values)) return { kind: 'found', values, by: 'search' };
  return { kind: complete && !values ? 'implied' : 'unknown' };
}

/** Holds where `bound` does not; propagates only once its slots are decided. */
function violated(bound: Bound): Bound {
  const test = (values: ArrayLike<number>): boolean => !bound.test(values);
  return { scope: bound.scope, test, pieces: [{ scope: bound.scope, test, prune: (state) => leafTest(state, bound.scope, test) }] };
}

/** How many candidates of a slot are tried as an edit. */
const EDITS_PER_SLOT = 40;

function byEdit(model: Model, target: Bound, others: readonly Bound[], { rng, solutions }: NearMissOptions): NearMiss | null {
  const touching = model.slots.map((slot) => others.filter((bound) => bound.scope.includes(slot.index)));
  for (const solution of solutions) {
    const values = Int32Array.from(solution);
    for (const slot of rng.shuffle(target.scope)) {
      const before = values[slot] as number;
      const count = model.slots[slot]?.labels.length ?? 0;
      for (let tries = Math.min(EDITS_PER_SLOT, count); tries > 0; tries--) {
        values[slot] = rng.int(0, count - 1);
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
