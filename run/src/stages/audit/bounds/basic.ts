import type { Basic, Condition, Node } from '../../../domain/constraint.ts';
import { type Interval, intervalsOf } from '../../../engine/search/intervals.ts';
import { totals, withLoads } from '../../../engine/search/loads.ts';
import { codeAt, type Model, NULL, SKIP, type Term } from '../../../engine/search/model.ts';
import { expandPick, groupTerms } from '../../../engine/search/picks.ts';
import { counted, GAP, type Measured, type Reading, single, together, worstOf } from './reading.ts';

/** The numbers that a rule without branches holds against its bounds; none of a kind that has no bound. */
export function basicReadings(model: Model, node: Basic): Reading[] {
  switch (node.kind) {
    case 'aggregate':
      return aggregate(model, node);
    case 'distinct':
      return worstOf(
        node.op,
        node.bound,
        grouped(model, node, (codes) => new Set(codes).size),
      );
    case 'group-limit':
      return groupLimit(model, node);
    case 'relate':
      return relate(model, node);
    case 'precedence':
      return precedence(model, node);
    case 'cumulative':
      return cumulative(model, node);
    case 'each':
      return compared(model, node, node.condition);
    case 'window': {
      const terms = node.terms.flatMap((pick) => expandPick(model, pick)).map(single);
      return together([...worstOf('>=', node.from, terms), ...worstOf('<', node.until, terms)]);
    }
    case 'balance':
      return balance(model, node);
    case 'spacing':
      return worstOf('>=', node.gap, grouped(model, node, closest));
    case 'running':
      return running(model, node);
    default:
      return [];
  }
}

/** The terms of a field that a condition compares with a number; none where it compares with names or a list. */
export function compared(
  model: Model,
  { part, field, keys }: Pick<Node<'each'>, 'part' | 'field' | 'keys'>,
  { attr, op, values: [value] }: Condition,
): Reading[] {
  if (op === 'in' || op === 'not in' || typeof value !== 'number') return [];
  return worstOf(op, value, expandPick(model, { part, field, attr, keys }).map(single));
}

function grouped(
  model: Model,
  { terms, per }: Pick<Node<'distinct'>, 'terms' | 'per'>,
  measure: (codes: readonly number[]) => number | null,
): Measured[] {
  return groupTerms(model, terms, per).map((group) => ({
    terms: group,
    measure(values) {
      const codes = counted(group, values);
      return codes ? measure(codes) : GAP;
    },
  }));
}

const sum = (codes: readonly number[]): number => codes.reduce((total, code) => total + code, 0);

function aggregate(model: Model, { fn, op, bound, ...node }: Node<'aggregate'>): Reading[] {
  // An average is read as what the sum has above the bound's share of it, so that it stays an integer.
  if (fn === 'average')
    return worstOf(
      op,
      0,
      grouped(model, node, (codes) => (codes.length > 0 ? sum(codes) - bound * codes.length : null)),
    );
  const measure = {
    sum,
    count: (codes: readonly number[]): number => codes.length,
    min: (codes: readonly number[]): number | null => (codes.length > 0 ? Math.min(...codes) : null),
    max: (codes: readonly number[]): number | null => (codes.length > 0 ? Math.max(...codes) : null),
  }[fn];
  return worstOf(op, bound, grouped(model, node, measure));
}

/** The smallest distance of any two. */
function closest(codes: readonly number[]): number | null {
  const sorted = [...codes].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((code, i) => code - (sorted[i] as number));
  return gaps.length > 0 ? Math.min(...gaps) : null;
}

function groupLimit(model: Model, { terms, per, load, op, bound, values: only }: Node<'group-limit'>): Reading[] {
  const judged = only?.map((value) => model.code(value));
  const isUpper = op === '<=';
  const measured = groupTerms(model, terms, per).map((group): Measured => {
    const items = withLoads(model, group, load);
    return {
      terms: group,
      measure(values) {
        if (!counted(group, values)) return GAP;
        const sums = totals(items, values);
        const found = (judged ?? [...sums.keys()].filter((code) => code !== SKIP)).map((code) => sums.get(code) ?? 0);
        return found.length === 0 ? null : isUpper ? Math.max(...found) : Math.min(...found);
      },
    };
  });
  return worstOf(op, bound, measured);
}

/** Left less right; names are compared and not measured. */
function relate(model: Model, { left, right, pairs, op, offset }: Node<'relate'>): Reading[] {
  if (op === '=' || op === '<>') return [];
  const term = (side: typeof left, key: string | number): Term => {
    const slot = model.slot(side.part, key, side.field);
    return { slot, codes: model.codes(slot, side.attr) };
  };
  return worstOf(
    op,
    offset,
    pairs.map(([a, b]) => difference(term(left, a), term(right, b))),
  );
}

const difference = (left: Term, right: Term): Measured => ({
  terms: [left, right],
  measure(values) {
    const codes = counted([left, right], values);
    return codes ? (codes[0] as number) - (codes[1] as number) : GAP;
  },
});

function precedence(model: Model, { intervals, pairs, lag }: Node<'precedence'>): Reading[] {
  const all = new Map(intervalsOf(model, { ...intervals, keys: undefined }).map((one) => [one.key, one]));
  const waits = pairs.map(([before, after]): Measured => {
    const [first, second] = [all.get(before) as Interval, all.get(after) as Interval];
    return {
      terms: [second.start, first.start, first.duration],
      measure(values) {
        const duration = codeAt(first.duration, values);
        return duration === NULL ? GAP : codeAt(second.start, values) - codeAt(first.start, values) - duration;
      },
    };
  });
  return worstOf('>=', lag, waits);
}

function cumulative(model: Model, { intervals, demand, capacity }: Node<'cumulative'>): Reading[] {
  const items = intervalsOf(model, intervals).map((one) => {
    const slot = model.slot(intervals.part, one.key, demand.field);
    return { ...one, demand: { slot, codes: model.codes(slot, demand.attr) } };
  });
  const terms = items.flatMap((item) => [item.start, item.duration, item.demand]);
  const loadAt = (now: number, values: ArrayLike<number>): number => {
    const running = items.filter(
      (item) => codeAt(item.start, values) <= now && now < codeAt(item.start, values) + codeAt(item.duration, values),
    );
    return sum(running.map((item) => codeAt(item.demand, values)));
  };
  const measure = (values: ArrayLike<number>): number | null =>
    counted(terms, values) ? Math.max(...items.map((item) => loadAt(codeAt(item.start, values), values))) : GAP;
  return worstOf('<=', capacity, [{ terms, measure }]);
}

function balance(model: Model, { terms: picks, load, values: judged, spread }: Node<'balance'>): Reading[] {
  const terms = picks.flatMap((pick) => expandPick(model, pick));
  const items = withLoads(model, terms, load);
  const codes = judged.map((value) => model.code(value));
  const measure = (values: ArrayLike<number>): number | null => {
    if (!counted(terms, values)) return GAP;
    const sums = totals(items, values);
    const found = codes.map((code) => sums.get(code) ?? 0);
    return Math.max(...found) - Math.min(...found);
  };
  return worstOf('<=', spread, [{ terms, measure }]);
}

function running(model: Model, { keys, terms: picks, initial, low, high }: Node<'running'>): Reading[] {
  const steps = keys.map((_, i): Measured => {
    const terms = picks.flatMap((pick) => expandPick(model, { ...pick, keys: keys.slice(0, i + 1) }));
    return {
      terms,
      measure(values) {
        const codes = counted(terms, values);
        return codes ? initial + sum(codes) : GAP;
      },
    };
  });
  return together([...worstOf('<=', high, steps), ...worstOf('>=', low, steps)]);
}
