import { z } from 'zod';
import { Key } from './answer.ts';

/**
 * The typed nodes from which clauses, checks, tests, propagation and near misses are derived.
 * A term is one integer or text that one slot of the answer gives; a slot is (part, key, field).
 */
const Name = z.string().regex(/^[a-z][a-z0-9_]*$/);

/**
 * What to read of a slot.
 * - `{}`: the submitted value itself (a name or an integer)
 * - `{ column }`: a column of the row whose name was submitted
 * - `{ table, on, column }`: a column of the row of `table` where, for each entry of `on`, the table's column equals the
 *   answer row's key field or this slot's own field (weather by city and date, duration by operation and machine).
 *   No such row: no term, and the constraint is violated.
 */
export const Attr = z.strictObject({
  column: Name.optional(),
  table: Name.optional(),
  on: z.record(Name, Name).optional(),
});
export type Attr = z.infer<typeof Attr>;

export const Op = z.enum(['<', '<=', '=', '<>', '>=', '>']);
export type Op = z.infer<typeof Op>;
export const Literal = z.union([z.string(), z.int()]);
export type Literal = z.infer<typeof Literal>;

/** A comparison of one term with literals: `op` with one value, or membership of a list. */
export const Condition = z.strictObject({
  attr: Attr,
  op: z.union([Op, z.enum(['in', 'not in'])]),
  values: z.array(Literal).min(1),
});
export type Condition = z.infer<typeof Condition>;

/** The terms of `field` in the rows `keys` (all rows where absent), only where `where` holds, times `weight`. */
export const Pick = z.strictObject({
  part: Name,
  field: Name,
  attr: Attr,
  keys: z.array(Key).min(1).optional(),
  where: Condition.optional(),
  weight: z.int().optional(),
});
export type Pick = z.infer<typeof Pick>;

/** A group to judge apart: each answer row (`key`), or each `group` of a link table whose `member` names answer keys. */
export const Per = z.union([
  z.strictObject({ by: z.literal('key') }),
  z.strictObject({ by: z.literal('link'), table: Name, group: Name, member: Name }),
]);
export type Per = z.infer<typeof Per>;

/** One side of a pair of slots. */
export const Side = z.strictObject({ part: Name, field: Name, attr: Attr });
export type Side = z.infer<typeof Side>;
const Pairs = z.array(z.tuple([Key, Key])).min(1);

/** Intervals, one for each answer row: start is an integer field, duration a term of `duration.field` (it may depend on the choice there). */
export const Intervals = z.strictObject({
  part: Name,
  start: Name,
  duration: z.strictObject({ field: Name, attr: Attr }),
  keys: z.array(Key).min(1).optional(),
});
export type Intervals = z.infer<typeof Intervals>;

/** No two terms are equal (within each group of `per`). */
const AllDifferent = z.strictObject({
  kind: z.literal('all-different'),
  terms: z.array(Pick).min(1),
  per: Per.optional(),
});
/** For each pair of keys: left `op` right + offset. Same group is `=` on a foreign key; relative bounds are the rest. */
const Relate = z.strictObject({
  kind: z.literal('relate'),
  left: Side,
  right: Side,
  pairs: Pairs,
  op: Op,
  offset: z.int(),
});
/** sum, average, min, max or number of the terms (within each group of `per`) `op` bound. Without terms: sum and count are 0, the others hold. */
const Aggregate = z.strictObject({
  kind: z.literal('aggregate'),
  fn: z.enum(['sum', 'average', 'min', 'max', 'count']),
  terms: z.array(Pick).min(1),
  per: Per.optional(),
  op: Op,
  bound: z.int(),
});
/** The number of different values among the terms (within each group of `per`) `op` bound. */
const Distinct = z.strictObject({
  kind: z.literal('distinct'),
  terms: z.array(Pick).min(1),
  per: Per.optional(),
  op: Op,
  bound: z.int(),
});
/** For each value that a term takes: the number of such terms, or the sum of their `load`, is at most or at least `bound`, or at most the `capacity` that the value's row states. With `values`, only and all of these values are judged. */
const GroupLimit = z.strictObject({
  kind: z.literal('group-limit'),
  terms: z.array(Pick).min(1),
  per: Per.optional(),
  load: Attr.optional(),
  op: z.enum(['<=', '>=']),
  bound: z.int(),
  values: z.array(Literal).min(1).optional(),
});
/** For each pair: the second interval starts at least `lag` after the first ends. */
const Precedence = z.strictObject({ kind: z.literal('precedence'), intervals: Intervals, pairs: Pairs, lag: z.int() });
/** Intervals on the same `resource` do not overlap; between two of them lies the set-up time of (`family` of the first, `family` of the second), 0 where the table has no row. */
const NoOverlap = z.strictObject({
  kind: z.literal('no-overlap'),
  intervals: Intervals,
  resource: z.strictObject({ field: Name, attr: Attr }).optional(),
  setup: z
    .strictObject({
      family: z.strictObject({ table: Name, key: Name, column: Name }),
      table: Name,
      from: Name,
      to: Name,
      column: Name,
    })
    .optional(),
});
/** At every moment the sum of `demand` over running intervals is at most `capacity`. Intervals are half-open. */
const Cumulative = z.strictObject({
  kind: z.literal('cumulative'),
  intervals: Intervals,
  demand: z.strictObject({ field: Name, attr: Attr }),
  capacity: z.int(),
});
/** Every term satisfies the condition: look-ups by date or pair, allowed and forbidden values. */
const Each = z.strictObject({
  kind: z.literal('each'),
  part: Name,
  field: Name,
  keys: z.array(Key).min(1).optional(),
  condition: Condition,
});
/** Every term lies in [from, until). */
const Window = z.strictObject({
  kind: z.literal('window'),
  terms: z.array(Pick).min(1),
  from: z.int(),
  until: z.int(),
});
/** For each pair of keys, (left, right) is or is not in `list`, or in the columns of a world table. */
const PairRule = z.strictObject({
  kind: z.literal('pairs'),
  mode: z.enum(['required', 'forbidden']),
  left: Side,
  right: Side,
  pairs: Pairs,
  list: z
    .array(z.tuple([Literal, Literal]))
    .min(1)
    .optional(),
  table: z.strictObject({ name: Name, left: Name, right: Name }).optional(),
});
/** Over `values`, the largest number of terms (or sum of `load`) less the smallest is at most `spread`. */
const Balance = z.strictObject({
  kind: z.literal('balance'),
  terms: z.array(Pick).min(1),
  load: Attr.optional(),
  values: z.array(Literal).min(2),
  spread: z.int(),
});
/** Any two terms (within each group of `per`) are at least `gap` apart. */
const Spacing = z.strictObject({
  kind: z.literal('spacing'),
  terms: z.array(Pick).min(1),
  per: Per.optional(),
  gap: z.int(),
});
/** In the order of `keys`, the running sum of the terms after each row lies in [low, high]. */
const Running = z.strictObject({
  kind: z.literal('running'),
  part: Name,
  keys: z.array(Key).min(1),
  terms: z.array(Pick).min(1),
  initial: z.int(),
  low: z.int(),
  high: z.int(),
});

export const Basic = z.discriminatedUnion('kind', [
  AllDifferent,
  Relate,
  Aggregate,
  Distinct,
  GroupLimit,
  Precedence,
  NoOverlap,
  Cumulative,
  Each,
  Window,
  PairRule,
  Balance,
  Spacing,
  Running,
]);
export type Basic = z.infer<typeof Basic>;

/** A condition on one slot. */
export const SlotCondition = z.strictObject({ part: Name, key: Key, field: Name, condition: Condition });
export type SlotCondition = z.infer<typeof SlotCondition>;

/** Where every condition of `when` holds, `then` holds. */
const Implies = z.strictObject({ kind: z.literal('implies'), when: z.array(SlotCondition).min(1), then: Basic });
/** For every key: where `when` holds of its row's field, `then` holds of its row's other field (or not at all where the fields are equal). */
const Whenever = z.strictObject({
  kind: z.literal('whenever'),
  part: Name,
  keys: z.array(Key).min(1).optional(),
  when: z.strictObject({ field: Name, condition: Condition }),
  then: z.strictObject({ field: Name, condition: Condition }),
});
/** The term of one slot lies in exactly one of the half-open `tiers`, which cover its domain without gap; that tier's constraint holds. */
const Tier = z.strictObject({
  kind: z.literal('tier'),
  on: z.strictObject({ part: Name, key: Key, field: Name, attr: Attr }),
  tiers: z.array(z.strictObject({ from: z.int(), until: z.int().nullable(), then: z.array(Basic).min(1) })).min(2),
});

export const Constraint = z.discriminatedUnion('kind', [...Basic.options, Implies, Whenever, Tier]);
export type Constraint = z.infer<typeof Constraint>;
export type ConstraintKind = Constraint['kind'];
/** The node of one kind. */
export type Node<K extends ConstraintKind> = Extract<Constraint, { kind: K }>;
