import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import type { Plan, Step } from '../plan.ts';
import { startTerms } from '../terms.ts';
import { downTo, entry, firstOf, firstRule, lastOf, names, type Proposal } from './kit.ts';

const starts = (steps: readonly Step[]): number[] => steps.map(({ start }) => start).sort((a, b) => a - b);

/** The smallest distance between two starts. */
function closest(steps: readonly Step[]): number {
  const sorted = starts(steps);
  return Math.min(...sorted.slice(1).map((start, at) => start - (sorted[at] as number)));
}

function distinctStarts(plan: Plan, ctx: ProposeContext): Proposal | null {
  const groups: [string, Step[]][] = [
    ['the first operations of the jobs', plan.jobs.map(firstOf)],
    ['the last operations of the jobs', plan.jobs.map(lastOf)],
    ['the operations with a crew of two', plan.steps.filter(({ crew }) => crew === 2)],
  ];
  return firstRule(ctx, groups, ([subject, steps]) => {
    if (steps.length < 3 || closest(steps) < 1) return null;
    return {
      constraint: { kind: 'all-different', terms: [startTerms(names(steps))] },
      wording: {
        subject,
        unit: 'count',
        templates: [
          'one foreman releases them all in person: no two of {subject} start in the same slot',
          'the fork-lift serves one at a time, so {subject} start in slots that are all different',
        ],
      },
    };
  });
}

function staggered(plan: Plan, ctx: ProposeContext): Proposal | null {
  const kinds = [...Map.groupBy(plan.steps, ({ kind }) => kind)].filter(([, steps]) => steps.length >= 3);
  return firstRule(ctx, kinds, ([kind, steps]) => {
    const gap = downTo(closest(steps), ctx.slack);
    if (gap < 1) return null;
    return {
      constraint: { kind: 'spacing', terms: [startTerms(names(steps))], gap },
      wording: {
        subject: `two operations that need the machine kind "${kind}"`,
        unit: 'plain:slots',
        templates: [
          'a single setter looks after them: the starts of any {subject} are at least {gap} apart, on whichever machines they run',
          'there is one loading crane, so any {subject} start at least {gap} apart, even on different machines',
        ],
      },
    };
  });
}

export const startEntries: readonly PaletteEntry[] = [
  entry({ id: 'distinct-starts', role: 'couple', from: 3, make: distinctStarts }),
  entry({ id: 'staggered', role: 'couple', from: 4, make: staggered }),
];
