import type { Rng } from '../../util/rng.ts';
import type { Bound } from '../search/bind.ts';
import type { Model } from '../search/model.ts';
import { oppositesOf } from '../search/propagator.ts';
import { createGround, searchFrom } from '../search/solver.ts';

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

/** What is looked for: an assignment that violates `target` and keeps the others. */
export interface NearMissAim {
  readonly model: Model;
  readonly target: Bound;
  readonly others: readonly Bound[];
}

/** Looks for an answer that violates `target` alone: edits and swaps of solutions first, then a search for the others with the target broken in one way. */
export function findNearMiss(aim: NearMissAim, options: NearMissOptions): NearMiss {
  const { hint } = options;
  if (hint && isMiss(aim, hint)) return { kind: 'found', values: hint, by: 'hint' };
  return byEdit(aim, options) ?? bySearch(aim, options);
}

const isMiss = ({ target, others }: NearMissAim, values: Int32Array): boolean =>
  !target.test(values) && others.every((bound) => bound.test(values));

function bySearch({ model, target, others }: NearMissAim, { rng, ...options }: NearMissOptions): NearMiss {
  const ways = oppositesOf(target.pieces);
  let known = ways.length <= options.ways;
  let left = options.nodeLimit;
  const ground = createGround(model, others);
  for (const pieces of rng.sample(ways, options.ways)) {
    const scope = [...new Set(pieces.flatMap((piece) => piece.scope))];
    const broken: Bound = { pieces, scope, test: (values) => pieces.every((piece) => piece.test(values)) };
    const { solutions, complete, nodes } = searchFrom(ground, [broken], {
      seed: rng.int(1, 1 << 30),
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

function byEdit(aim: NearMissAim, { rng, solutions }: NearMissOptions): NearMiss | null {
  const touching = aim.model.slots.map(({ index }) => aim.others.filter((bound) => bound.scope.includes(index)));
  for (const solution of solutions) {
    const values = Int32Array.from(solution);
    for (const slot of rng.shuffle(aim.target.scope)) {
      const near = { ...aim, others: touching[slot] as Bound[] };
      if (edit(near, { values, slot }, rng)) return { kind: 'found', values, by: 'edit' };
    }
    if (swap(aim, values)) return { kind: 'found', values, by: 'swap' };
  }
  return null;
}

/** How many candidates of a slot are tried as an edit, from a random place on. */
const EDITS_PER_SLOT = 300;

/** Changes the slot so that `values` is a near miss; false, and all as it was, where no candidate makes it one. */
function edit(aim: NearMissAim, { values, slot }: { values: Int32Array; slot: number }, rng: Rng): boolean {
  const before = values[slot] as number;
  const count = aim.model.slots[slot]?.labels.length ?? 0;
  const offset = rng.int(0, count - 1);
  for (let step = 0; step < Math.min(EDITS_PER_SLOT, count); step++) {
    values[slot] = (offset + step) % count;
    if (isMiss(aim, values)) return true;
  }
  values[slot] = before;
  return false;
}

/** Exchanges what two slots of the same kind hold, so that `values` is a near miss; false, and all as it was, where no two do. */
function swap(aim: NearMissAim, values: Int32Array): boolean {
  const { slots } = aim.model;
  for (const a of aim.target.scope) {
    for (const { index: b, labels } of slots) {
      if (a === b || labels !== slots[a]?.labels || values[a] === values[b]) continue;
      [values[a], values[b]] = [values[b] as number, values[a] as number];
      if (isMiss(aim, values)) return true;
      [values[a], values[b]] = [values[b] as number, values[a] as number];
    }
  }
  return false;
}
