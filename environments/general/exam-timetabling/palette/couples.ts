import type { Constraint, Op } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext, Rule } from '../../../../src/stages/synthesize/pack.ts';
import { ofExam, PART, side } from '../slots.ts';
import { listed, loosen } from './bound.ts';
import { type Group, large, ofDepartment, ofYear } from './groups.ts';
import { bites, examsOf, keysOf, type Play, planted } from './play.ts';

/** Rules that tie the slots of two exams, or the two slots of one exam, to each other. */
export const couples: readonly PaletteEntry[] = [
  // The second paper builds on the first, or its markers need a head start.
  { id: 'paper-order', role: 'couple', from: 1, times: 3, propose: proposeOrder },
  // Papers with common questions start together, so that nothing leaks.
  { id: 'common-questions', role: 'couple', from: 2, times: 1, propose: (ctx) => proposeSame(ctx, 'period') },
  // Two papers share one set of models or instruments, kept in one building.
  { id: 'shared-material', role: 'couple', from: 3, times: 2, propose: (ctx) => proposeSame(ctx, 'building') },
  // The convenor answers questions all day long.
  { id: 'convenor-day', role: 'couple', from: 2, times: 1, propose: proposeConvenorDay },
  // Nobody leads the invigilation of a paper of one's own.
  { id: 'not-own-paper', role: 'couple', from: 1, times: 1, propose: proposeNotOwn },
  // Doors are locked outside the sitting, so the person in charge needs a badge.
  { id: 'door-badge', role: 'couple', from: 3, times: 1, propose: proposeBadge },
  // Disputes, distances and refurbished offices: some departments stay away from some buildings.
  { id: 'keep-away', role: 'couple', from: 4, times: 1, propose: proposeKeepAway },
];

/** Periods between two papers in order, at most: a longer lead is no longer a rule that somebody would make. */
const LONGEST_LEAD = 6;

function proposeOrder(ctx: ProposeContext): Rule | null {
  const play = planted(ctx);
  const leadOf = ([a, b]: readonly [string, string]) => periodOf(play, b) - periodOf(play, a);
  const pair = pairsOf(ctx).find((one) => leadOf(one) > 0 && leadOf(one) <= LONGEST_LEAD && !isTied(ctx, one));
  if (!pair) return null;
  const [first, second] = pair;
  const offset = loosen(leadOf(pair), ctx.slack, 'down');
  if (!bites(ctx, (one) => periodOf(one, second) - periodOf(one, first) >= offset)) return null;
  return {
    id: 'paper-order',
    constraint: relate('period', { op: '>=', offset, pair: [second, first] }),
    wording: {
      subject: `the period number of ${second}`,
      unit: 'count',
      templates: [
        `{subject} must exceed that of ${first} by at least {offset}`,
        `${second} comes after ${first}: its period number is greater by at least {offset}`,
        `${first} is held before ${second}, and from the period number of ${first} to that of ${second} the step is at least {offset}`,
      ],
    },
  };
}

function proposeSame(ctx: ProposeContext, column: 'period' | 'building'): Rule | null {
  const play = planted(ctx);
  const keys = ctx.rng.shuffle(keysOf(ctx));
  const pairs = keys.flatMap((a, i) => keys.slice(i + 1).map((b): [string, string] => [a, b]));
  const pair = pairs.find(
    ([a, b]) => play(a, 'sitting')[column] === play(b, 'sitting')[column] && !isTied(ctx, [a, b]),
  );
  if (!pair) return null;
  const [a, b] = pair;
  const templates =
    column === 'period'
      ? [
          `${a} and ${b} have questions in common and must be held in the same period`,
          `hold ${a} and ${b} in one and the same period (they share questions)`,
        ]
      : [
          `${a} and ${b} use the same models and must be held in the same building (the rooms may differ)`,
          `keep ${a} and ${b} in one building, because they share material; they need not share a room or a period`,
        ];
  return {
    id: column === 'period' ? 'common-questions' : 'shared-material',
    constraint: relate(column, { op: '=', offset: 0, pair }),
    wording: { subject: `the ${column} of ${a}`, unit: 'count', parts: { object: `the ${column} of ${b}` }, templates },
  };
}

/** Convenors with two papers or more that one rule names, at most. */
const CONVENORS = 4;

function proposeConvenorDay(ctx: ProposeContext): Rule | null {
  const play = planted(ctx);
  const groups = [...Map.groupBy(examsOf(ctx), (exam) => String(exam.convenor))]
    .map(([convenor, exams]) => ({ convenor, keys: exams.map((exam) => String(exam.code)) }))
    .filter(({ keys }) => keys.length > 1 && differ(play, keys));
  const chosen = ctx.rng.sample(groups, CONVENORS);
  const keys = chosen.flatMap((group) => group.keys);
  if (chosen.length === 0 || !bites(ctx, (one) => chosen.every((group) => differ(one, group.keys)))) return null;
  const names = chosen.map((group) => group.convenor).sort();
  return {
    id: 'convenor-day',
    constraint: {
      kind: 'all-different',
      terms: [{ part: PART, field: 'sitting', attr: { column: 'day' }, keys }],
      per: { by: 'link', table: 'exam', group: 'convenor', member: 'code' },
    },
    wording: {
      subject: 'the days of the exams of one convenor',
      unit: 'count',
      templates: [
        `no two exams of ${names.length === 1 ? '' : 'any one of '}the convenor${names.length === 1 ? '' : 's'} ${listed(names)} are on the same day`,
        `the exams whose convenor is ${listed(names, 'or')} are spread so that no convenor named here has two of them on one day`,
      ],
    },
  };
}

function differ(play: Play, keys: readonly string[]): boolean {
  return new Set(keys.map((key) => play(key, 'sitting').day)).size === keys.length;
}

function proposeNotOwn(ctx: ProposeContext): Rule | null {
  const exams = examsOf(ctx);
  const holds = (play: Play) => exams.every((exam) => play(String(exam.code), 'duty').staff !== exam.convenor);
  if (!holds(planted(ctx)) || !bites(ctx, holds)) return null;
  return {
    id: 'not-own-paper',
    constraint: {
      kind: 'relate',
      left: side('duty', { column: 'staff' }),
      right: side('duty', ofExam('convenor')),
      pairs: exams.map((exam): [string, string] => [String(exam.code), String(exam.code)]),
      op: '<>',
      offset: 0,
    },
    wording: {
      subject: 'the person who leads an exam',
      unit: 'text',
      parts: { object: 'its convenor' },
      templates: [
        'nobody leads an exam of which they are the convenor',
        'the person on duty for an exam is never the convenor of that exam',
      ],
    },
  };
}

function proposeBadge(ctx: ProposeContext): Rule | null {
  const badges = new Set((ctx.world.rows.badge ?? []).map(({ staff, building }) => `${staff}@${building}`));
  const opens = (play: Play, key: string) => badges.has(`${play(key, 'duty').staff}@${play(key, 'sitting').building}`);
  const play = planted(ctx);
  const able = keysOf(ctx).filter((key) => opens(play, key));
  const groups = [ofDepartment(2)(ctx), ofYear(2)(ctx), large(ctx)].filter((group) => group !== null);
  const sampled = ctx.rng.sample(able, Math.min(5, able.length)).sort();
  const some: Group = { keys: sampled, label: listed(sampled) };
  const chosen = [...groups, some].find(({ keys }) => keys.length > 1 && keys.every((key) => able.includes(key)));
  if (!chosen || !bites(ctx, (one) => chosen.keys.every((key) => opens(one, key)))) return null;
  return {
    id: 'door-badge',
    constraint: {
      kind: 'pairs',
      mode: 'required',
      left: side('duty', { column: 'staff' }),
      right: side('sitting', { column: 'building' }),
      pairs: chosen.keys.map((key): [string, string] => [key, key]),
      table: { name: 'badge', left: 'staff', right: 'building' },
    },
    wording: {
      subject: `the people who lead ${chosen.label}`,
      unit: 'text',
      templates: [
        `for ${chosen.label}, whoever leads the exam holds a door badge for the building where it takes place`,
        `lead ${chosen.label} only with people whose door badge opens the building of that exam`,
      ],
    },
  };
}

function proposeKeepAway(ctx: ProposeContext): Rule | null {
  const used = new Set(keysOf(ctx).map((key) => pairText(planted(ctx), key)));
  const names = (table: string) => (ctx.world.rows[table] ?? []).map((row) => String(row.name));
  const free = names('department').flatMap((department) =>
    names('building').map((building): [string, string] => [department, building]),
  );
  const list = ctx.rng.sample(
    free.filter((pair) => !used.has(pair.join('@'))),
    3,
  );
  const forbidden = new Set(list.map((pair) => pair.join('@')));
  const holds = (play: Play) => keysOf(ctx).every((key) => !forbidden.has(pairText(play, key)));
  if (list.length < 2 || !bites(ctx, holds)) return null;
  const cases = listed(
    list.map(([department, building]) => `nobody of the ${department} leads an exam in ${building}`),
  );
  return {
    id: 'keep-away',
    constraint: {
      kind: 'pairs',
      mode: 'forbidden',
      left: side('duty', { column: 'department' }),
      right: side('sitting', { column: 'building' }),
      pairs: keysOf(ctx).map((key): [string, string] => [key, key]),
      list,
    },
    wording: {
      subject: cases,
      unit: 'text',
      templates: ['{subject}', 'some departments stay out of some buildings: {subject}'],
    },
  };
}

/** All ordered pairs of exams in random order, those of one department first. */
function pairsOf(ctx: ProposeContext): [string, string][] {
  const exams = ctx.rng.shuffle(examsOf(ctx));
  const pairs = exams.flatMap((a) => exams.filter((b) => b !== a).map((b) => ({ a, b })));
  const near = pairs.filter(({ a, b }) => a.department === b.department);
  const far = pairs.filter(({ a, b }) => a.department !== b.department);
  return ctx.rng
    .shuffle(near)
    .concat(ctx.rng.shuffle(far))
    .map(({ a, b }): [string, string] => [String(a.code), String(b.code)]);
}

function pairText(play: Play, key: string): string {
  return `${play(key, 'duty').department}@${play(key, 'sitting').building}`;
}

function periodOf(play: Play, key: string): number {
  return Number(play(key, 'sitting').period);
}

interface Tie {
  readonly op: Op;
  readonly offset: number;
  readonly pair: [string, string];
}

function relate(column: string, { op, offset, pair }: Tie): Constraint {
  const own = side('sitting', { column });
  return { kind: 'relate', left: own, right: own, pairs: [pair], op, offset };
}

/** Whether a rule already relates the two exams, either way round. */
function isTied({ rules }: ProposeContext, [a, b]: readonly [string, string]): boolean {
  return rules.some(
    ({ constraint }) =>
      constraint.kind === 'relate' &&
      constraint.pairs.length === 1 &&
      constraint.pairs.every(([left, right]) => (left === a && right === b) || (left === b && right === a)),
  );
}
