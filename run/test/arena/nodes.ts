import type {
  Attr,
  Basic,
  Condition,
  Constraint,
  ConstraintKind,
  Op,
  Per,
  Pick,
  Side,
} from '../../src/domain/constraint.ts';
import type { Rng } from '../../src/util/rng.ts';
import { ITEMS, KEYS, KINDS, LEGS } from './arena.ts';

const OPS: readonly Op[] = ['<', '<=', '=', '<>', '>=', '>'];
const FEE: Attr = { table: 'rate', on: { item: 'item', slot: 'day' }, column: 'fee' };
const NEED: Attr = { table: 'slot', on: { code: 'day' }, column: 'need' };
export const BASIC_KINDS = [
  'all-different',
  'relate',
  'aggregate',
  'distinct',
  'group-limit',
  'precedence',
  'no-overlap',
  'cumulative',
  'each',
  'window',
  'pairs',
  'balance',
  'spacing',
  'running',
] as const satisfies readonly ConstraintKind[];
export const ALL_KINDS: readonly ConstraintKind[] = [...BASIC_KINDS, 'implies', 'whenever', 'tier'];

/** Random nodes over the arena, one kind at a time; together they reach every option that a node has. */
export function randomNode(kind: ConstraintKind, rng: Rng): Constraint {
  if (kind === 'implies')
    return {
      kind,
      when: Array.from({ length: rng.int(1, 2) }, () => slotCondition(rng)),
      then: randomBasic(rng.pick(BASIC_KINDS), rng),
    };
  if (kind === 'whenever') {
    return { kind, part: 'days', ...maybeKeys(rng), when: fieldCondition(rng), then: fieldCondition(rng) };
  }
  if (kind === 'tier') {
    const cut = rng.int(2, 5);
    const branch = () => [randomBasic(rng.pick(BASIC_KINDS), rng)];
    return {
      kind,
      on: { part: 'days', key: rng.pick(KEYS), field: 'item', attr: { column: 'price' } },
      tiers: [
        { from: rng.int(0, 2), until: cut, then: branch() },
        { from: cut, until: rng.chance(0.5) ? null : 6, then: branch() },
      ],
    };
  }
  return randomBasic(kind, rng);
}

function randomBasic(kind: (typeof BASIC_KINDS)[number], rng: Rng): Basic {
  switch (kind) {
    case 'all-different':
      return { kind, terms: texts(rng), ...maybePer(rng) };
    case 'relate':
      return rng.chance(0.5)
        ? { kind, ...sides(rng, numberAttr(rng), numberAttr(rng)), op: rng.pick(OPS), offset: rng.int(-2, 2) }
        : { kind, ...sides(rng, textAttr(rng)), op: rng.pick(['=', '<>']), offset: 0 };
    case 'aggregate':
      return {
        kind,
        fn: rng.pick(['sum', 'average', 'min', 'max', 'count']),
        terms: numbers(rng),
        ...maybePer(rng),
        op: rng.pick(OPS),
        bound: rng.int(0, 9),
      };
    case 'distinct':
      return { kind, terms: texts(rng), ...maybePer(rng), op: rng.pick(OPS), bound: rng.int(1, 3) };
    case 'group-limit':
      return {
        kind,
        terms: [textPick(rng)],
        ...maybePer(rng),
        ...maybeLoad(rng),
        op: rng.pick(['<=', '>=']),
        bound: rng.int(1, 3),
        ...(rng.chance(0.5) ? { values: rng.sample([...KINDS, ...ITEMS], 2) } : {}),
      };
    case 'precedence':
      return {
        kind,
        intervals: intervals(),
        pairs: [
          rng.pick([
            ['k1', 'k2'],
            ['k3', 'k1'],
          ] as [string, string][]),
        ],
        lag: rng.int(0, 1),
      };
    case 'no-overlap':
      return {
        kind,
        intervals: { ...intervals(rng), ...maybeKeys(rng) },
        ...(rng.chance(0.6) ? { resource: { field: 'item', attr: textAttr(rng) } } : {}),
        ...(rng.chance(0.5)
          ? {
              setup: {
                family: { table: 'slot', key: 'code', column: 'family' },
                table: 'setup',
                from: 'a',
                to: 'b',
                column: 't',
              },
            }
          : {}),
      };
    case 'cumulative':
      return {
        kind,
        intervals: { ...intervals(rng), ...maybeKeys(rng) },
        demand: { field: 'item', attr: rng.pick([NEED, FEE, { column: 'price' }]) },
        capacity: rng.int(2, 7),
      };
    case 'each':
      return { kind, part: 'days', ...maybeKeys(rng), ...fieldCondition(rng) };
    case 'window': {
      const from = rng.int(0, 2);
      return { kind, terms: numbers(rng), from, until: from + rng.int(1, 4) };
    }
    case 'pairs':
      return {
        kind,
        mode: rng.pick(['required', 'forbidden']),
        ...sides(rng, {}),
        ...(rng.chance(0.5)
          ? { list: Array.from({ length: 4 }, () => [rng.pick(ITEMS), rng.pick(ITEMS)] as [string, string]) }
          : { table: { name: 'friends', left: 'x', right: 'y' } }),
      };
    case 'balance':
      return {
        kind,
        terms: [{ ...textPick(rng), attr: { column: 'kind' } }],
        ...maybeLoad(rng),
        values: rng.sample(KINDS, rng.int(2, 3)),
        spread: rng.int(0, 2),
      };
    case 'spacing':
      return { kind, terms: numbers(rng), ...maybePer(rng), gap: rng.int(1, 2) };
    case 'running':
      return {
        kind,
        part: 'days',
        keys: rng.shuffle(KEYS),
        terms: [numberPick(rng), numberPick(rng)],
        initial: rng.int(-1, 2),
        low: rng.int(-2, 2),
        high: rng.int(3, 12),
      };
  }
}

const intervals = (rng?: Rng) => ({
  part: 'days',
  start: 'start',
  duration: { field: 'item', attr: rng?.chance(0.3) ? FEE : { column: 'size' } },
});
const maybeKeys = (rng: Rng) => (rng.chance(0.4) ? { keys: rng.sample(KEYS, 2) } : {});
const maybeLoad = (rng: Rng) => (rng.chance(0.5) ? { load: { column: 'price' } } : {});
const maybePer = (rng: Rng): { per?: Per } =>
  rng.chance(0.5)
    ? {}
    : { per: rng.chance(0.5) ? { by: 'key' } : { by: 'link', table: 'member', group: 'club', member: 'slot' } };
const textAttr = (rng: Rng): Attr => rng.pick([{}, { column: 'kind' }]);
const numberAttr = (rng: Rng): Attr => rng.pick([{ column: 'price' }, { column: 'size' }, FEE, NEED]);

function sides(
  rng: Rng,
  left: Attr,
  right: Attr = left,
): { left: Side; right: Side; pairs: [string | number, string | number][] } {
  const days = (attr: Attr): Side => ({ part: 'days', field: 'item', attr });
  const keyed = left.table !== undefined || right.table !== undefined;
  if (!keyed && rng.chance(0.4))
    return {
      left: days(left),
      right: { part: 'legs', field: 'extra', attr: right },
      pairs: [[rng.pick(KEYS), rng.pick(LEGS)]],
    };
  return {
    left: days(left),
    right: days(right),
    pairs: rng.chance(0.4)
      ? [
          ['k1', 'k1'],
          ['k3', 'k3'],
        ]
      : [
          ['k1', 'k2'],
          ['k3', 'k2'],
        ],
  };
}

function textPick(rng: Rng): Pick {
  return { part: 'days', field: 'item', attr: textAttr(rng), ...maybeKeys(rng), ...maybeWhere(rng) };
}

const texts = (rng: Rng): Pick[] =>
  rng.chance(0.5)
    ? [textPick(rng)]
    : [
        { part: 'days', field: 'item', attr: {} },
        { part: 'legs', field: 'extra', attr: {} },
      ];

function numberPick(rng: Rng): Pick {
  const start = rng.chance(0.25);
  return {
    part: 'days',
    field: start ? 'start' : 'item',
    attr: start ? {} : numberAttr(rng),
    ...maybeKeys(rng),
    ...(start ? {} : maybeWhere(rng)),
    ...(rng.chance(0.2) ? { weight: rng.pick([-1, 2]) } : {}),
  };
}

const numbers = (rng: Rng): Pick[] => Array.from({ length: rng.int(1, 2) }, () => numberPick(rng));
const maybeWhere = (rng: Rng): { where?: Condition } => (rng.chance(0.3) ? { where: condition(rng) } : {});

function condition(rng: Rng): Condition {
  if (rng.chance(0.5))
    return { attr: { column: 'kind' }, op: rng.pick(['in', 'not in']), values: rng.sample(KINDS, 2) };
  return { attr: rng.pick([{ column: 'price' }, FEE]), op: rng.pick(OPS), values: [rng.int(1, 5)] };
}

const fieldCondition = (rng: Rng): { field: string; condition: Condition } =>
  rng.chance(0.3)
    ? { field: 'start', condition: { attr: {}, op: rng.pick(OPS), values: [rng.int(0, 4)] } }
    : { field: 'item', condition: condition(rng) };
const slotCondition = (rng: Rng) => ({ part: 'days', key: rng.pick(KEYS), ...fieldCondition(rng) });
