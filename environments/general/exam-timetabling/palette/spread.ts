import type { Basic, Pick as Terms } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext, Wording } from '../../../../src/stages/synthesize/pack.ts';
import { ofExam, PART } from '../slots.ts';
import { boundFor, examsOf, type Field, keysOf, type Play, termsOf } from './play.ts';

const all = (field: Field, column: string): Terms[] => [{ part: PART, field, attr: { column } }];

/** How one number of a play is found, bounded and said. */
interface Spec extends Pick<PaletteEntry, 'id' | 'from'> {
  readonly role?: PaletteEntry['role'];
  readonly way: 'up' | 'down';
  readonly wording: Wording;
  count(ctx: ProposeContext, play: Play): number;
  node(limit: number, ctx: ProposeContext): Basic;
}

/** Rules on how exams spread over days, periods, buildings and people. */
export const spread: readonly PaletteEntry[] = [
  spreading({
    id: 'buildings-used',
    from: 2,
    way: 'up',
    // Every building in use needs a porter and a clerk with spare papers.
    wording: {
      subject: 'buildings in use',
      unit: 'count',
      templates: [
        'the number of different buildings in use must be {limit}',
        'over the whole timetable, the number of different buildings that have to be opened is {limit}',
      ],
    },
    count: (ctx, play) => distinct(ctx, play, ['sitting', 'building']),
    node: (bound) => ({ kind: 'distinct', terms: all('sitting', 'building'), op: '<=', bound }),
  }),
  spreading({
    id: 'people-involved',
    from: 3,
    way: 'down',
    // The union wants the work shared.
    wording: {
      subject: 'people who lead an invigilation',
      unit: 'count',
      templates: [
        'the exams are led by {limit} different people',
        'the number of different people who lead exams must be {limit}',
      ],
    },
    count: (ctx, play) => distinct(ctx, play, ['duty', 'staff']),
    node: (bound) => ({ kind: 'distinct', terms: all('duty', 'staff'), op: '>=', bound }),
  }),
  spreading({
    id: 'duties-each',
    from: 1,
    way: 'up',
    // Invigilation may not eat up anybody's research time.
    wording: {
      subject: 'the number of exams',
      unit: 'count',
      templates: [
        'nobody leads more than {bound} of the exams',
        'for any one person, the number of exams to lead must be {limit}',
      ],
    },
    count: (ctx, play) => most(ctx, play, { of: ['duty', 'staff'] }),
    node: (bound) => ({ kind: 'group-limit', terms: all('duty', 'staff'), op: '<=', bound }),
  }),
  spreading({
    id: 'candidates-a-day',
    from: 2,
    way: 'up',
    // The canteen and the cloakroom hold only so many.
    wording: {
      subject: 'the number of candidates in all exams of the day',
      unit: 'plain:candidates',
      templates: [
        'on any one day, the numbers of candidates of the exams held that day add up to {limit}',
        'for each day, {subject}, added up exam by exam, must be {limit}',
      ],
    },
    count: (ctx, play) => most(ctx, play, { of: ['sitting', 'day'], load: true }),
    node: (bound) => ({ kind: 'group-limit', terms: all('sitting', 'day'), load: ofExam('enrolled'), op: '<=', bound }),
  }),
  spreading({
    id: 'candidates-at-once',
    from: 1,
    way: 'up',
    // The cloakroom and the help desk can serve only so many at a time.
    wording: {
      subject: 'the number of candidates in all exams of the period',
      unit: 'plain:candidates',
      templates: [
        'in any one period, the numbers of candidates of the exams held then add up to {limit}',
        'for each period, {subject}, added up exam by exam, must be {limit}',
      ],
    },
    count: (ctx, play) => most(ctx, play, { of: ['sitting', 'period'], load: true }),
    node: (bound) => ({
      kind: 'group-limit',
      terms: all('sitting', 'period'),
      load: ofExam('enrolled'),
      op: '<=',
      bound,
    }),
  }),
  spreading({
    id: 'exams-a-building',
    from: 4,
    way: 'up',
    // Wear, noise and the caretakers' hours are to be shared among buildings.
    wording: {
      subject: 'the number of exams',
      unit: 'count',
      templates: [
        'over the whole timetable, the number of exams in any one building must be {limit}',
        'for any one building, the number of exams in it, over all days, must be {limit}',
      ],
    },
    count: (ctx, play) => most(ctx, play, { of: ['sitting', 'building'] }),
    node: (bound) => ({ kind: 'group-limit', terms: all('sitting', 'building'), op: '<=', bound }),
  }),
  spreading({
    id: 'even-days',
    from: 3,
    role: 'couple',
    way: 'up',
    // Invigilators and markers ask for an even load.
    wording: {
      subject: 'the number of exams on a day',
      unit: 'count',
      templates: [
        'the day with the most exams has at most {spread} more than the day with the fewest (every exam day counts, also one without exams)',
        'between any two exam days, used or not, the numbers of exams differ by at most {spread}',
      ],
      even: [
        'the numbers of exams on all exam days must be equal',
        'as many exams on one exam day as on any other: their numbers must be equal',
      ],
    },
    count: (ctx, play) => imbalance(ctx, play),
    node: (limit, ctx) => ({ kind: 'balance', terms: all('sitting', 'day'), values: daysOf(ctx), spread: limit }),
  }),
];

function spreading({ count, node, way, wording, id, from, role = 'bound' }: Spec): PaletteEntry {
  return {
    id,
    role,
    from,
    times: 1,
    propose(ctx) {
      const limit = boundFor(ctx, way, (play) => count(ctx, play));
      return limit === null ? null : { id, constraint: node(limit, ctx), wording };
    },
  };
}

type Column = readonly [Field, string];

function distinct(ctx: ProposeContext, play: Play, [field, column]: Column): number {
  return new Set(termsOf(ctx, play, { field, attr: { column } })).size;
}

/** The largest number of exams, or of their candidates, that share a value. */
function most(ctx: ProposeContext, play: Play, { of, load = false }: { of: Column; load?: boolean }): number {
  return Math.max(...sums(ctx, play, { of, load }).values());
}

function imbalance(ctx: ProposeContext, play: Play): number {
  const loads = sums(ctx, play, { of: ['sitting', 'day'], load: false });
  const counts = daysOf(ctx).map((day) => loads.get(day) ?? 0);
  return Math.max(...counts) - Math.min(...counts);
}

function sums(
  ctx: ProposeContext,
  play: Play,
  { of, load }: { of: Column; load: boolean },
): Map<string | number, number> {
  const enrolled = new Map(examsOf(ctx).map((exam) => [String(exam.code), Number(exam.enrolled)]));
  const [field, column] = of;
  const totals = new Map<string | number, number>();
  for (const key of keysOf(ctx)) {
    const value = play(key, field)[column] as string | number;
    totals.set(value, (totals.get(value) ?? 0) + (load ? (enrolled.get(key) ?? 0) : 1));
  }
  return totals;
}

function daysOf({ world }: ProposeContext): number[] {
  return [...new Set((world.rows.period ?? []).map((period) => Number(period.day)))];
}
