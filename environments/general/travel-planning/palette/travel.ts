import type { PaletteEntry } from '../../../../src/stages/synthesize/pack.ts';
import { day, firstOf, lastOf, leg, legsOf, pickLeg, staysIn, steps } from '../plan.ts';
import { listed } from '../say.ts';
import { above, columnOf, loosen, share } from './bound.ts';
import { entry, hasLegs, MUST, total } from './entry.ts';
import { numbersOf, sideAt, termsOf } from './witness.ts';

const journeys: readonly PaletteEntry[] = [
  total(
    { id: 'carbon', from: 4 },
    {
      picks: (ctx) => (hasLegs(ctx) ? [pickLeg('carbon_kg')] : null),
      op: '<=',
      unit: 'plain:kg',
      subject: () => 'the carbon dioxide of all legs together, for one person,',
      says: MUST,
    },
  ),
  total(
    { id: 'travel-time', from: 4 },
    {
      picks: (ctx) => (hasLegs(ctx) ? [pickLeg('minutes')] : null),
      op: '<=',
      unit: 'minutes',
      subject: () => 'the travel time of all legs together',
      says: MUST,
    },
  ),
];

const ONLY = ['{subject} must be {limit}', 'plan so that {subject} is {limit}'];

const mode = entry('bound', { id: 'mode-limit', from: 4, times: 2 }, (ctx) => {
  if (!hasLegs(ctx)) return null;
  const chosen = ctx.rng.pick(['flight', 'train', 'coach']);
  const terms = [
    {
      part: 'legs',
      field: 'service',
      attr: {},
      where: { attr: { column: 'mode' }, op: '=' as const, values: [chosen] },
    },
  ];
  const bound = termsOf(ctx, terms).length;
  const rows = ctx.world.rows.service ?? [];
  const usual = (rows.filter((row) => row.mode === chosen).length / rows.length) * legsOf(ctx.frame).length;
  const op = bound <= usual ? '<=' : '>=';
  if (op === '<=' ? usual - bound < 0.5 : bound - usual < 0.5) return null;
  return {
    suffix: chosen,
    constraint: { kind: 'aggregate', fn: 'count', terms, op, bound },
    wording: { subject: `the number of legs by ${chosen}`, unit: 'count', templates: ONLY },
  };
});

const departures = entry('bound', { id: 'departure-window', from: 4 }, (ctx) => {
  if (!hasLegs(ctx)) return null;
  const terms = [pickLeg('departs')];
  const found = numbersOf(ctx, terms);
  const room = Math.floor(60 * ctx.slack);
  const from = Math.min(...found) - room;
  const until = Math.max(...found) + room + 5;
  if (share(columnOf(ctx.world, 'service', 'departs'), (at) => at >= from && at < until) > 0.85) return null;
  return {
    constraint: { kind: 'window', terms, from, until },
    wording: {
      subject: 'the departure',
      unit: 'clock',
      templates: [
        '{subject} of every leg must be at {from} or later, and before {until}',
        'for every leg, {subject} lies between {from} (allowed) and {until} (no longer allowed)',
      ],
    },
  };
});

/** Nobody wants to come home in the middle of the night. */
const homeBy = entry('bound', { id: 'home-by', from: 4 }, (ctx) => {
  const last = legsOf(ctx.frame).at(-1);
  if (last === undefined) return null;
  const terms = [pickLeg('arrives', { keys: [last] })];
  const bound = (numbersOf(ctx, terms)[0] as number) + Math.floor(90 * ctx.slack);
  if (share(columnOf(ctx.world, 'service', 'arrives'), above('<=', bound)) > 0.8) return null;
  return {
    constraint: { kind: 'aggregate', fn: 'max', terms, op: '<=', bound },
    wording: {
      subject: `the arrival of leg ${last}, the way home,`,
      unit: 'clock',
      templates: ['{subject} must be {limit}', 'everybody works the next day: {subject} has to be {limit}'],
    },
  };
});

const operators = entry('bound', { id: 'operators', from: 5 }, (ctx) => {
  if (!hasLegs(ctx)) return null;
  const terms = [pickLeg('operator')];
  const found = new Set(termsOf(ctx, terms).map(({ value }) => value)).size;
  if (found > legsOf(ctx.frame).length - 1) return null;
  return {
    constraint: { kind: 'distinct', terms, op: '<=', bound: found },
    wording: {
      subject: 'operators among the services of all legs',
      unit: 'count',
      templates: [
        'the number of different {subject} must be {limit}',
        'keep the invoices few: the number of different {subject} is {limit}',
      ],
    },
  };
});

/** Works on some lines: connections that the witness does not use. Drawn among those from cities that matter to it. */
const closures = entry('couple', { id: 'closed-lines', from: 3 }, (ctx) => {
  const moves = steps(staysIn(ctx.frame)).map(([a, b]): [string, string] => [lastOf(a), firstOf(b)]);
  const used = new Set(moves.map(([a, b]) => `${sideAt(ctx, day('city'), a)}>${sideAt(ctx, day('city'), b)}`));
  const from = new Set(moves.map(([a]) => sideAt(ctx, day('city'), a)));
  const open = (ctx.world.rows.connection ?? []).filter(
    (row) =>
      from.has(String(row.origin)) &&
      !used.has(`${row.origin}>${row.destination}`) &&
      row.destination !== ctx.frame.facts.home,
  );
  const closed = ctx.rng
    .sample(open, 4 + Math.min(4, moves.length))
    .map((row): [string, string] => [String(row.origin), String(row.destination)]);
  if (closed.length < 3 || moves.length === 0) return null;
  const said = listed(closed.map(([a, b]) => `${a} to ${b}`));
  return {
    constraint: { kind: 'pairs', mode: 'forbidden', left: day('city'), right: day('city'), pairs: moves, list: closed },
    wording: {
      subject: 'each move from one stay to the next',
      unit: 'text',
      templates: [
        `because of works, the party cannot move directly, from one stay to the next, on these lines (in this direction): ${said}`,
        `these lines are closed in the direction given, so no move between consecutive stays may use them: ${said}`,
      ],
    },
  };
});

const changeMode = entry('couple', { id: 'change-mode', from: 5, times: 2 }, (ctx) => {
  const possible = steps(legsOf(ctx.frame)).filter(
    ([a, b]) => sideAt(ctx, leg('mode'), a) !== sideAt(ctx, leg('mode'), b),
  );
  if (possible.length === 0) return null;
  const pair = ctx.rng.pick(possible);
  return {
    suffix: pair[0],
    constraint: { kind: 'relate', left: leg('mode'), right: leg('mode'), pairs: [pair], op: '<>', offset: 0 },
    wording: {
      subject: `the mode of leg ${pair[0]}`,
      unit: 'text',
      templates: [
        `legs ${pair[0]} and ${pair[1]} must not use the same mode of transport`,
        `for a change, leg ${pair[1]} goes by another mode (flight, train, coach) than leg ${pair[0]}`,
      ],
    },
  };
});

/** The later leg is cheaper by some amount. */
const cheaperLeg = entry('couple', { id: 'cheaper-leg', from: 5, times: 2 }, (ctx) => {
  const [a, b] = ctx.rng.sample(legsOf(ctx.frame), 2);
  if (a === undefined || b === undefined) return null;
  const less = Number(sideAt(ctx, leg('price_cents'), a)) - Number(sideAt(ctx, leg('price_cents'), b));
  const gap = loosen(less, ctx.slack, '>=');
  if (gap < 500) return null;
  return {
    suffix: `${a}-${b}`,
    constraint: {
      kind: 'relate',
      left: leg('price_cents'),
      right: leg('price_cents'),
      pairs: [[b, a]],
      op: '<=',
      offset: -gap,
    },
    wording: {
      subject: `the fare of leg ${b}`,
      unit: 'money:EUR',
      templates: [
        `the fare per person of leg ${b} must be at least {offset} lower than that of leg ${a}`,
        `leg ${b} has to cost at least {offset} less per person than leg ${a}`,
      ],
    },
  };
});

export const travel: readonly PaletteEntry[] = [
  ...journeys,
  mode,
  departures,
  homeBy,
  operators,
  closures,
  changeMode,
  cheaperLeg,
];
