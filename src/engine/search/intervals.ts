import type { Key } from '../../domain/answer.ts';
import type { Intervals, Node } from '../../domain/constraint.ts';
import { linear } from './linear.ts';
import { type Codes, type Model, NULL, type Term } from './model.ts';
import { decided, highest, lowest, type Propagator, scopeOf, withoutNull } from './propagator.ts';
import type { State } from './state.ts';

interface Interval {
  readonly key: Key;
  readonly start: Term;
  readonly duration: Term;
}

function intervalsOf(model: Model, { part, start, duration, keys }: Intervals): Interval[] {
  return (keys ?? model.keys(part)).map((key) => intervalAt(model, { part, start, duration }, key));
}

function intervalAt(model: Model, { part, start, duration }: Omit<Intervals, 'keys'>, key: Key): Interval {
  const at = model.slot(part, key, start);
  const of = model.slot(part, key, duration.field);
  return {
    key,
    start: { slot: at, codes: model.codes(at, {}) },
    duration: { slot: of, codes: model.codes(of, duration.attr) },
  };
}

export function precedence(model: Model, node: Node<'precedence'>): Propagator[] {
  return node.pairs.flatMap(([before, after]) => {
    const first = intervalAt(model, node.intervals, before);
    const second = intervalAt(model, node.intervals, after);
    const terms = [second.start, negative(first.start), negative(first.duration)];
    return [...withoutNull([first.duration]), linear(terms, '>=', node.lag)];
  });
}

const negative = ({ slot, codes }: Term): Term => ({
  slot,
  codes: codes.map((code) => (code === NULL ? NULL : -code)),
});

interface Booked extends Interval {
  readonly resource: Term | null;
}

export function noOverlap(model: Model, node: Node<'no-overlap'>): Propagator[] {
  const items: Booked[] = intervalsOf(model, node.intervals).map((interval) => ({
    ...interval,
    resource: resourceOf(model, node, interval.key),
  }));
  const setup = setupTimes(model, node);
  const pieces = withoutNull(
    items.flatMap((item) => (item.resource ? [item.duration, item.resource] : [item.duration])),
  );
  for (let i = 0; i < items.length; i++) {
    for (let j = i + 1; j < items.length; j++) {
      const [a, b] = [items[i] as Booked, items[j] as Booked];
      pieces.push(disjoint(a, b, setup(a.key, b.key), setup(b.key, a.key)));
    }
  }
  return pieces;
}

function resourceOf(model: Model, { resource, intervals }: Node<'no-overlap'>, key: Key): Term | null {
  if (!resource) return null;
  const slot = model.slot(intervals.part, key, resource.field);
  return { slot, codes: model.codes(slot, resource.attr) };
}

/** The set-up time between two answer keys, in the order in which they run. */
function setupTimes(model: Model, { setup }: Node<'no-overlap'>): (first: Key, second: Key) => number {
  if (!setup) return () => 0;
  const { family, table, from, to, column } = setup;
  const families = new Map((model.rows[family.table] ?? []).map((row) => [row[family.key], row[family.column]]));
  const times = new Map((model.rows[table] ?? []).map((row) => [`${row[from]}\u0000${row[to]}`, row[column]]));
  return (first, second) => Number(times.get(`${families.get(first)}\u0000${families.get(second)}`) ?? 0);
}

/** Two bookings that must not overlap where they have the same resource. `ab` is the set-up time when a runs first. */
function disjoint(a: Booked, b: Booked, ab: number, ba: number): Propagator {
  const scope = scopeOf([
    a.start,
    a.duration,
    b.start,
    b.duration,
    ...(a.resource && b.resource ? [a.resource, b.resource] : []),
  ]);
  const at = (term: Term, values: ArrayLike<number>): number => term.codes[values[term.slot] as number] as number;

  function test(values: ArrayLike<number>): boolean {
    if (a.resource && b.resource && at(a.resource, values) !== at(b.resource, values)) return true;
    const [startA, startB] = [at(a.start, values), at(b.start, values)];
    return startA + at(a.duration, values) + ab <= startB || startB + at(b.duration, values) + ba <= startA;
  }

  function prune(state: State): boolean {
    const resourceA = a.resource ? decided(state, a.resource) : 0;
    const resourceB = b.resource ? decided(state, b.resource) : 0;
    if (resourceA !== null && resourceB !== null && resourceA !== resourceB) return true;
    if (resourceA === null && resourceB === null) return true;
    const lowA = lowest(state, a.start, 0);
    const lowB = lowest(state, b.start, 0);
    const durationA = lowest(state, a.duration, 0);
    const durationB = lowest(state, b.duration, 0);
    const canA = lowA + durationA + ab <= highest(state, b.start, 0);
    const canB = lowB + durationB + ba <= highest(state, a.start, 0);
    if (!canA && !canB) return apart(state, resourceA, resourceB);
    if (resourceA === null || resourceB === null) return true;
    return order(state, { a, b, ab, ba, canA, canB, durationA, durationB });
  }

  /** Neither order fits, so the resources differ. */
  function apart(state: State, resourceA: number | null, resourceB: number | null): boolean {
    if (!a.resource || !b.resource || (resourceA !== null && resourceB !== null)) return false;
    const [open, taken] = resourceA === null ? [a.resource, resourceB] : [b.resource, resourceA];
    return state.filter(open.slot, (value) => open.codes[value] !== taken);
  }

  return { scope, test, prune };
}

interface Order {
  readonly a: Booked;
  readonly b: Booked;
  readonly ab: number;
  readonly ba: number;
  readonly canA: boolean;
  readonly canB: boolean;
  readonly durationA: number;
  readonly durationB: number;
}

/** Both are on one resource: starts that fit in neither order go. */
function order(state: State, { a, b, ab, ba, canA, canB, durationA, durationB }: Order): boolean {
  const [lowA, highA] = [lowest(state, a.start, 0), highest(state, a.start, 0)];
  const [lowB, highB] = [lowest(state, b.start, 0), highest(state, b.start, 0)];
  const keepB = (code: number): boolean =>
    (canA && code >= lowA + durationA + ab) || (canB && code + durationB + ba <= highA);
  const keepA = (code: number): boolean =>
    (canB && code >= lowB + durationB + ba) || (canA && code + durationA + ab <= highB);
  return (
    state.filter(b.start.slot, (value) => keepB(b.start.codes[value] as number)) &&
    state.filter(a.start.slot, (value) => keepA(a.start.codes[value] as number)) &&
    fits(state, a, b, ab, ba)
  );
}

/** With both starts decided the durations must fit one of the orders. */
function fits(state: State, a: Booked, b: Booked, ab: number, ba: number): boolean {
  const [startA, startB] = [decided(state, a.start), decided(state, b.start)];
  if (startA === null || startB === null) return true;
  const fitsA = startA + lowest(state, a.duration, 0) + ab <= startB;
  const fitsB = startB + lowest(state, b.duration, 0) + ba <= startA;
  if (!fitsA && !fitsB) return false;
  if (fitsA && fitsB) return true;
  const [first, room] = fitsA ? [a, startB - startA - ab] : [b, startA - startB - ba];
  return state.filter(first.duration.slot, (value) => (first.duration.codes[value] as number) <= room);
}

interface Running extends Interval {
  readonly demand: Codes;
  readonly demandSlot: number;
}

export function cumulative(model: Model, node: Node<'cumulative'>): Propagator[] {
  const items: Running[] = intervalsOf(model, node.intervals).map((interval) => {
    const demandSlot = model.slot(node.intervals.part, interval.key, node.demand.field);
    return { ...interval, demandSlot, demand: model.codes(demandSlot, node.demand.attr) };
  });
  const terms = items.flatMap((item) => [item.start, item.duration, { slot: item.demandSlot, codes: item.demand }]);
  return [...withoutNull(terms), stacked(items, scopeOf(terms), node.capacity)];
}

function stacked(items: readonly Running[], scope: readonly number[], capacity: number): Propagator {
  function test(values: ArrayLike<number>): boolean {
    for (const moment of items) {
      const now = moment.start.codes[values[moment.start.slot] as number] as number;
      let sum = 0;
      for (const item of items) {
        const start = item.start.codes[values[item.start.slot] as number] as number;
        const duration = item.duration.codes[values[item.duration.slot] as number] as number;
        if (start <= now && now < start + duration) sum += item.demand[values[item.demandSlot] as number] as number;
      }
      if (sum > capacity) return false;
    }
    return true;
  }

  /** Time-table propagation: what certainly runs at a moment is stacked, and starts that would exceed the capacity go. */
  function prune(state: State): boolean {
    const profile = new Map<number, number>();
    const sure = items.map((item) => {
      const latest = highest(state, item.start, 0);
      const ends = lowest(state, item.start, 0) + lowest(state, item.duration, 0);
      const demand = lowest(state, { slot: item.demandSlot, codes: item.demand }, 0);
      for (let t = latest; t < ends; t++) profile.set(t, (profile.get(t) ?? 0) + demand);
      return { latest, ends, demand };
    });
    for (const load of profile.values()) if (load > capacity) return false;
    if (profile.size === 0) return true;
    for (let i = 0; i < items.length; i++) {
      const item = items[i] as Running;
      if (state.size[item.start.slot] === 1) continue;
      const { latest, ends, demand } = sure[i] as (typeof sure)[number];
      const duration = lowest(state, item.duration, 0);
      const free = (value: number): boolean => {
        const start = item.start.codes[value] as number;
        for (let t = start; t < start + duration; t++) {
          const others = (profile.get(t) ?? 0) - (t >= latest && t < ends ? demand : 0);
          if (others + demand > capacity) return false;
        }
        return true;
      };
      if (!state.filter(item.start.slot, free)) return false;
    }
    return true;
  }

  return { scope, test, prune };
}
