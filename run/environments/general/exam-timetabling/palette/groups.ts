import type { Row } from '../../../../src/domain/world.ts';
import type { ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { listed } from './bound.ts';
import { examsOf } from './play.ts';

/** Some exams of the frame, and the noun phrase that tells which: "the exams of the Department of Mathematics". */
export interface Group {
  readonly keys: readonly string[];
  readonly label: string;
}

type Choose = (ctx: ProposeContext) => Group | null;

/** All exams of a department that has `least` or more of them in the frame. */
export const ofDepartment =
  (least: number): Choose =>
  (ctx) =>
    pickGroup(ctx, least, { by: 'department', label: (name) => `the exams of the ${name}` });

/** All exams of a year of study. */
export const ofYear =
  (least: number): Choose =>
  (ctx) =>
    pickGroup(ctx, least, { by: 'year', label: (year) => `the exams of year ${year}` });

/** All exams of the frame that one student sits. */
export const ofStudent =
  (least: number): Choose =>
  (ctx) => {
    const codes = new Set(examsOf(ctx).map((exam) => exam.code));
    const sat = Map.groupBy(
      (ctx.world.rows.enrolment ?? []).filter(({ exam }) => codes.has(exam)),
      ({ student }) => String(student),
    );
    const busy = [...sat].filter(([, rows]) => rows.length >= least && rows.length < codes.size);
    if (busy.length === 0) return null;
    const [student, rows] = ctx.rng.pick(busy);
    const own = new Set(rows.map(({ exam }) => exam));
    return {
      keys: examsOf(ctx)
        .map((exam) => String(exam.code))
        .filter((code) => own.has(code)),
      label: `the exams that ${student} sits`,
    };
  };

/** All exams with at least so many candidates, about a third of them. */
export const large: Choose = (ctx) => {
  const sizes = examsOf(ctx)
    .map((exam) => Number(exam.enrolled))
    .sort((a, b) => b - a);
  const threshold = sizes[ctx.rng.int(1, Math.max(1, Math.floor(sizes.length / 3)))] ?? 0;
  const keys = codesWhere(ctx, (exam) => Number(exam.enrolled) >= threshold);
  return keys.length === sizes.length ? null : { keys, label: `the exams with at least ${threshold} candidates` };
};

/** `count` exams by name, none of them in `apart`. */
export function named(ctx: ProposeContext, count: number, apart: readonly string[] = []): Group | null {
  const free = codesWhere(ctx, (exam) => !apart.includes(String(exam.code)));
  if (free.length < count) return null;
  const keys = ctx.rng.sample(free, count);
  return { keys, label: listed(keys) };
}

/** The first of `choices`, in random order, that gives a group. */
export function firstOf(ctx: ProposeContext, choices: readonly Choose[]): Group | null {
  for (const choose of ctx.rng.shuffle(choices)) {
    const group = choose(ctx);
    if (group) return group;
  }
  return null;
}

interface Trait {
  readonly by: string;
  label(value: string): string;
}

function pickGroup(ctx: ProposeContext, least: number, { by, label }: Trait): Group | null {
  const groups = [...Map.groupBy(examsOf(ctx), (exam) => String(exam[by]))].filter(
    ([, exams]) => exams.length >= least && exams.length < ctx.frame.size,
  );
  if (groups.length === 0) return null;
  const [value, exams] = ctx.rng.pick(groups);
  return { keys: exams.map((exam) => String(exam.code)), label: label(value) };
}

function codesWhere(ctx: ProposeContext, holds: (exam: Row) => boolean): string[] {
  return examsOf(ctx)
    .filter(holds)
    .map((exam) => String(exam.code));
}
