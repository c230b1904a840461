import type { Key } from '../../domain/answer.ts';
import type { Intervals, Node } from '../../domain/constraint.ts';
import { linear } from './linear.ts';
import { type Model, negative, type Term } from './model.ts';
import { type Propagator, withoutNull } from './propagator.ts';

/** What an answer row occupies in time: from its start on, for its duration. */
export interface Interval {
  readonly key: Key;
  readonly start: Term;
  readonly duration: Term;
}

export function intervalsOf(model: Model, intervals: Intervals): Interval[] {
  return (intervals.keys ?? model.keys(intervals.part)).map((key) => intervalAt(model, intervals, key));
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
