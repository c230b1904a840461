import type { Per, Pick as Terms } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext, Rule } from '../../../../src/stages/synthesize/pack.ts';
import { PART } from '../slots.ts';
import { listed } from './bound.ts';
import { type Group, large, ofDepartment, ofYear } from './groups.ts';
import { boundFor, keysOf, type Play, planted } from './play.ts';

const PER_STUDENT: Per = { by: 'link', table: 'enrolment', group: 'student', member: 'exam' };

/** Rules that look at each student's own exams. */
export const candidates: readonly PaletteEntry[] = [
  // Students tire; two papers on a day are one too many where the papers are close relatives.
  { id: 'student-day', role: 'couple', from: 2, times: 2, propose: proposeDay },
  // A break between papers lets a student rest and revise.
  { id: 'student-gap', role: 'couple', from: 3, times: 2, propose: proposeGap },
];

function proposeDay(ctx: ProposeContext): Rule | null {
  for (const { keys, label } of groupsOf(ctx)) {
    const sitters = sittersOf(ctx, keys);
    const limit = boundFor(ctx, 'up', (one) => mostInADay(one, sitters));
    const subject = `the exams of one student on one day, among ${label},`;
    if (limit === null || isKnown(ctx, subject)) continue;
    return {
      id: 'student-day',
      constraint: {
        kind: 'group-limit',
        terms: terms(ctx, { column: 'day', keys }),
        per: PER_STUDENT,
        op: '<=',
        bound: limit,
      },
      wording: {
        subject,
        unit: 'count',
        templates: [
          `no student may sit more than {bound} of ${label} on the same day`,
          `for each student and each day, the number of ${label} that this student sits on that day must be {limit}`,
        ],
      },
    };
  }
  return null;
}

function proposeGap(ctx: ProposeContext): Rule | null {
  const play = planted(ctx);
  for (const { keys, label } of [...groupsOf(ctx), grow(ctx, play)]) {
    const sitters = sittersOf(ctx, keys);
    if (sitters.length === 0) continue;
    const gap = boundFor(ctx, 'down', (one) => smallestGap(one, sitters));
    const subject = `the periods of ${label}, student by student,`;
    if (gap === null || gap < 2 || isKnown(ctx, subject)) continue;
    return {
      id: 'student-gap',
      constraint: { kind: 'spacing', terms: terms(ctx, { column: 'period', keys }), per: PER_STUDENT, gap },
      wording: {
        subject,
        unit: 'count',
        templates: [
          `if a student sits two of ${label}, the numbers of their periods differ by at least {gap}`,
          `for every student, the period numbers of any two of ${label} that this student sits are at least {gap} apart`,
        ],
      },
    };
  }
  return null;
}

function groupsOf(ctx: ProposeContext): Group[] {
  const found = [ofDepartment(2)(ctx), ofYear(2)(ctx), large(ctx)].filter((group) => group !== null);
  return ctx.rng.shuffle([...found, { keys: keysOf(ctx), label: 'the exams' }]);
}

/** A handful of named exams whose common candidates get a break in the planted answer. */
function grow(ctx: ProposeContext, play: Play): Group {
  const keys: string[] = [];
  for (const key of ctx.rng.shuffle(keysOf(ctx))) {
    if (keys.length < 5 && smallestGap(play, sittersOf(ctx, [...keys, key])) >= 2) keys.push(key);
  }
  keys.sort();
  return { keys, label: listed(keys) };
}

/** For each student who sits two or more of the exams: which. */
function sittersOf({ world }: ProposeContext, keys: readonly string[]): string[][] {
  const wanted = new Set(keys);
  const sitters = new Map<string, string[]>();
  for (const { student, exam } of world.rows.enrolment ?? []) {
    if (!wanted.has(String(exam))) continue;
    const own = sitters.get(String(student)) ?? [];
    own.push(String(exam));
    sitters.set(String(student), own);
  }
  return [...sitters.values()].filter((own) => own.length > 1);
}

function mostInADay(play: Play, sitters: readonly (readonly string[])[]): number {
  let most = 1;
  for (const own of sitters) {
    const days = Map.groupBy(own, (key) => play(key, 'sitting').day);
    for (const group of days.values()) most = Math.max(most, group.length);
  }
  return most;
}

function smallestGap(play: Play, sitters: readonly (readonly string[])[]): number {
  let gap = Number.POSITIVE_INFINITY;
  for (const own of sitters) {
    const periods = own.map((key) => Number(play(key, 'sitting').period)).sort((a, b) => a - b);
    for (let i = 1; i < periods.length; i++) gap = Math.min(gap, (periods[i] as number) - (periods[i - 1] as number));
  }
  return gap;
}

function terms(ctx: ProposeContext, { column, keys }: { column: string; keys: readonly string[] }): Terms[] {
  const all = keys.length === ctx.frame.size;
  return [{ part: PART, field: 'sitting', attr: { column }, ...(all ? {} : { keys: [...keys] }) }];
}

function isKnown({ rules }: ProposeContext, subject: string): boolean {
  return rules.some((rule) => rule.wording.subject === subject);
}
