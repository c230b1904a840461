import type { Rng } from '../../util/rng.ts';
import type { Bound } from '../search/bind.ts';
import type { Model } from '../search/model.ts';
import { oppositesOf } from '../search/propagator.ts';
import { search } from '../search/solver.ts';

export type NearMiss =
  /** An assignment that violates the target and nothing else. */
  | { readonly kind: 'found'; readonly values: Int32Array; readonly by: 'hint' | 'edit' | 'swap' | 'search' }
  /** There is none: the other constraints imply the target. */
  | { readonly kind: 'implied' }
  | { readonly kind: 'unknown' };

export interface NearMissOptions {
  readonly rng: Rng;
  /** Nodes of all searches together; there is one for each way to break the constraint, at most `ways`, drawn at random where there are more. */
  readonly nodeLimit: number;
  readonly ways: number;
  /** Assignments that satisfy everything, to start from. */
  readonly solutions: readonly Int32Array[];
  /** An assignment that was a near miss once, and may still be one. */
  readonly hint?: Int32Array | undefined;
}

/** Looks for an answer that violates `target` alone: edits and swaps of solutions first, then a search for the others with the target broken in one way. */
export function findNearMiss(
  model: Model,
  target: Bound,
  others: readonly Bound[],
  options: NearMissOptions,
): NearMiss {
  const { hint } = options;
  if (hint && !target.test(hint) && others.every((bound) => bound.test(hint)))
    return { kind: 'found', values: hint, by: 'hint' };
  const edited = byEdit(model, target, others, options);
  if (edited) return edited;
  const ways = oppositesOf(target.pieces);
  let known = ways.length <= options.ways;
  let left = options.nodeLimit;
  for (const pieces of options.rng.sample(ways, options.ways)) {
    const scope = [...new Set(pieces.flatMap((piece) => piece.scope))];
    const broken: Bound = { pieces, scope, test: (values) => pieces.every((piece) => piece.test(values)) };
    const { solutions, complete, nodes } = search(model, [...others, broken], {
      seed: options.rng.int(1, 1 << 30),
      nodeLimit: left,
      solutions: 1,
      first: scope,
      ...(options.solutions[0] ? { prefer: options.solutions[0] } : {}),
    });
    const [values] = solutions;
    if (values && !target.test(values)) return { kind: 'found', values, by: 'search' };
    known &&= complete && !values;
    left = Math.max(1, left - nodes);
  }
  return { kind: known ? 'implied' : 'unknown' };
}

/** How many candidates of a slot are tried as an edit, from a random place on. */
const EDITS_PER_SLOT = 300;

function byEdit(
  model: Model,
  target: Bound,
  others: readonly Bound[],
  { rng, solutions }: NearMissOptions,
): NearMiss | null {
  const touching = model.slots.map((slot) => others.filter((bound) => bound.scope.includes(slot.index)));
  for (const solution of solutions) {
    const values = Int32Array.from(solution);
    for (const slot of rng.shuffle(target.scope)) {
      const before = values[slot] as number;
      const count = model.slots[slot]?.labels.length ?? 0;
      const offset = rng.int(0, count - 1);
      for (let step = 0; step < Math.min(EDITS_PER_SLOT, count); step++) {
        values[slot] = (offset + step) % count;
        if (!target.test(values) && (touching[slot] as Bound[]).every((bound) => bound.test(values)))
          return { kind: 'found', values, by: 'edit' };
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
      if (!target.test(values) && others.every((bound) => bound.test(values)))
        return { kind: 'found', values, by: 'swap' };
      [values[a], values[b]] = [values[b] as number, values[a] as number];
    }
  }
  return null;
}
