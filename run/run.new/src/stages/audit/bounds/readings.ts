import type { Condition, Constraint, Node, Op, SlotCondition } from '../../../domain/constraint.ts';
import { type Bound, bind } from '../../../engine/search/bind.ts';
import { codeAt, type Model, type Term } from '../../../engine/search/model.ts';
import { createCondition } from '../../../engine/search/picks.ts';
import { basicReadings } from './basic.ts';
import { type Fixed, type Measured, type Reading, single, worstOf } from './reading.ts';

/** Every number that a rule holds against a bound: those of its branches, and those that decide which branch applies. */
export function readingsOf(model: Model, node: Constraint): Reading[] {
  switch (node.kind) {
    case 'implies':
      return implies(model, node);
    case 'whenever':
      return whenever(model, node);
    case 'tier':
      return tier(model, node);
    default:
      return basicReadings(model, node);
  }
}

interface Guard {
  readonly term: Term;
  readonly condition: Condition;
  holds(values: ArrayLike<number>): boolean;
  /** A candidate with which it holds; null where there is none. */
  readonly fixed: Fixed | null;
}

function guardOf(model: Model, { part, key, field, condition }: SlotCondition): Guard {
  const slot = model.slot(part, key, field);
  const term = { slot, codes: model.codes(slot, condition.attr) };
  const keep = createCondition(model, condition);
  const value = term.codes.findIndex((code) => keep(code));
  return {
    term,
    condition,
    holds: (values) => keep(codeAt(term, values)),
    fixed: value < 0 ? null : { slot, value },
  };
}

/** Readings that only count with some slots fixed. */
function within(readings: readonly Reading[], fixed: readonly Fixed[]): Reading[] {
  const taken = new Set(fixed.map((one) => one.slot));
  return readings.map((one) => ({ ...one, fixed, slots: one.slots.filter((slot) => !taken.has(slot)) }));
}

/** The reading of a demand that stands beside others. */
const besides = (one: Reading, others: readonly Bound[]): Reading => ({
  ...one,
  slots: [...new Set([...one.slots, ...others.flatMap((other) => other.scope)])],
  breaks: (values) => one.breaks(values) + others.filter((other) => !other.test(values)).length,
});

const isPresent = <T>(one: T | null): one is T => one !== null;

const COMPLEMENT: Readonly<Record<Op, Op>> = { '<': '>=', '<=': '>', '=': '<>', '<>': '=', '>=': '<', '>': '<=' };

/** The number of a condition that brings a rule into play: the rule holds where the condition does not, so far as `isBroken`. */
function edges({ op, values }: Condition, measured: readonly Measured[]): Reading[] {
  const [bound] = values;
  return op === 'in' || op === 'not in' || typeof bound !== 'number' ? [] : worstOf(COMPLEMENT[op], bound, measured);
}

/** The term, where something holds of the answer. */
const where = (term: Term, others: readonly number[], holds: Guard['holds']): Measured => ({
  terms: [term, ...others.map((slot) => ({ slot, codes: term.codes }))],
  measure: (values) => (holds(values) ? single(term).measure(values) : null),
});

function implies(model: Model, { when, then }: Node<'implies'>): Reading[] {
  const guards = when.map((condition) => guardOf(model, condition));
  const demand = bind(model, then);
  const inner = within(basicReadings(model, then), guards.map((guard) => guard.fixed).filter(isPresent));
  const outer = guards.flatMap((guard) => {
    const others = guards.filter((other) => other !== guard);
    const applies: Guard['holds'] = (values) => !demand.test(values) && others.every((other) => other.holds(values));
    return edges(guard.condition, [where(guard.term, demand.scope, applies)]);
  });
  return [...inner, ...outer];
}

function whenever(model: Model, node: Node<'whenever'>): Reading[] {
  const rows = (node.keys ?? model.keys(node.part)).map((key) => ({
    when: guardOf(model, { part: node.part, key, ...node.when }),
    then: guardOf(model, { part: node.part, key, ...node.then }),
  }));
  const { op, values } = node.then.condition;
  const [bound] = values;
  const demands = rows.map(({ when, then }) => where(then.term, [when.term.slot], when.holds));
  const inner = op === 'in' || op === 'not in' || typeof bound !== 'number' ? [] : worstOf(op, bound, demands);
  const applied = rows.map(({ when, then }) => where(when.term, [then.term.slot], (values) => !then.holds(values)));
  return [...inner, ...edges(node.when.condition, applied)];
}

function tier(model: Model, { on, tiers }: Node<'tier'>): Reading[] {
  const slot = model.slot(on.part, on.key, on.field);
  const term = { slot, codes: model.codes(slot, on.attr) };
  const demands = tiers.map(({ then }) => then.map((node) => bind(model, node)));
  const inner = tiers.flatMap(({ from, until, then }, t) => {
    const value = term.codes.findIndex((code) => code >= from && (until === null || code < until));
    if (value < 0) return [];
    const readings = then.flatMap((node, i) => {
      const others = (demands[t] ?? []).filter((_, j) => j !== i);
      return basicReadings(model, node).map((one) => besides(one, others));
    });
    return within(readings, [{ slot, value }]);
  });
  const steps = tiers.slice(1).flatMap(({ from }, i) => {
    const [low, high] = [demands[i] ?? [], demands[i + 1] ?? []];
    const isHighBroken: Guard['holds'] = (values) => high.some((one) => !one.test(values));
    const scope = high.flatMap((one) => one.scope);
    return worstOf('<', from, [where(term, scope, isHighBroken)]).map((one) => besides(one, low));
  });
  return [...inner, ...steps];
}
