import type { Key } from '../../domain/answer.ts';
import type { Literal, Node, Op, Side } from '../../domain/constraint.ts';
import { compareWith, OPPOSITE } from './compare.ts';
import { linear } from './linear.ts';
import { type Codes, codeAt, type Model, NULL, negative, type Term } from './model.ts';
import { decided, type Propagator, removeCode, unary, withoutNull } from './propagator.ts';
import type { State } from './state.ts';

function termOf(model: Model, side: Side, key: Key): Term {
  const slot = model.slot(side.part, key, side.field);
  return { slot, codes: model.codes(slot, side.attr) };
}

export function relate(model: Model, { pairs, left, right, op, offset }: Node<'relate'>): Propagator[] {
  return pairs.flatMap(([a, b]) => {
    const relation = { left: termOf(model, left, a), right: termOf(model, right, b), op, offset };
    return [...withoutNull([relation.left, relation.right]), related(relation)];
  });
}

/** left `op` right + offset. */
interface Relation {
  readonly left: Term;
  readonly right: Term;
  readonly op: Op;
  readonly offset: number;
}

function related(relation: Relation): Propagator {
  const { left, right, op, offset } = relation;
  const compare = compareWith(op);
  if (left.slot === right.slot)
    return unary(left.slot, (value) => compare(left.codes[value] as number, (right.codes[value] as number) + offset));
  return {
    scope: [left.slot, right.slot],
    test: (values) => compare(codeAt(left, values), codeAt(right, values) + offset),
    opposites: () => [[related({ ...relation, op: OPPOSITE[op] })]],
    ...pruning(relation),
  };
}

/** One direction of a relation: `term` against `other` + offset. */
interface Link {
  readonly term: Term;
  readonly other: Term;
  readonly offset: number;
}

function pruning({ left, right, op, offset }: Relation): Pick<Propagator, 'prune' | 'wakes'> {
  const there: Link = { term: left, other: right, offset };
  const back: Link = { term: right, other: left, offset: -offset };
  if (op === '=') return { prune: equalizer(there, back) };
  if (op === '<>') return { wakes: 'decided', prune: (state) => differ(state, there) && differ(state, back) };
  return { prune: linear([left, negative(right)], op, offset).prune };
}

/** Both domains keep what the other supports; there is nothing to do while both are as they were left. */
function equalizer(there: Link, back: Link): Propagator['prune'] {
  const [left, right] = [there.term.slot, back.term.slot];
  let seenLeft = 0;
  let seenRight = 0;
  let ranges: readonly [Range, Range] | null = null;
  return (state) => {
    if (seenLeft === state.stamp[left] && seenRight === state.stamp[right]) return true;
    ranges ??= [rangeOf(there.other.codes), rangeOf(back.other.codes)];
    if (!support(state, there, ranges[0]) || !support(state, back, ranges[1])) return false;
    seenLeft = state.stamp[left] as number;
    seenRight = state.stamp[right] as number;
    return true;
  };
}

/** The codes that are values lie in `least..least + span - 1`. */
interface Range {
  readonly least: number;
  readonly span: number;
}

function rangeOf(codes: Codes): Range {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const code of codes) {
    if (code === NULL) continue;
    if (code < least) least = code;
    if (code > most) most = code;
  }
  return { least, span: Math.max(0, most - least + 1) };
}

/** Codes that lie further apart are compared only once one side is decided. */
const WIDEST = 1 << 20;

/** By distance from the least code: the number of the last round in which a candidate had it. */
let marks = new Float64Array(1 << 10);
let round = 0;

/** Keeps the candidates of `term` that some candidate of `other` equals. */
function support(state: State, { term, other, offset }: Link, { least, span }: Range): boolean {
  const { codes } = term;
  const single = decided(state, other);
  if (single !== null) return state.filter(term.slot, (value) => codes[value] === single + offset);
  if (span > WIDEST) return true;
  if (marks.length < span) marks = new Float64Array(span * 2);
  const seen = marks;
  const now = ++round;
  const alive = state.alive[other.slot] as Int32Array;
  for (let i = (state.size[other.slot] as number) - 1; i >= 0; i--) {
    const at = (other.codes[alive[i] as number] as number) - least;
    if (at >= 0) seen[at] = now;
  }
  const first = least + offset;
  return state.filter(term.slot, (value) => {
    const at = (codes[value] as number) - first;
    return at >= 0 && at < span && seen[at] === now;
  });
}

function differ(state: State, { term, other, offset }: Link): boolean {
  const single = decided(state, other);
  return single === null || removeCode(state, term, single + offset);
}

export function pairRule(model: Model, node: Node<'pairs'>): Propagator[] {
  const isListed = createList(model, node);
  const allowed = (a: number, b: number): boolean => isListed(a, b) === (node.mode === 'required');
  return node.pairs.flatMap(([a, b]) => {
    const left = termOf(model, node.left, a);
    const right = termOf(model, node.right, b);
    return [...withoutNull([left, right]), listedPair(left, right, allowed)];
  });
}

/** Whether two codes stand beside each other in the node's list or table. */
function createList(model: Model, { list = [], table }: Node<'pairs'>): (a: number, b: number) => boolean {
  const rows = table ? (model.rows[table.name] ?? []).map((row) => [row[table.left], row[table.right]]) : [];
  const partners = new Map<number, Set<number>>();
  for (const [a, b] of [...list, ...rows] as [Literal, Literal][]) {
    const code = model.code(a);
    partners.set(code, (partners.get(code) ?? new Set<number>()).add(model.code(b)));
  }
  return (a, b) => partners.get(a)?.has(b) ?? false;
}

/** The largest product of two domains for which every candidate's support is looked for. */
const SUPPORT_LIMIT = 2000;

function listedPair(left: Term, right: Term, allowed: (a: number, b: number) => boolean): Propagator {
  let seenLeft = 0;
  let seenRight = 0;
  return {
    scope: left.slot === right.slot ? [left.slot] : [left.slot, right.slot],
    test: (values) => allowed(codeAt(left, values), codeAt(right, values)),
    opposites: () => [[listedPair(left, right, (a, b) => !allowed(a, b))]],
    prune(state) {
      const sizeLeft = state.size[left.slot] as number;
      const sizeRight = state.size[right.slot] as number;
      if (sizeLeft > 1 && sizeRight > 1 && sizeLeft * sizeRight > SUPPORT_LIMIT) return true;
      if (seenLeft === state.stamp[left.slot] && seenRight === state.stamp[right.slot]) return true;
      const isKept =
        state.filter(left.slot, (value) => some(state, right, (code) => allowed(left.codes[value] as number, code))) &&
        state.filter(right.slot, (value) => some(state, left, (code) => allowed(code, right.codes[value] as number)));
      if (!isKept) return false;
      seenLeft = state.stamp[left.slot] as number;
      seenRight = state.stamp[right.slot] as number;
      return true;
    },
  };
}

function some(state: State, term: Term, holds: (code: number) => boolean): boolean {
  const alive = state.alive[term.slot] as Int32Array;
  for (let i = (state.size[term.slot] as number) - 1; i >= 0; i--)
    if (holds(term.codes[alive[i] as number] as number)) return true;
  return false;
}
