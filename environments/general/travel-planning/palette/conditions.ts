import type { Attr, Condition } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { type DayField, datesOf, forecast } from '../plan.ts';
import { clock, eur, listed } from '../say.ts';
import { above, columnOf, human, loosen, quantile, share } from './bound.ts';
import { type Declared, entry, type Proposal } from './entry.ts';
import { numberAt, valueAt } from './witness.ts';

interface When {
  readonly field: DayField;
  readonly attr: Attr;
  readonly table: string;
  readonly op: '<=' | '>=';
  readonly says: (threshold: number) => string;
}

type Then =
  | {
      readonly field: DayField;
      readonly column: string;
      readonly table: string;
      readonly value: string;
      readonly says: () => string;
    }
  | {
      readonly field: DayField;
      readonly column: string;
      readonly table: string;
      readonly op: '<=' | '>=';
      readonly says: (bound: number) => string;
    };

/** A consequence that more than this share of rows satisfies is not worth a clause. */
const IDLE = 0.7;

/** Where something holds of a day, something else must hold of the same day. */
function whenever(declared: Declared, when: When, then: Then): PaletteEntry {
  return entry('conditional', declared, (ctx) => {
    const values = columnOf(ctx.world, when.table, when.attr.column ?? '');
    const thresholds = ctx.rng.shuffle([0.3, 0.45, 0.6, 0.75]).map((portion) => human(quantile(values, portion)));
    for (const threshold of thresholds) {
      const usual = share(values, above(when.op, threshold));
      const proposal = usual < 0.15 || usual > 0.85 ? null : wheneverAt(ctx, { when, then, threshold });
      if (proposal) return proposal;
    }
    return null;
  });
}

/** The rule at one threshold; dates on which the witness breaks it are left out of it. */
function wheneverAt(
  ctx: ProposeContext,
  { when, then, threshold }: { when: When; then: Then; threshold: number },
): Proposal | null {
  const dates = datesOf(ctx.frame);
  const passes = above(when.op, threshold);
  const active = dates.filter((date) =>
    passes(numberAt(ctx, { part: 'days', key: date, field: when.field }, when.attr)),
  );
  const consequence = active.length > 0 ? consequenceOf(ctx, then, active) : null;
  if (!consequence) return null;
  const keys = dates.filter((date) => !active.includes(date) || consequence.dates.includes(date));
  const isEverywhere = keys.length === dates.length;
  return {
    constraint: {
      kind: 'whenever',
      part: 'days',
      ...(isEverywhere ? {} : { keys }),
      when: { field: when.field, condition: { attr: when.attr, op: when.op, values: [threshold] } },
      then: { field: then.field, condition: consequence.condition },
    },
    wording: {
      subject: 'this',
      unit: 'text',
      parts: {
        when: when.says(threshold),
        then: consequence.says,
        on: isEverywhere ? 'on any day' : `on ${listed(keys, 'or')}`,
      },
      templates: ['if {on} {when}, then {then}', 'whenever {on} {when}, {then}'],
    },
  };
}

interface Consequence {
  readonly condition: Condition;
  readonly says: string;
  /** The active dates on which the witness satisfies it. */
  readonly dates: readonly string[];
}

function consequenceOf(ctx: ProposeContext, then: Then, active: readonly string[]): Consequence | null {
  const rows = ctx.world.rows[then.table] ?? [];
  const attr = { column: then.column };
  if ('value' in then) {
    const dates = active.filter(
      (date) => valueAt(ctx, { part: 'days', key: date, field: then.field }, attr) === then.value,
    );
    const idle = rows.filter((row) => row[then.column] === then.value).length / rows.length > IDLE;
    return dates.length === 0 || idle
      ? null
      : { condition: { attr, op: '=', values: [then.value] }, says: then.says(), dates };
  }
  const found = active.map((date) => numberAt(ctx, { part: 'days', key: date, field: then.field }, attr));
  const bound = loosen(then.op === '<=' ? Math.max(...found) : Math.min(...found), ctx.slack, then.op);
  if (share(columnOf(ctx.world, then.table, then.column), above(then.op, bound)) > IDLE) return null;
  return { condition: { attr, op: then.op, values: [bound] }, says: then.says(bound), dates: active };
}

export const conditions: readonly PaletteEntry[] = [
  whenever(
    { id: 'rain-indoors', from: 2 },
    {
      field: 'city',
      attr: forecast('rain_mm'),
      table: 'weather',
      op: '>=',
      says: (mm) => `the forecast for the day's city is ${mm} mm of rain or more`,
    },
    {
      field: 'attraction',
      column: 'indoor',
      table: 'attraction',
      value: 'yes',
      says: () => "that day's attraction is an indoor one",
    },
  ),
  whenever(
    { id: 'heat-short-visit', from: 3 },
    {
      field: 'city',
      attr: forecast('high_c'),
      table: 'weather',
      op: '>=',
      says: (high) => `the forecast high for the day's city is ${high} °C or more`,
    },
    {
      field: 'attraction',
      column: 'visit_minutes',
      table: 'attraction',
      op: '<=',
      says: (minutes) => `that day's attraction takes at most ${minutes} minutes to visit`,
    },
  ),
  whenever(
    { id: 'cool-no-terrace', from: 3 },
    {
      field: 'city',
      attr: forecast('high_c'),
      table: 'weather',
      op: '<=',
      says: (high) => `the forecast high for the day's city is ${high} °C or less`,
    },
    {
      field: 'lunch',
      column: 'terrace',
      table: 'restaurant',
      value: 'no',
      says: () => "that day's lunch restaurant has no terrace",
    },
  ),
  whenever(
    { id: 'dear-sight-light-lunch', from: 2 },
    {
      field: 'attraction',
      attr: { column: 'ticket_cents' },
      table: 'attraction',
      op: '>=',
      says: (cents) => `the attraction ticket costs ${eur(cents)} or more per person`,
    },
    {
      field: 'lunch',
      column: 'price_cents',
      table: 'restaurant',
      op: '<=',
      says: (cents) => `that day's lunch costs at most ${eur(cents)} per person`,
    },
  ),
  whenever(
    { id: 'plain-hotel-good-dinner', from: 3 },
    {
      field: 'hotel',
      attr: { column: 'rating_tenths' },
      table: 'hotel',
      op: '<=',
      says: (tenths) => `the guest rating of the hotel is ${(tenths / 10).toFixed(1)} or lower`,
    },
    {
      field: 'dinner',
      column: 'rating_tenths',
      table: 'restaurant',
      op: '>=',
      says: (tenths) => `that day's dinner restaurant is rated at least ${(tenths / 10).toFixed(1)}`,
    },
  ),
  whenever(
    { id: 'dear-hotel-cheap-dinner', from: 3 },
    {
      field: 'hotel',
      attr: { column: 'price_cents' },
      table: 'hotel',
      op: '>=',
      says: (cents) => `a room costs ${eur(cents)} or more for the night`,
    },
    {
      field: 'dinner',
      column: 'price_cents',
      table: 'restaurant',
      op: '<=',
      says: (cents) => `that day's dinner costs at most ${eur(cents)} per person`,
    },
  ),
  whenever(
    { id: 'long-visit-late-dinner', from: 4 },
    {
      field: 'attraction',
      attr: { column: 'visit_minutes' },
      table: 'attraction',
      op: '>=',
      says: (minutes) => `the attraction takes ${minutes} minutes or more to visit`,
    },
    {
      field: 'dinner',
      column: 'dinner_until',
      table: 'restaurant',
      op: '>=',
      says: (minutes) => `that day's dinner restaurant takes its last dinner order at ${clock(minutes)} or later`,
    },
  ),
];
