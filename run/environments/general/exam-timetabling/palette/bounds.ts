import type { Condition, Pick as Terms } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { PART } from '../slots.ts';
import { EVENING } from '../world/calendar.ts';
import { firstOf, type Group, large, ofDepartment, ofYear } from './groups.ts';
import {
  boundOf,
  FEES,
  LAST_PERIOD,
  type Measure,
  nodeOf,
  PAY,
  RATING,
  SEATS,
  TOTAL_YEARS,
  wordingOf,
  YEARS,
} from './measure.ts';
import { boundFor, easyShare, keysOf, type Play, randomPlays, termsOf } from './play.ts';

const everything = (ctx: ProposeContext): Group => ({ keys: keysOf(ctx), label: 'all exams' });
const someBody = (ctx: ProposeContext) => firstOf(ctx, [ofDepartment(2), ofYear(2)]);

interface Spec extends Pick<PaletteEntry, 'id' | 'from' | 'times'> {
  readonly measure: Measure;
  readonly group: (ctx: ProposeContext) => Group | null;
}

/** Bounds on one number: money, time, seats, quality of invigilation. */
export const bounds: readonly PaletteEntry[] = [
  // The estates office invoices every booked room; the faculty has a budget line for it.
  bound({ id: 'hire-budget', from: 1, times: 1, measure: FEES, group: everything }),
  // Departments and study years are charged apart.
  bound({ id: 'cost-centre', from: 3, times: 2, measure: FEES, group: someBody }),
  // Pay for invigilation comes from another budget.
  bound({ id: 'duty-budget', from: 1, times: 1, measure: PAY, group: everything }),
  bound({ id: 'duty-cost-centre', from: 4, times: 2, measure: PAY, group: someBody }),
  // The results board meets soon after the last paper.
  bound({ id: 'finish-by', from: 1, times: 1, measure: LAST_PERIOD, group: everything }),
  // Desks have to be set up and taken down, used or not.
  bound({ id: 'seats-booked', from: 2, times: 1, measure: SEATS, group: everything }),
  // The auditors look at the average.
  bound({ id: 'audit-average', from: 2, times: 1, measure: RATING, group: everything }),
  // Large rooms need somebody who has done it before.
  bound({ id: 'large-led-by', from: 2, times: 1, measure: YEARS, group: large }),
  bound({ id: 'experience-sum', from: 4, times: 1, measure: TOTAL_YEARS, group: someBody }),
  counted({ id: 'few-evenings', from: 2, times: 1, choose: evening }),
  counted({ id: 'campus-share', from: 3, times: 1, choose: campus }),
];

function bound({ id, from, times, measure: chosen, group }: Spec): PaletteEntry {
  return {
    id,
    role: 'bound',
    from,
    times,
    propose(ctx) {
      const exams = group(ctx);
      if (!exams || ctx.rules.some((rule) => rule.wording.subject === chosen.says(exams.label))) return null;
      const limit = boundOf(ctx, chosen, { ...exams, plays: randomPlays(ctx), easy: easyShare(ctx) });
      if (limit === null) return null;
      return {
        id,
        constraint: nodeOf(ctx, chosen, exams)(limit),
        wording: wordingOf(chosen, exams.label),
      };
    },
  };
}

interface Counted {
  readonly where: Condition;
  readonly subject: string;
}

/** Students dislike evenings, and the porters stay longer. */
function evening(): Counted {
  return {
    where: { attr: { column: 'starts' }, op: '>=', values: [EVENING] },
    subject: 'the number of exams that start at 17:00 or later',
  };
}

/** A campus has a limited number of porters and toilets. */
function campus(ctx: ProposeContext): Counted {
  const side = ctx.rng.pick(['North', 'South']);
  return {
    where: { attr: { column: 'campus' }, op: '=', values: [side] },
    subject: `the number of exams on the ${side} campus`,
  };
}

function counted({
  choose,
  ...entry
}: Pick<PaletteEntry, 'id' | 'from' | 'times'> & { choose(ctx: ProposeContext): Counted }): PaletteEntry {
  return {
    ...entry,
    role: 'bound',
    propose(ctx) {
      const { where, subject } = choose(ctx);
      const terms: Terms = { part: PART, field: 'sitting', attr: where.attr, where };
      const count = (play: Play) => termsOf(ctx, play, { field: 'sitting', attr: where.attr, where }).length;
      const limit = boundFor(ctx, 'up', count);
      if (limit === null) return null;
      return {
        id: entry.id,
        constraint: { kind: 'aggregate', fn: 'count', terms: [terms], op: '<=', bound: limit },
        wording: { subject, unit: 'count', templates: ['{subject} must be {limit}', 'keep {subject} to {limit}'] },
      };
    },
  };
}
