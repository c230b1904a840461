import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { datesOf, firstOf, staysIn } from '../plan.ts';
import { clock } from '../say.ts';
import { above, columnOf, share } from './bound.ts';
import { entry, hasLegs } from './entry.ts';
import { type Cut, cutAtWitness, PIECES } from './piece.ts';
import { numberAt, valueAt } from './witness.ts';

/** One thing that the witness does on the date, as long as it is not idle. */
function pieceOn(ctx: ProposeContext, date: string): Cut | null {
  const cuts = ctx.rng.shuffle(PIECES).map((piece) => cutAtWitness(ctx, piece, date));
  return cuts.find(({ share: passing }) => passing <= 0.5 && passing >= 0.04) ?? null;
}

const IF_THEN = ['if {when}, then {then}', '{then}, provided that {when}'];

/** After a late arrival the rest of the day is planned with care. */
const lateArrival = entry('conditional', { id: 'late-arrival', from: 4, times: 2 }, (ctx) => {
  if (!hasLegs(ctx)) return null;
  const stay = ctx.rng.pick(staysIn(ctx.frame));
  const slot = { part: 'legs', key: stay.leg, field: 'service' };
  const threshold = Math.floor(numberAt(ctx, slot, { column: 'arrives' }) / 30) * 30;
  // Only arrivals before the middle of the afternoon can be followed by lunch.
  const inTime = columnOf(ctx.world, 'service', 'arrives').filter((at) => at <= 900);
  const usual = share(inTime, above('>=', threshold));
  const piece = pieceOn(ctx, firstOf(stay));
  if (!piece || usual < 0.2 || usual > 0.9) return null;
  return {
    suffix: stay.leg,
    constraint: {
      kind: 'implies',
      when: [{ ...slot, condition: { attr: { column: 'arrives' }, op: '>=', values: [threshold] } }],
      then: piece.constraint,
    },
    wording: {
      subject: `leg ${stay.leg}`,
      unit: 'text',
      parts: { when: `leg ${stay.leg} arrives at ${clock(threshold)} or later` },
      nested: [piece.wording],
      templates: IF_THEN,
    },
  };
});

const byMode = entry('conditional', { id: 'mode-then', from: 5, times: 2 }, (ctx) => {
  if (!hasLegs(ctx)) return null;
  const stay = ctx.rng.pick(staysIn(ctx.frame));
  const slot = { part: 'legs', key: stay.leg, field: 'service' };
  const mode = String(valueAt(ctx, slot, { column: 'mode' }));
  const services = ctx.world.rows.service ?? [];
  const usual = services.filter((row) => row.mode === mode).length / services.length;
  const piece = pieceOn(ctx, firstOf(stay));
  if (!piece || usual < 0.15) return null;
  return {
    suffix: stay.leg,
    constraint: {
      kind: 'implies',
      when: [{ ...slot, condition: { attr: { column: 'mode' }, op: '=', values: [mode] } }],
      then: piece.constraint,
    },
    wording: {
      subject: `leg ${stay.leg}`,
      unit: 'text',
      parts: { when: `leg ${stay.leg} is travelled by ${mode}` },
      nested: [piece.wording],
      templates: IF_THEN,
    },
  };
});

/** In a certain country, or rather in its towns, the day has a limit of its own. */
const inCountry = entry('conditional', { id: 'country-then', from: 4 }, (ctx) => {
  const date = ctx.rng.pick(datesOf(ctx.frame));
  const slot = { part: 'days', key: date, field: 'city' };
  const country = String(valueAt(ctx, slot, { column: 'country' }));
  const cities = ctx.world.rows.city ?? [];
  const usual = cities.filter((row) => row.country === country).length / cities.length;
  const piece = pieceOn(ctx, date);
  if (!piece || usual < 0.25 || usual > 0.8) return null;
  return {
    suffix: date,
    constraint: {
      kind: 'implies',
      when: [{ ...slot, condition: { attr: { column: 'country' }, op: '=', values: [country] } }],
      then: piece.constraint,
    },
    wording: {
      subject: 'the city',
      unit: 'text',
      parts: { when: `the city of ${date} is in ${country}` },
      nested: [piece.wording],
      templates: IF_THEN,
    },
  };
});

export const implications: readonly PaletteEntry[] = [lateArrival, byMode, inCountry];
