import type { Basic, Node, SlotCondition } from '../../domain/constraint.ts';
import { type Model, NULL, type Term } from './model.ts';
import { createCondition } from './picks.ts';
import { oppositesOf, type Propagator, unary } from './propagator.ts';
import type { State } from './state.ts';

/** Binds a node without branches; handed in, so that this file does not import the registry that imports it. */
export type BindBasic = (model: Model, node: Basic) => Propagator[];

type Truth = 'yes' | 'no' | 'open';

/** Whether all, none or some of the alive candidates satisfy `keep`. */
function truth(state: State, slot: number, keep: (value: number) => boolean): Truth {
  const alive = state.alive[slot] as Int32Array;
  const size = state.size[slot] as number;
  let kept = 0;
  for (let i = 0; i < size; i++) if (keep(alive[i] as number)) kept++;
  return kept === 0 ? 'no' : kept === size ? 'yes' : 'open';
}

interface Guard {
  readonly slot: number;
  readonly holds: (value: number) => boolean;
}

function guardOf(model: Model, { part, key, field, condition }: SlotCondition): Guard {
  const slot = model.slot(part, key, field);
  const codes = model.codes(slot, condition.attr);
  const holds = createCondition(model, condition);
  return { slot, holds: (value) => holds(codes[value] as number) };
}

/** The guards of which it is not known yet whether they hold; null where one of them does not. */
function openGuards(state: State, guards: readonly Guard[]): Guard[] | null {
  const open: Guard[] = [];
  for (const guard of guards) {
    const known = truth(state, guard.slot, guard.holds);
    if (known === 'no') return null;
    if (known === 'open') open.push(guard);
  }
  return open;
}

const allHold = (pieces: readonly Propagator[], values: ArrayLike<number>): boolean =>
  pieces.every((piece) => piece.test(values));
const scopes = (slots: readonly number[], pieces: readonly Propagator[]): number[] => [
  ...new Set([...slots, ...pieces.flatMap((piece) => piece.scope)]),
];

/** Whether the pieces already contradict the alive candidates; nothing is removed for good. */
function contradicts(state: State, pieces: readonly Propagator[]): boolean {
  const mark = state.mark();
  const pending = [...state.touched];
  const consistent = pieces.every((piece) => piece.prune(state));
  state.undo(mark);
  state.touched.push(...pending);
  return !consistent;
}

export function implies(model: Model, node: Node<'implies'>, bindBasic: BindBasic): Propagator[] {
  const guards = node.when.map((condition) => guardOf(model, condition));
  const pieces = bindBasic(model, node.then);
  return [
    {
      scope: scopes(
        guards.map((guard) => guard.slot),
        pieces,
      ),
      test: (values) => !guards.every((guard) => guard.holds(values[guard.slot] as number)) || allHold(pieces, values),
      opposites: () =>
        oppositesOf(pieces).map((broken) => [...guards.map((guard) => unary(guard.slot, guard.holds)), ...broken]),
      prune(state) {
        const open = openGuards(state, guards);
        if (open === null) return true;
        if (open.length === 0) return pieces.every((piece) => piece.prune(state));
        const last = open.length === 1 ? (open[0] as Guard) : null;
        if (!last || !contradicts(state, pieces)) return true;
        return state.filter(last.slot, (value) => !last.holds(value));
      },
    },
  ];
}

export function whenever(model: Model, node: Node<'whenever'>): Propagator[] {
  return (node.keys ?? model.keys(node.part)).map((key) => {
    const when = guardOf(model, { part: node.part, key, ...node.when });
    const then = guardOf(model, { part: node.part, key, ...node.then });
    if (when.slot === then.slot) return unary(when.slot, (value) => !when.holds(value) || then.holds(value));
    return {
      scope: [when.slot, then.slot],
      test: (values) => !when.holds(values[when.slot] as number) || then.holds(values[then.slot] as number),
      opposites: () => [[unary(when.slot, when.holds), unary(then.slot, (value) => !then.holds(value))]],
      prune(state) {
        const known = truth(state, when.slot, when.holds);
        if (known === 'yes') return state.filter(then.slot, then.holds);
        if (known === 'no' || truth(state, then.slot, then.holds) !== 'no') return true;
        return state.filter(when.slot, (value) => !when.holds(value));
      },
    };
  });
}

export function tier(model: Model, node: Node<'tier'>, bindBasic: BindBasic): Propagator[] {
  const slot = model.slot(node.on.part, node.on.key, node.on.field);
  const on: Term = { slot, codes: model.codes(slot, node.on.attr) };
  const tiers = node.tiers.map((one) => ({ ...one, pieces: one.then.flatMap((basic) => bindBasic(model, basic)) }));
  const within = (one: { from: number; until: number | null }, value: number): boolean => {
    const code = on.codes[value] as number;
    return code !== NULL && code >= one.from && (one.until === null || code < one.until);
  };
  return [
    unary(slot, (value) => tiers.some((one) => within(one, value))),
    {
      scope: scopes(
        [slot],
        tiers.flatMap((one) => one.pieces),
      ),
      test: (values) => tiers.every((one) => !within(one, values[slot] as number) || allHold(one.pieces, values)),
      opposites: () =>
        tiers.flatMap((one) =>
          oppositesOf(one.pieces).map((broken) => [unary(slot, (value) => within(one, value)), ...broken]),
        ),
      prune(state) {
        for (const one of tiers) {
          const known = truth(state, slot, (value) => within(one, value));
          if (known === 'yes') return one.pieces.every((piece) => piece.prune(state));
          if (known === 'open' && contradicts(state, one.pieces) && !state.filter(slot, (value) => !within(one, value)))
            return false;
        }
        return true;
      },
    },
  ];
}
