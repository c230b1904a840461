import type { Basic } from '../../../../src/domain/constraint.ts';
import type { Unit, World } from '../../../../src/domain/world.ts';
import type { ProposeContext, Wording } from '../../../../src/stages/synthesize/pack.ts';
import { type DayField, pickDay } from '../plan.ts';
import { above, columnOf, ease, loosen, quantile, share } from './bound.ts';
import { numberAt } from './witness.ts';

/** A bounded quantity of one day, that a branch of a conditional rule may ask for. */
export interface Piece {
  readonly name: string;
  readonly op: '<=' | '>=';
  readonly unit: Unit;
  readonly fields: readonly DayField[];
  readonly column: string;
  readonly fn: 'sum' | 'min' | 'max';
  readonly subject: (date: string) => string;
}

export const PIECES: readonly Piece[] = [
  {
    name: 'meals',
    op: '<=',
    unit: 'money:EUR',
    fields: ['lunch', 'dinner'],
    column: 'price_cents',
    fn: 'sum',
    subject: (date) => `the price per person of lunch and dinner together on ${date}`,
  },
  {
    name: 'plates',
    op: '>=',
    unit: 'tenths',
    fields: ['lunch', 'dinner'],
    column: 'rating_tenths',
    fn: 'min',
    subject: (date) => `the guest rating of both the lunch and the dinner restaurant on ${date}`,
  },
  {
    name: 'ticket',
    op: '<=',
    unit: 'money:EUR',
    fields: ['attraction'],
    column: 'ticket_cents',
    fn: 'max',
    subject: (date) => `the attraction ticket per person on ${date}`,
  },
  {
    name: 'sight',
    op: '>=',
    unit: 'tenths',
    fields: ['attraction'],
    column: 'rating_tenths',
    fn: 'min',
    subject: (date) => `the guest rating of the attraction on ${date}`,
  },
  {
    name: 'visit',
    op: '<=',
    unit: 'minutes',
    fields: ['attraction'],
    column: 'visit_minutes',
    fn: 'max',
    subject: (date) => `the visiting time of the attraction on ${date}`,
  },
];

/** A piece with its bound, and the share of plausible days that would satisfy it. */
export interface Cut {
  readonly constraint: Basic;
  readonly wording: Wording;
  readonly share: number;
}

const tableOf = (field: DayField): string => (field === 'lunch' || field === 'dinner' ? 'restaurant' : field);

/** What the quantity comes to over plausible days: rows of its table, and pairs of restaurants of one city that serve lunch and dinner. */
function samplesOf(world: World, { fields, column, fn }: Piece): number[] {
  if (fields.length === 1) return columnOf(world, tableOf(fields[0] as DayField), column);
  const combine = (a: number, b: number): number => (fn === 'sum' ? a + b : Math.min(a, b));
  const samples = [...Map.groupBy(world.rows.restaurant ?? [], (row) => row.city).values()].flatMap((rows) => {
    const lunches = rows.filter((row) => row.lunch_until !== 0);
    const dinners = rows.filter((row) => row.dinner_until !== 0);
    return lunches.flatMap((lunch) =>
      dinners
        .filter((dinner) => dinner !== lunch)
        .map((dinner) => combine(Number(lunch[column]), Number(dinner[column]))),
    );
  });
  return samples.sort((a, b) => a - b);
}

function cut(piece: Piece, { bound, date, samples }: { bound: number; date: string; samples: readonly number[] }): Cut {
  const terms = piece.fields.map((field) => pickDay(field, piece.column, { keys: [date] }));
  return {
    constraint: { kind: 'aggregate', fn: piece.fn, terms, op: piece.op, bound },
    wording: { subject: piece.subject(date), unit: piece.unit, templates: ['{subject} must be {limit}'] },
    // A price of nothing is no limit that a person would write.
    share: bound > 0 ? share(samples, above(piece.op, bound)) : 0,
  };
}

/** The piece bounded by what the witness does on the date, loosened by the slack. */
export function cutAtWitness(ctx: ProposeContext, piece: Piece, date: string): Cut {
  const values = piece.fields.map((field) =>
    numberAt(ctx, { part: 'days', field, key: date }, { column: piece.column }),
  );
  const value =
    piece.fn === 'sum'
      ? values.reduce((a, b) => a + b, 0)
      : piece.fn === 'min'
        ? Math.min(...values)
        : Math.max(...values);
  const bound =
    piece.unit === 'tenths' ? ease(value, ctx.slack, { op: piece.op, widest: 6 }) : loosen(value, ctx.slack, piece.op);
  return cut(piece, { bound, date, samples: samplesOf(ctx.world, piece) });
}

/** The piece bounded so that about `portion` of plausible days satisfy it. */
export function cutAtShare(
  ctx: ProposeContext,
  piece: Piece,
  { date, portion }: { date: string; portion: number },
): Cut {
  const samples = samplesOf(ctx.world, piece);
  const bound = quantile(samples, piece.op === '<=' ? portion : 1 - portion);
  return cut(piece, { bound, date, samples });
}
