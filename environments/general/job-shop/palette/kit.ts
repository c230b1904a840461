import type { Level } from '../../../../src/domain/task.ts';
import type { PaletteEntry, ProposeContext, Rule } from '../../../../src/stages/synthesize/pack.ts';
import { type Plan, readPlan, type Step } from '../plan.ts';
import { clock, SLOT_MINUTES } from '../terms.ts';

interface EntrySpec {
  readonly id: string;
  readonly role: PaletteEntry['role'];
  readonly from: Level;
  readonly times?: number;
  readonly make: (plan: Plan, ctx: ProposeContext) => Proposal | null;
}

/** A rule before its entry names it. */
export type Proposal = Omit<Rule, 'id'>;

export function entry({ id, role, from, times = 1, make }: EntrySpec): PaletteEntry {
  return {
    id,
    role,
    from,
    times,
    propose(ctx) {
      const proposal = make(readPlan(ctx), ctx);
      return proposal && isNew(ctx, proposal) ? { id, ...proposal } : null;
    },
  };
}

/** Numbers that later steps may tighten: two rules that differ in nothing else are one rule. */
const BOUNDS = new Set(['bound', 'offset', 'lag', 'capacity', 'spread', 'gap', 'from', 'until']);

const likeness = ({ constraint }: Proposal): string =>
  JSON.stringify(constraint, (name, value) => (BOUNDS.has(name) ? undefined : value));

const isNew = ({ rules }: ProposeContext, proposal: Proposal): boolean =>
  rules.every((rule) => likeness(rule) !== likeness(proposal));

/** What the first candidate, in random order, gives that the task does not have yet. */
export function firstRule<T>(
  ctx: ProposeContext,
  candidates: readonly T[],
  make: (one: T) => Proposal | null,
): Proposal | null {
  for (const candidate of ctx.rng.shuffle(candidates)) {
    const proposal = make(candidate);
    if (proposal && isNew(ctx, proposal)) return proposal;
  }
  return null;
}

/** An upper bound for `value`, looser by the share `slack` and then up to a multiple of `step`; without slack the value itself. */
export function upTo(value: number, slack: number, step = 1): number {
  if (slack === 0) return value;
  return Math.ceil((value + Math.round(slack * Math.abs(value))) / step) * step;
}

/** What a sum can come to. */
export interface Range {
  readonly least: number;
  readonly value: number;
  readonly most: number;
}

/**
 * An upper bound for a sum, looser by the share `slack` of what it can range over. A share of the sum itself would let nearly
 * everything pass: many terms seldom add up to much more than usual.
 */
export function upToRange({ least, value, most }: Range, slack: number, step: number): number {
  if (slack === 0) return value;
  const bound = Math.ceil((value + Math.round(slack * (most - least))) / step) * step;
  return bound < most ? bound : value;
}

/** A lower bound for `value`, the mirror of `upTo`. */
export function downTo(value: number, slack: number, step = 1): number {
  if (slack === 0) return value;
  return Math.floor((value - Math.round(slack * Math.abs(value))) / step) * step;
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const names = (steps: readonly Step[]): string[] => steps.map(({ name }) => name);
/** "A", "A and B", "A, B and C". */
export const listed = (some: readonly string[], word: 'and' | 'or' = 'and'): string =>
  some.length < 2 ? some.join('') : `${some.slice(0, -1).join(', ')} ${word} ${some.at(-1)}`;
export const lastOf = (job: readonly Step[]): Step => job.at(-1) as Step;
export const firstOf = (job: readonly Step[]): Step => job[0] as Step;

/** Whether the step is released on the machine. */
export const canRunOn = (step: Step, machine: string): boolean => step.routes.some((one) => one.machine === machine);

/** Steps that follow each other in a job. */
export const neighbours = ({ jobs }: Plan): [Step, Step][] =>
  jobs.flatMap((job) => job.slice(1).map((step, at): [Step, Step] => [job[at] as Step, step]));

/** "slot 12 (09:00)": where that slot begins. */
export const at = ({ shiftStart }: Plan, slot: number): string =>
  `slot ${slot} (${clock(shiftStart + slot * SLOT_MINUTES)})`;

/** The largest sum of `demand` over steps that run at the same time. */
export function peak(steps: readonly Step[], demand: (step: Step) => number): number {
  const loads = steps.map(({ start }) =>
    sum(steps.filter((other) => other.start <= start && start < other.end).map(demand)),
  );
  return Math.max(...loads);
}
