import type { Node } from '../../domain/constraint.ts';
import { type Interval, intervalsOf } from './intervals.ts';
import { codeAt, type Model, type Term } from './model.ts';
import { highest, lowest, type Propagator, scopeOf, withoutNull } from './propagator.ts';
import type { State } from './state.ts';

interface Running extends Interval {
  readonly demand: Term;
}

export function cumulative(model: Model, node: Node<'cumulative'>): Propagator[] {
  const items = intervalsOf(model, node.intervals).map((interval): Running => {
    const slot = model.slot(node.intervals.part, interval.key, node.demand.field);
    return { ...interval, demand: { slot, codes: model.codes(slot, node.demand.attr) } };
  });
  const terms = items.flatMap((item) => [item.start, item.duration, item.demand]);
  const stacked: Propagator = {
    scope: scopeOf(terms),
    // The load only rises where something starts.
    test: (values) => items.every((item) => loadAt(items, codeAt(item.start, values), values) <= node.capacity),
    prune: (state) => unstack(state, items, node.capacity),
  };
  return [...withoutNull(terms), stacked];
}

/** The demand of what runs at a moment. */
function loadAt(items: readonly Running[], now: number, values: ArrayLike<number>): number {
  let sum = 0;
  for (const item of items) {
    const start = codeAt(item.start, values);
    if (start <= now && now < start + codeAt(item.duration, values)) sum += codeAt(item.demand, values);
  }
  return sum;
}

/** When an item runs whatever its start, and the demand that it has at least. Empty where `until` is not after `from`. */
interface Core {
  readonly from: number;
  readonly until: number;
  readonly demand: number;
}

/** Time-table propagation: what certainly runs at a moment is stacked, and starts that would exceed the capacity go. */
function unstack(state: State, items: readonly Running[], capacity: number): boolean {
  const cores = items.map((item) => coreOf(state, item));
  const profile = profileOf(cores);
  for (const load of profile.values()) if (load > capacity) return false;
  if (profile.size === 0) return true;
  return items.every((item, i) => {
    if (state.size[item.start.slot] === 1) return true;
    const { from, until, demand } = cores[i] as Core;
    const duration = lowest(state, item.duration, 0);
    const others = (t: number): number => (profile.get(t) ?? 0) - (t >= from && t < until ? demand : 0);
    const isFree = (start: number): boolean => {
      for (let t = start; t < start + duration; t++) if (others(t) + demand > capacity) return false;
      return true;
    };
    return state.filter(item.start.slot, (value) => isFree(item.start.codes[value] as number));
  });
}

function coreOf(state: State, { start, duration, demand }: Running): Core {
  return {
    from: highest(state, start, 0),
    until: lowest(state, start, 0) + lowest(state, duration, 0),
    demand: lowest(state, demand, 0),
  };
}

/** The stacked demand at each moment that has any. */
function profileOf(cores: readonly Core[]): Map<number, number> {
  const profile = new Map<number, number>();
  for (const { from, until, demand } of cores)
    for (let t = from; t < until; t++) profile.set(t, (profile.get(t) ?? 0) + demand);
  return profile;
}
