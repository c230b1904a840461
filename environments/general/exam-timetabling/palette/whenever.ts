import type { Condition } from '../../../../src/domain/constraint.ts';
import type { Unit } from '../../../../src/domain/world.ts';
import type { PaletteEntry, ProposeContext, Rule } from '../../../../src/stages/synthesize/pack.ts';
import { PART } from '../slots.ts';
import { EVENING } from '../world/calendar.ts';
import { loosen } from './bound.ts';
import { boundFor, type Field, holdsOf, keysOf, type Play, planted } from './play.ts';

/** A condition on one slot of a row, and a bound on the other that the planted answer keeps where the condition holds. */
interface Spec {
  readonly when: { readonly field: Field; readonly condition: Condition };
  readonly then: { readonly field: Field; readonly column: string; readonly op: '<=' | '>='; readonly unit: Unit };
  readonly says: readonly [string, string];
}

/** Rules that ask something of an exam's one choice where its other choice is of some kind. */
export const whenevers: readonly PaletteEntry[] = [
  // Fire wardens, taxis and locked doors: late hours, and the last day, need an old hand.
  whenever('late-old-hand', 3, (ctx) => {
    const last = Math.max(...(ctx.world.rows.period ?? []).map((period) => Number(period.day)));
    const [condition, says]: [Condition, string] = ctx.rng.chance(0.5)
      ? [{ attr: { column: 'starts' }, op: '>=', values: [EVENING] }, 'an exam starts at 17:00 or later']
      : [{ attr: { column: 'day' }, op: '=', values: [last] }, `an exam is held on day ${last}, the last exam day`];
    return {
      when: { field: 'sitting', condition },
      then: { field: 'duty', column: 'years', op: '>=', unit: 'plain:years' },
      says: [says, 'the person who leads it must have an experience of {thenCondition}'],
    };
  }),
  // Beginners start in small rooms.
  whenever('beginner-small-room', 3, (ctx) => {
    const years = ctx.rng.int(3, 6);
    return {
      when: { field: 'duty', condition: { attr: { column: 'years' }, op: '<', values: [years] } },
      then: { field: 'sitting', column: 'seats', op: '<=', unit: 'plain:seats' },
      says: [
        `the person who leads an exam has less than ${years} years of experience`,
        'the room of that exam must have {thenCondition}',
      ],
    };
  }),
  // The auditors visit one building.
  whenever('audited-building', 3, (ctx) => {
    const building = String(ctx.rng.pick(ctx.world.rows.building ?? []).name);
    return {
      when: { field: 'sitting', condition: { attr: { column: 'building' }, op: '=', values: [building] } },
      then: { field: 'duty', column: 'score', op: '>=', unit: 'tenths' },
      says: [`an exam is held in ${building}`, 'the audit rating of the person who leads it must be {thenCondition}'],
    };
  }),
  // Who gets a dear room has to do with a plain invigilator.
  whenever('dear-room-plain-duty', 4, (ctx) => {
    const fees = keysOf(ctx)
      .map((key) => Number(planted(ctx)(key, 'sitting').fee))
      .sort((a, b) => a - b);
    const fee = loosen(fees[Math.floor(fees.length / 2)] ?? 0, 0.05, 'up');
    return {
      when: { field: 'sitting', condition: { attr: { column: 'fee' }, op: '>=', values: [fee] } },
      then: { field: 'duty', column: 'pay', op: '<=', unit: 'money:EUR' },
      says: [
        `the fee of the sitting of an exam is ${(fee / 100).toFixed(2)} EUR or more`,
        'the pay for its duty must be {thenCondition}',
      ],
    };
  }),
];

function whenever(id: string, from: PaletteEntry['from'], specify: (ctx: ProposeContext) => Spec): PaletteEntry {
  return { id, role: 'conditional', from, times: 1, propose: (ctx) => propose(ctx, id, specify(ctx)) };
}

function propose(ctx: ProposeContext, id: string, { when, then, says }: Spec): Rule | null {
  const concerned = (play: Play) =>
    keysOf(ctx)
      .filter((key) =>
        holdsOf(play(key, when.field)[when.condition.attr.column ?? ''] as string | number, when.condition),
      )
      .map((key) => Number(play(key, then.field)[then.column]));
  if (concerned(planted(ctx)).length === 0) return null;
  // A play that the rule does not concern keeps any bound.
  const worst = (play: Play) => (then.op === '<=' ? Math.max(...concerned(play)) : Math.min(...concerned(play)));
  const limit = boundFor(ctx, then.op === '<=' ? 'up' : 'down', worst);
  if (limit === null) return null;
  const condition: Condition = { attr: { column: then.column }, op: then.op, values: [limit] };
  return {
    id,
    constraint: { kind: 'whenever', part: PART, when, then: { field: then.field, condition } },
    wording: {
      subject: says[0],
      unit: then.unit,
      parts: { when: says[0], then: says[1] },
      templates: ['whenever {when}, {then}', 'for each exam on its own: if {when}, {then}'],
    },
  };
}
