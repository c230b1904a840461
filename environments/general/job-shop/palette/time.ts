import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import type { Plan, Step } from '../plan.ts';
import { HORIZON, machineSide, PART, route, startSide, startTerms } from '../terms.ts';
import { entry, firstOf, firstRule, lastOf, names, type Proposal, sum, upTo } from './kit.ts';

/** `steps` have ended at the beginning of slot `deadline`: latest_start ends at HORIZON, so an earlier end is as many slots less. */
const endedBy = (steps: readonly Step[], deadline: number): Proposal['constraint'] => ({
  kind: 'relate',
  left: startSide,
  right: { ...machineSide, attr: route('latest_start') },
  pairs: names(steps).map((name): [string, string] => [name, name]),
  op: '<=',
  offset: deadline - HORIZON,
});

/** The rest of the shift after a deadline, which wordings call {offset}. */
const REST = `{offset} before the end of the shift (the beginning of slot ${HORIZON})`;

function makespan(plan: Plan, ctx: ProposeContext): Proposal | null {
  const last = plan.jobs.map(lastOf);
  const deadline = upTo(Math.max(...last.map(({ end }) => end)), ctx.slack);
  if (deadline >= HORIZON) return null;
  return {
    constraint: endedBy(last, deadline),
    wording: {
      subject: 'every job',
      unit: 'plain:slots',
      templates: [
        `the hall is handed over to the cleaning crew early: {subject} is finished, that is, its last operation has ended, at least ${REST}`,
        `{subject} of this plan has ended its last operation no later than ${REST}, as the hall is needed for an audit`,
      ],
    },
  };
}

function due(plan: Plan, ctx: ProposeContext): Proposal | null {
  const whole = ctx.rules.find(({ id }) => id === 'makespan')?.constraint;
  const latest = whole?.kind === 'relate' ? HORIZON + whole.offset : HORIZON;
  return firstRule(ctx, plan.jobs, (job) => {
    const last = lastOf(job);
    const deadline = upTo(last.end, ctx.slack);
    if (deadline >= latest) return null;
    return {
      constraint: endedBy([last], deadline),
      wording: {
        subject: `job ${last.job}`,
        unit: 'plain:slots',
        parts: { last: last.name },
        templates: [
          `a lorry waits for {subject}: its last operation {last} has ended at least ${REST}`,
          `{subject} is due no later than ${REST}; by then {last} must have ended`,
          `the customer collects {subject}, so {last} is over at least ${REST}`,
        ],
      },
    };
  });
}

function rushStart(plan: Plan, ctx: ProposeContext): Proposal | null {
  const early = plan.jobs.map(firstOf).filter(({ start }) => start > 0 && start <= HORIZON / 3);
  return firstRule(ctx, early, ({ name, job, start }) => ({
    constraint: {
      kind: 'each',
      part: PART,
      field: 'start',
      keys: [name],
      condition: { attr: {}, op: '<=', values: [upTo(start, ctx.slack)] },
    },
    wording: {
      subject: `the start slot of ${name}`,
      unit: 'count',
      parts: { job },
      templates: [
        '{job} is a rush job: {subject} is {condition}',
        'the customer wants to see {job} under way early, so {subject} must be {condition}',
      ],
    },
  }));
}

function visit(plan: Plan, ctx: ProposeContext): Proposal | null {
  const margin = Math.round(ctx.slack * 12);
  return firstRule(ctx, plan.steps, ({ name, start }) => ({
    constraint: {
      kind: 'window',
      terms: [startTerms([name])],
      from: Math.max(0, start - 1 - margin),
      until: start + 2 + margin,
    },
    wording: {
      subject: `operation ${name}`,
      unit: 'count',
      templates: [
        'an inspector of the customer wants to be there when {subject} begins and has little time: it starts in slot {from} or later, and before slot {until}',
        'the blanks for {subject} are brought in slot {from} and must not lie around: the start slot is at least {from} and less than {until}',
      ],
    },
  }));
}

function lastStart(plan: Plan, ctx: ProposeContext): Proposal | null {
  const bound = upTo(Math.max(...plan.steps.map(({ start }) => start)), ctx.slack);
  if (bound >= HORIZON - 4) return null;
  return {
    constraint: { kind: 'aggregate', fn: 'max', terms: [startTerms(names(plan.steps))], op: '<=', bound },
    wording: {
      subject: 'no operation',
      unit: 'count',
      templates: [
        'the loading crew goes home: {subject} starts in a slot later than slot {bound}',
        '{subject} may be started after slot {bound}; slot {bound} itself is allowed',
      ],
    },
  };
}

function startSum(plan: Plan, ctx: ProposeContext): Proposal | null {
  const last = plan.jobs.map(lastOf);
  const bound = upTo(sum(last.map(({ start }) => start)), ctx.slack);
  if (bound >= last.length * (HORIZON - 6)) return null;
  return {
    constraint: { kind: 'aggregate', fn: 'sum', terms: [startTerms(names(last))], op: '<=', bound },
    wording: {
      subject: 'the start slots of the last operations of all jobs',
      unit: 'count',
      templates: [
        'jobs should leave early on the whole: {subject}, added up, come to {limit}',
        'as a measure of how long customers wait, add up {subject}; the sum is {limit}',
      ],
    },
  };
}

export const timeEntries: readonly PaletteEntry[] = [
  entry({ id: 'makespan', role: 'bound', from: 1, make: makespan }),
  entry({ id: 'due', role: 'bound', from: 1, times: 3, make: due }),
  entry({ id: 'rush-start', role: 'bound', from: 1, times: 2, make: rushStart }),
  entry({ id: 'visit', role: 'bound', from: 4, times: 2, make: visit }),
  entry({ id: 'last-start', role: 'bound', from: 2, make: lastStart }),
  entry({ id: 'start-sum', role: 'bound', from: 3, make: startSum }),
];
