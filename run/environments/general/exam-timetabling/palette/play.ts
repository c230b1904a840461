import type { Attr, Condition } from '../../../../src/domain/constraint.ts';
import type { Row } from '../../../../src/domain/world.ts';
import type { Frame, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import { PART } from '../slots.ts';
import { bitingBound } from './bound.ts';

export type Field = 'sitting' | 'duty';

/** Chosen rows by exam: the planted answer, or one drawn at random. */
export type Play = (key: string, field: Field) => Row;

/** What a term is read from; without `keys` every exam of the frame. */
export interface Source {
  readonly field: Field;
  readonly attr: Attr;
  readonly keys?: readonly string[];
  readonly where?: Condition;
}

const PLAYS = 120;
/** A rule that more than this share of random plays satisfies asks for too little; a task with slack may ask for less. */
const TOO_EASY = 0.45;

/** What every proposal for a frame reads again: nothing but the frame and its world goes into it. */
interface Known {
  readonly keys: readonly string[];
  readonly exams: readonly Row[];
  readonly byKey: ReadonlyMap<string, Row>;
  plays?: readonly Play[];
}
const known = new WeakMap<Frame, Known>();

function knownOf({ world, frame }: ProposeContext): Known {
  const old = known.get(frame);
  if (old) return old;
  const byKey = new Map((world.rows.exam ?? []).map((exam) => [String(exam.code), exam]));
  const keys = (frame.shape.parts[0]?.key.values ?? []).map(String);
  const fresh: Known = { keys, byKey, exams: keys.map((key) => byKey.get(key) as Row) };
  known.set(frame, fresh);
  return fresh;
}

export const keysOf = (ctx: ProposeContext): readonly string[] => knownOf(ctx).keys;
export const examsOf = (ctx: ProposeContext): readonly Row[] => knownOf(ctx).exams;

export function planted({ witness }: ProposeContext): Play {
  return (key, field) => witness.row(PART, key, field);
}

/** Plays spread evenly over the choices, in which each exam by itself fits its sitting and its duty. They are the same for the same frame. */
export function randomPlays(ctx: ProposeContext): readonly Play[] {
  const own = knownOf(ctx);
  own.plays ??= createPlays(ctx);
  return own.plays;
}

function createPlays(ctx: ProposeContext): Play[] {
  const all = ctx.world.rows.duty ?? [];
  const duties = Map.groupBy(all, (duty) => duty.period ?? null);
  const fitting = examsOf(ctx).map((exam) => fittingSittings(ctx, exam));
  return Array.from({ length: PLAYS }, (_, i) => {
    const rows = new Map<string, Readonly<Record<Field, Row>>>();
    for (const [j, code] of keysOf(ctx).entries()) {
      const sitting = scatter(fitting[j] as readonly Row[], 2 * j, i);
      rows.set(code, { sitting, duty: scatter(duties.get(sitting.period ?? null) ?? all, 2 * j + 1, i) });
    }
    return (key, field) => (rows.get(key) as Readonly<Record<Field, Row>>)[field];
  });
}

/** An element that looks drawn at random but depends on the two numbers alone (an integer hash). */
function scatter(list: readonly Row[], column: number, turn: number): Row {
  let hash = Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(turn + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return list[((hash ^ (hash >>> 15)) >>> 0) % list.length] as Row;
}

/** Share of random plays that a rule may let through. */
export const easyShare = ({ slack }: ProposeContext): number => TOO_EASY + slack;

/** Whether enough random plays break what `holds` asks. */
export function bites(ctx: ProposeContext, holds: (play: Play) => boolean): boolean {
  return shareOf(randomPlays(ctx), holds) <= easyShare(ctx);
}

/** The bound on a number of the play that the planted answer keeps and that bites; null where there is none. */
export function boundFor(ctx: ProposeContext, way: 'up' | 'down', read: (play: Play) => number): number | null {
  const others = randomPlays(ctx).map(read);
  return bitingBound({ value: read(planted(ctx)), way, slack: ctx.slack, others, easy: easyShare(ctx) });
}

export function shareOf(plays: readonly Play[], holds: (play: Play) => boolean): number {
  return plays.filter(holds).length / plays.length;
}

/** Term values of a play. */
export function termsOf(ctx: ProposeContext, play: Play, source: Source): (string | number)[] {
  const exams = knownOf(ctx).byKey;
  const read = (key: string, attr: Attr): string | number => {
    const row = attr.table === 'exam' ? (exams.get(key) as Row) : play(key, source.field);
    return row[attr.column ?? 'name'] as string | number;
  };
  const { where } = source;
  return (source.keys ?? keysOf(ctx))
    .filter((key) => where === undefined || holdsOf(read(key, where.attr), where))
    .map((key) => read(key, source.attr));
}

export function numbersOf(ctx: ProposeContext, play: Play, source: Source): number[] {
  return termsOf(ctx, play, source).map(Number);
}

export function holdsOf(value: string | number, { op, values }: Condition): boolean {
  const bound = values[0] as string | number;
  if (op === 'in') return values.includes(value);
  if (op === 'not in') return !values.includes(value);
  if (op === '=') return value === bound;
  if (op === '<>') return value !== bound;
  if (op === '<') return value < bound;
  if (op === '<=') return value <= bound;
  return op === '>' ? value > bound : value >= bound;
}

function fittingSittings({ world }: ProposeContext, exam: Row): Row[] {
  return (world.rows.sitting ?? []).filter(
    (sitting) =>
      sitting.equipment === exam.equipment &&
      Number(sitting.seats) >= Number(exam.enrolled) &&
      Number(sitting.minutes) >= Number(exam.minutes) &&
      Number(sitting.step_free) >= Number(exam.step_free),
  );
}
