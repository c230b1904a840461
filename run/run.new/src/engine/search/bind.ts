import type { Basic, Constraint } from '../../domain/constraint.ts';
import { aggregate, running } from './aggregate.ts';
import { balance } from './balance.ts';
import { implies, tier, whenever } from './conditional.ts';
import { cumulative } from './cumulative.ts';
import { distinct } from './distinct.ts';
import { groupLimit } from './group-limit.ts';
import { precedence } from './intervals.ts';
import type { Model } from './model.ts';
import { noOverlap } from './no-overlap.ts';
import { pairRule, relate } from './pairs.ts';
import type { Propagator } from './propagator.ts';
import { allDifferent, each, spacing, window } from './terms.ts';

function bindBasic(model: Model, node: Basic): Propagator[] {
  switch (node.kind) {
    case 'all-different':
      return allDifferent(model, node);
    case 'relate':
      return relate(model, node);
    case 'aggregate':
      return aggregate(model, node);
    case 'distinct':
      return distinct(model, node);
    case 'group-limit':
      return groupLimit(model, node);
    case 'precedence':
      return precedence(model, node);
    case 'no-overlap':
      return noOverlap(model, node);
    case 'cumulative':
      return cumulative(model, node);
    case 'each':
      return each(model, node);
    case 'window':
      return window(model, node);
    case 'pairs':
      return pairRule(model, node);
    case 'balance':
      return balance(model, node);
    case 'spacing':
      return spacing(model, node);
    case 'running':
      return running(model, node);
  }
}

/** A constraint bound to a model: `test` is the in-memory judgement, `pieces` propagate. */
export interface Bound {
  readonly pieces: readonly Propagator[];
  readonly scope: readonly number[];
  test(values: ArrayLike<number>): boolean;
}

/** Binds a node to the slots of a model. Throws RangeError where the node names a slot or table that is not there. */
export function bind(model: Model, node: Constraint): Bound {
  const pieces = piecesOf(model, node);
  return {
    pieces,
    scope: [...new Set(pieces.flatMap((piece) => piece.scope))],
    test(values) {
      for (const piece of pieces) if (!piece.test(values)) return false;
      return true;
    },
  };
}

function piecesOf(model: Model, node: Constraint): Propagator[] {
  switch (node.kind) {
    case 'implies':
      return implies(model, node, bindBasic);
    case 'whenever':
      return whenever(model, node);
    case 'tier':
      return tier(model, node, bindBasic);
    default:
      return bindBasic(model, node);
  }
}
