import type { Condition, Constraint, Node } from '../../domain/constraint.ts';
import { bind } from '../../engine/search/bind.ts';
import type { Model } from '../../engine/search/model.ts';
import { createCondition } from '../../engine/search/picks.ts';
import type { BoundRule } from './subject.ts';

/** One of the cases that a conditional rule tells apart. */
export interface Branch {
  readonly says: string;
  /** Whether an assignment falls into the branch. */
  readonly within: (values: ArrayLike<number>) => boolean;
  /** Whether any candidate falls into it at all. */
  readonly isPopulated: boolean;
  /** Whether what the branch demands is kept; null where it demands nothing. */
  readonly keeps: ((values: ArrayLike<number>) => boolean) | null;
}

/** The branches of a conditional rule; none of another. */
export function branchesOf(model: Model, { check, constraint }: BoundRule): Branch[] {
  switch (constraint.kind) {
    case 'tier':
      return tierBranches(model, check.id, constraint);
    case 'implies':
      return impliesBranches(model, check.id, constraint);
    case 'whenever':
      return wheneverBranches(model, check.id, constraint);
    default:
      return [];
  }
}

function tierBranches(model: Model, id: string, { on, tiers }: Node<'tier'>): Branch[] {
  const slot = model.slot(on.part, on.key, on.field);
  const codes = model.codes(slot, on.attr);
  return tiers.map(({ from, until, then }, i) => {
    const holdsAt = (value: number): boolean =>
      (codes[value] as number) >= from && (until === null || (codes[value] as number) < until);
    const demands = then.map((node) => bind(model, node));
    return {
      says: `tier ${i + 1} of ${id}`,
      within: (values) => holdsAt(values[slot] as number),
      isPopulated: codes.some((_, value) => holdsAt(value)),
      keeps: (values) => demands.every((demand) => demand.test(values)),
    };
  });
}

function impliesBranches(model: Model, id: string, { when, then }: Node<'implies'>): Branch[] {
  const guards = when.map(({ part, key, field, condition }) => guard(model, model.slot(part, key, field), condition));
  const demand = bind(model, then as Constraint);
  const applies = (values: ArrayLike<number>): boolean =>
    guards.every((one) => one.holdsAt(values[one.slot] as number));
  return [
    {
      says: `${id} where it applies`,
      within: applies,
      isPopulated: guards.every((one) => one.some),
      keeps: (values) => demand.test(values),
    },
    { says: `${id} where it does not apply`, within: (values) => !applies(values), isPopulated: true, keeps: null },
  ];
}

function wheneverBranches(model: Model, id: string, node: Node<'whenever'>): Branch[] {
  const keys = node.keys ?? model.keys(node.part);
  const guards = keys.map((key) => guard(model, model.slot(node.part, key, node.when.field), node.when.condition));
  const all = bind(model, node);
  const applies = (values: ArrayLike<number>): boolean => guards.some((one) => one.holdsAt(values[one.slot] as number));
  return [
    {
      says: `${id} where it applies`,
      within: applies,
      isPopulated: guards.some((one) => one.some),
      keeps: (values) => all.test(values),
    },
    { says: `${id} where it does not apply`, within: (values) => !applies(values), isPopulated: true, keeps: null },
  ];
}

function guard(
  model: Model,
  slot: number,
  condition: Condition,
): { slot: number; some: boolean; holdsAt: (value: number) => boolean } {
  const codes = model.codes(slot, condition.attr);
  const keep = createCondition(model, condition);
  return { slot, some: codes.some((code) => keep(code)), holdsAt: (value) => keep(codes[value] as number) };
}
