import type { Key } from '../../domain/answer.ts';
import type { Node, Op, Side } from '../../domain/constraint.ts';
import { linear } from './linear.ts';
import { compareWith, type Model, OPPOSITE, type Term } from './model.ts';
import { decided, type Propagator, unary, withoutNull } from './propagator.ts';
import type { State } from './state.ts';

function termOf(model: Model, side: Side, key: Key): Term {
  const slot = model.slot(side.part, key, side.field);
  return { slot, codes: model.codes(slot, side.attr) };
}

export function relate(model: Model, node: Node<'relate'>): Propagator[] {
  return node.pairs.flatMap(([a, b]) => {
    const left = termOf(model, node.left, a);
    const right = termOf(model, node.right, b);
    return [...withoutNull([left, right]), related(left, right, node.op, node.offset)];
  });
}

/** left `op` right + offset for one pair of terms. */
function related(left: Term, right: Term, op: Op, offset: number): Propagator {
  const compare = compareWith(op);
  const opposites = (): Propagator[][] => [[related(left, right, OPPOSITE[op], offset)]];
  if (left.slot === right.slot)
    return unary(left.slot, (value) => compare(left.codes[value] as number, (right.codes[value] as number) + offset));
  const scope = [left.slot, right.slot];
  const test = (values: ArrayLike<number>): boolean =>
    compare(
      left.codes[values[left.slot] as number] as number,
      (right.codes[values[right.slot] as number] as number) + offset,
    );
  if (op === '=') return { scope, test, opposites, prune: equalizer(left, right, offset) };
  if (op === '<>') {
    const prune = (state: State): boolean => differ(state, left, right, offset) && differ(state, right, left, -offset);
    return { scope, test, opposites, wakes: 'decided', prune };
  }
  const negated = { slot: right.slot, codes: right.codes.map((code) => -code) };
  return { scope, test, opposites, prune: linear([left, negated], op, offset).prune };
}

/** Both domains keep what the other supports; there is nothing to do while neither has changed since. */
function equalizer(left: Term, right: Term, offset: number): Propagator['prune'] {
  let [seenLeft, seenRight] = [0, 0];
  return (state) => {
    if (seenLeft === state.stamp[left.slot] && seenRight === state.stamp[right.slot]) return true;
    if (!support(state, left, right, offset) || !support(state, right, left, -offset)) return false;
    [seenLeft, seenRight] = [state.stamp[left.slot] as number, state.stamp[right.slot] as number];
    return true;
  };
}

const marks = new Set<number>();

/** Keeps the candidates of `term` that some candidate of `other` equals. */
function support(state: State, term: Term, other: Term, offset: number): boolean {
  const single = decided(state, other);
  if (single !== null) return state.filter(term.slot, (value) => term.codes[value] === single + offset);
  marks.clear();
  const alive = state.alive[other.slot] as Int32Array;
  for (let i = (state.size[other.slot] as number) - 1; i >= 0; i--)
    marks.add((other.codes[alive[i] as number] as number) + offset);
  return state.filter(term.slot, (value) => marks.has(term.codes[value] as number));
}

function differ(state: State, term: Term, other: Term, offset: number): boolean {
  const single = decided(state, other);
  return single === null || state.filter(term.slot, (value) => term.codes[value] !== single + offset);
}

export function pairRule(model: Model, node: Node<'pairs'>): Propagator[] {
  const listed = new Map<number, Set<number>>();
  const add = (a: string | number, b: string | number): void => {
    const code = model.code(a);
    let set = listed.get(code);
    if (!set) listed.set(code, (set = new Set()));
    set.add(model.code(b));
  };
  for (const [a, b] of node.list ?? []) add(a, b);
  const table = node.table;
  if (table)
    for (const row of model.rows[table.name] ?? [])
      add(row[table.left] as string | number, row[table.right] as string | number);
  const allowed = (a: number, b: number): boolean => (listed.get(a)?.has(b) ?? false) === (node.mode === 'required');
  return node.pairs.flatMap(([a, b]) => {
    const left = termOf(model, node.left, a);
    const right = termOf(model, node.right, b);
    return [...withoutNull([left, right]), listedPair(left, right, allowed)];
  });
}

/** The largest product of two domains for which every candidate's support is looked for. */
const SUPPORT_LIMIT = 2000;

function listedPair(left: Term, right: Term, allowed: (a: number, b: number) => boolean): Propagator {
  return {
    scope: left.slot === right.slot ? [left.slot] : [left.slot, right.slot],
    test: (values) =>
      allowed(left.codes[values[left.slot] as number] as number, right.codes[values[right.slot] as number] as number),
    opposites: () => [[listedPair(left, right, (a, b) => !allowed(a, b))]],
    prune(state) {
      const [sizeLeft, sizeRight] = [state.size[left.slot] as number, state.size[right.slot] as number];
      if (sizeLeft > 1 && sizeRight > 1 && sizeLeft * sizeRight > SUPPORT_LIMIT) return true;
      return (
        state.filter(left.slot, (value) => some(state, right, (code) => allowed(left.codes[value] as number, code))) &&
        state.filter(right.slot, (value) => some(state, left, (code) => allowed(code, right.codes[value] as number)))
      );
    },
  };
}

function some(state: State, term: Term, holds: (code: number) => boolean): boolean {
  const alive = state.alive[term.slot] as Int32Array;
  for (let i = (state.size[term.slot] as number) - 1; i >= 0; i--)
    if (holds(term.codes[alive[i] as number] as number)) return true;
  return false;
}
