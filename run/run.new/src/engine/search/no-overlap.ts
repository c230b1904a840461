import type { Key } from '../../domain/answer.ts';
import type { Node } from '../../domain/constraint.ts';
import { pairsOf } from '../../util/pairs.ts';
import { type Interval, intervalsOf } from './intervals.ts';
import { codeAt, type Model, type Term } from './model.ts';
import { createEnds, decided, type Ends, type Propagator, scopeOf, withoutNull } from './propagator.ts';
import type { State } from './state.ts';

interface Booking extends Interval {
  /** What is booked; null where there is one resource for all. */
  readonly resource: Term | null;
  readonly starts: (state: State) => Ends;
  readonly lasts: (state: State) => Ends;
}

/** Two bookings, and the set-up times between them: `ab` where a runs first, `ba` where b does. */
interface Couple {
  readonly a: Booking;
  readonly b: Booking;
  readonly ab: number;
  readonly ba: number;
}

export function noOverlap(model: Model, node: Node<'no-overlap'>): Propagator[] {
  const bookings = intervalsOf(model, node.intervals).map(
    (interval): Booking => ({
      ...interval,
      resource: resourceOf(model, node, interval.key),
      starts: createEnds(interval.start),
      lasts: createEnds(interval.duration),
    }),
  );
  const setup = setupTimes(model, node);
  return [
    ...withoutNull(bookings.flatMap(({ duration, resource }) => (resource ? [duration, resource] : [duration]))),
    ...pairsOf(bookings).map(([a, b]) => disjoint({ a, b, ab: setup(a.key, b.key), ba: setup(b.key, a.key) })),
  ];
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

/** Two bookings that must not overlap where they have the same resource. */
function disjoint(couple: Couple): Propagator {
  const { a, b } = couple;
  const resources = a.resource && b.resource ? [a.resource, b.resource] : [];
  return {
    scope: scopeOf([a.start, a.duration, b.start, b.duration, ...resources]),
    test: (values) => isApart(couple, values),
    prune: (state) => keepApart(state, couple),
  };
}

function isApart({ a, b, ab, ba }: Couple, values: ArrayLike<number>): boolean {
  if (a.resource && b.resource && codeAt(a.resource, values) !== codeAt(b.resource, values)) return true;
  const startA = codeAt(a.start, values);
  const startB = codeAt(b.start, values);
  return startA + codeAt(a.duration, values) + ab <= startB || startB + codeAt(b.duration, values) + ba <= startA;
}

function keepApart(state: State, couple: Couple): boolean {
  const sharing = sharingOf(state, couple);
  if (sharing === 'moot') return true;
  const { a, b, ab, ba } = couple;
  const startA = a.starts(state);
  const startB = b.starts(state);
  // The earliest start of the second one where a runs first, and where b does, by the shortest durations.
  const afterA = startA.low + a.lasts(state).low + ab;
  const afterB = startB.low + b.lasts(state).low + ba;
  const orders = { afterA, afterB, aFirst: afterA <= startB.high, bFirst: afterB <= startA.high };
  if (!orders.aFirst && !orders.bFirst) return sharing === 'open' && part(state, couple);
  return sharing === 'open' || order(state, couple, orders);
}

/** `same`: one resource for both; `open`: one of them is decided; `moot`: they differ, or neither is decided, and nothing follows. */
type Sharing = 'same' | 'open' | 'moot';

function sharingOf(state: State, { a, b }: Couple): Sharing {
  if (!a.resource || !b.resource) return 'same';
  const resourceA = decided(state, a.resource);
  const resourceB = decided(state, b.resource);
  if (resourceA === resourceB) return resourceA === null ? 'moot' : 'same';
  return resourceA === null || resourceB === null ? 'open' : 'moot';
}

/** Neither order fits, so the resource that is open is not the one that is decided. */
function part(state: State, { a, b }: Couple): boolean {
  if (!a.resource || !b.resource) return false;
  const takenA = decided(state, a.resource);
  const [open, taken] = takenA === null ? [a.resource, decided(state, b.resource)] : [b.resource, takenA];
  return state.filter(open.slot, (value) => open.codes[value] !== taken);
}

/** Which orders still fit, and when the second one can start in each. */
interface Orders {
  readonly aFirst: boolean;
  readonly bFirst: boolean;
  readonly afterA: number;
  readonly afterB: number;
}

/** Both are on one resource: starts that fit in neither order go. */
function order(state: State, couple: Couple, { aFirst, bFirst, afterA, afterB }: Orders): boolean {
  const { a, b } = couple;
  const startsA = a.starts(state);
  const startsB = b.starts(state);
  // Starting later than this, a second one does not fit before the other's latest start.
  const lastA = startsB.high - (afterA - startsA.low);
  const lastB = startsA.high - (afterB - startsB.low);
  return (
    keepStarts(state, b, { from: aFirst ? afterA : null, until: bFirst ? lastB : null }) &&
    keepStarts(state, a, { from: bFirst ? afterB : null, until: aFirst ? lastA : null }) &&
    keepRoom(state, couple)
  );
}

/** Keeps the starts that are not before `from`, or not after `until`; null allows none. */
function keepStarts(
  state: State,
  { start, starts }: Booking,
  { from, until }: { from: number | null; until: number | null },
): boolean {
  const { low, high } = starts(state);
  const early = from ?? Number.POSITIVE_INFINITY;
  const late = until ?? Number.NEGATIVE_INFINITY;
  // Nothing lies between the two.
  if (low >= early || high <= late || early <= late + 1) return true;
  const { codes } = start;
  return state.filter(start.slot, (value) => (codes[value] as number) >= early || (codes[value] as number) <= late);
}

/** With both starts decided the durations must fit one of the orders. */
function keepRoom(state: State, { a, b, ab, ba }: Couple): boolean {
  const startA = decided(state, a.start);
  const startB = decided(state, b.start);
  if (startA === null || startB === null) return true;
  const fitsA = startA + a.lasts(state).low + ab <= startB;
  const fitsB = startB + b.lasts(state).low + ba <= startA;
  if (!fitsA && !fitsB) return false;
  if (fitsA && fitsB) return true;
  const [first, room] = fitsA ? [a, startB - startA - ab] : [b, startA - startB - ba];
  return state.filter(first.duration.slot, (value) => (first.duration.codes[value] as number) <= room);
}
