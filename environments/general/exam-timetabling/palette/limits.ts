import type { Condition, Constraint, Pick as Terms } from '../../../../src/domain/constraint.ts';
import type { Unit } from '../../../../src/domain/world.ts';
import type { PaletteEntry, ProposeContext, Rule } from '../../../../src/stages/synthesize/pack.ts';
import { ofExam, PART } from '../slots.ts';
import { listed, loosen } from './bound.ts';
import { firstOf, type Group, large, ofDepartment, ofStudent, ofYear } from './groups.ts';
import { bites, boundFor, examsOf, type Field, holdsOf, keysOf, type Play, planted, termsOf } from './play.ts';

const body = (ctx: ProposeContext) => firstOf(ctx, [ofDepartment(2), ofYear(2)]);

/** Rules on where and when some exams may be at all. */
export const limits: readonly PaletteEntry[] = [
  // Markers of big papers need the most time.
  {
    id: 'large-early',
    role: 'bound',
    from: 1,
    times: 1,
    propose: (ctx) => proposeWindow(ctx, { group: large, column: 'period' }),
  },
  // A student has an operation, a visa or a match to go to.
  {
    id: 'leaves-early',
    role: 'bound',
    from: 2,
    times: 2,
    propose: (ctx) => proposeWindow(ctx, { group: ofStudent(2), column: 'day' }),
  },
  // A department is away on a field day.
  { id: 'field-day', role: 'bound', from: 1, times: 2, propose: (ctx) => proposeAbsence(ctx, 'day') },
  // A building is too far or too noisy for some papers.
  { id: 'closed-building', role: 'bound', from: 1, times: 2, propose: (ctx) => proposeAbsence(ctx, 'building') },
  // Tired heads in the evening, long ways in the morning.
  { id: 'latest-start', role: 'bound', from: 2, times: 1, propose: proposeLatestStart },
  // Scripts are marked blind: the person in charge comes from elsewhere.
  { id: 'outside-eyes', role: 'bound', from: 2, times: 2, propose: proposeOutside },
  // One van carries the desks between the campuses and cannot be far ahead on one of them.
  { id: 'campus-van', role: 'couple', from: 5, times: 1, propose: proposeVan },
];

function proposeWindow(
  ctx: ProposeContext,
  { group, column }: { group: (ctx: ProposeContext) => Group | null; column: 'period' | 'day' },
): Rule | null {
  const chosen = group(ctx);
  if (!chosen) return null;
  const { keys, label } = chosen;
  const last = (play: Play) =>
    Math.max(...termsOf(ctx, play, { field: 'sitting', attr: { column }, keys }).map(Number));
  const latest = boundFor(ctx, 'up', last);
  const subject = `the ${column} numbers of ${label}`;
  if (latest === null || isKnown(ctx, subject)) return null;
  return {
    id: column === 'period' ? 'large-early' : 'leaves-early',
    constraint: {
      kind: 'window',
      terms: [{ part: PART, field: 'sitting', attr: { column }, keys: [...keys] }],
      from: 1,
      until: latest + 1,
    },
    wording: {
      subject,
      unit: 'count',
      templates: [
        `${label} must be held before ${column} {until} (${column} {until} itself is too late)`,
        `{subject} must all be less than {until}`,
      ],
    },
  };
}

function proposeAbsence(ctx: ProposeContext, column: 'day' | 'building'): Rule | null {
  const group = body(ctx);
  if (!group) return null;
  const source = { field: 'sitting' as const, attr: { column }, keys: group.keys };
  const used = new Set(termsOf(ctx, planted(ctx), source));
  const [table, from] = column === 'day' ? ['period', 'day'] : ['building', 'name'];
  const values = [
    ...new Set((ctx.world.rows[table as string] ?? []).map((row) => row[from as string] as string | number)),
  ];
  const barred = ctx.rng.sample(
    values.filter((value) => !used.has(value)),
    ctx.rng.int(1, 2),
  );
  if (barred.length === 0) return null;
  barred.sort((a, b) => (a < b ? -1 : 1));
  const places = barred.map((value) => (column === 'day' ? `day ${value}` : String(value)));
  return proposeEach(ctx, {
    id: column === 'day' ? 'field-day' : 'closed-building',
    group,
    field: 'sitting',
    condition: { attr: { column }, op: 'not in', values: barred },
    unit: column === 'day' ? 'count' : 'text',
    templates: [
      `none of ${group.label} may be held ${column === 'day' ? 'on' : 'in'} ${listed(places, 'or')}`,
      `keep ${group.label} away from ${listed(places)}`,
    ],
  });
}

function proposeLatestStart(ctx: ProposeContext): Rule | null {
  const group = body(ctx);
  if (!group) return null;
  const attr = { column: 'starts' };
  const latest = Math.max(...termsOf(ctx, planted(ctx), { field: 'sitting', attr, keys: group.keys }).map(Number));
  return proposeEach(ctx, {
    id: 'latest-start',
    group,
    field: 'sitting',
    condition: { attr, op: '<=', values: [latest] },
    unit: 'clock',
    templates: [
      `each of ${group.label} must start {condition}`,
      `the start of every one of ${group.label} has to be {condition}`,
    ],
  });
}

function proposeOutside(ctx: ProposeContext): Rule | null {
  const group = ofDepartment(2)(ctx);
  if (!group) return null;
  const department = String(examsOf(ctx).find((exam) => exam.code === group.keys[0])?.department);
  return proposeEach(ctx, {
    id: 'outside-eyes',
    group,
    field: 'duty',
    condition: { attr: { column: 'department' }, op: '<>', values: [department] },
    unit: 'text',
    templates: [
      `${group.label} are led by people of other departments only`,
      `nobody of the ${department} leads any of ${group.label}`,
    ],
  });
}

interface EachSpec {
  readonly id: string;
  readonly group: Group;
  readonly field: Field;
  readonly condition: Condition;
  readonly unit: Unit;
  readonly templates: readonly string[];
}

function proposeEach(ctx: ProposeContext, { id, group, field, condition, unit, templates }: EachSpec): Rule | null {
  const holds = (play: Play) =>
    termsOf(ctx, play, { field, attr: condition.attr, keys: group.keys }).every((value) => holdsOf(value, condition));
  const subject = `the ${condition.attr.column} of each of ${group.label}`;
  if (isKnown(ctx, subject) || !holds(planted(ctx)) || !bites(ctx, holds)) return null;
  return {
    id,
    constraint: { kind: 'each', part: PART, field, keys: [...group.keys], condition },
    wording: { subject, unit, templates },
  };
}

function proposeVan(ctx: ProposeContext): Rule | null {
  const keys = ctx.rng.sample(keysOf(ctx), 8);
  const enrolled = new Map(examsOf(ctx).map((exam) => [String(exam.code), Number(exam.enrolled)]));
  const extremes = (play: Play): [number, number] => {
    const path: number[] = [];
    for (const key of keys) {
      const sign = play(key, 'sitting').campus === 'North' ? 1 : -1;
      path.push((path.at(-1) ?? 0) + sign * (enrolled.get(key) ?? 0));
    }
    return [Math.min(...path), Math.max(...path)];
  };
  const [lowest, highest] = extremes(planted(ctx));
  const [low, high] = [loosen(lowest, ctx.slack, 'down'), loosen(highest, ctx.slack, 'up')];
  const holds = (play: Play) => extremes(play).every((value) => low <= value && value <= high);
  if (!bites(ctx, holds)) return null;
  const terms = (value: string, weight: number): Terms => ({
    part: PART,
    field: 'sitting',
    attr: ofExam('enrolled'),
    keys,
    where: { attr: { column: 'campus' }, op: '=', values: [value] },
    weight,
  });
  const constraint: Constraint = {
    kind: 'running',
    part: PART,
    keys,
    terms: [terms('North', 1), terms('South', -1)],
    initial: 0,
    low,
    high,
  };
  return {
    id: 'campus-van',
    constraint,
    wording: {
      subject: 'the lead of the North campus',
      unit: 'count',
      parts: { group: 'exam' },
      templates: [
        `desks are moved for ${keys.join(', ')}, in this order: after each of these exams, the number of candidates of those so far that are held on the North campus, less the number for the South campus, is at least {low} and at most {high}`,
        `take ${keys.join(', ')} in exactly this order and add up their candidates, counting an exam on the North campus as plus and one on the South campus as minus: after every exam the running total lies between {low} and {high}, both included`,
      ],
    },
  };
}

function isKnown({ rules }: ProposeContext, subject: string): boolean {
  return rules.some((rule) => rule.wording.subject === subject);
}
