import type { Attr } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext, Wording } from '../../../../src/stages/synthesize/pack.ts';
import type { Plan, Step } from '../plan.ts';
import { EUR, machineTerms, PART, route } from '../terms.ts';
import { downTo, entry, firstRule, names, type Proposal, sum, upToRange } from './kit.ts';

type RouteOf = Step['chosen'];

interface Ceiling {
  readonly steps: readonly Step[];
  readonly attr: Attr;
  readonly value: (route: RouteOf) => number;
  /** Bounds are rounded up to a multiple of this. */
  readonly step: number;
  readonly wording: Wording;
}

/** The sum over the chosen routes is at most what the witness needs; null where every choice stays below. */
function ceiling(slack: number, { steps, attr, value, step, wording }: Ceiling): Proposal | null {
  const least = sum(steps.map(({ routes }) => Math.min(...routes.map(value))));
  const most = sum(steps.map(({ routes }) => Math.max(...routes.map(value))));
  const bound = upToRange({ least, value: sum(steps.map(({ chosen }) => value(chosen))), most }, slack, step);
  if (bound >= most) return null;
  return {
    constraint: { kind: 'aggregate', fn: 'sum', terms: [machineTerms(attr, names(steps))], op: '<=', bound },
    wording,
  };
}

function totalCost({ steps }: Plan, { slack }: ProposeContext): Proposal | null {
  return ceiling(slack, {
    steps,
    attr: route('cost_cents'),
    value: ({ cost }) => cost,
    step: 500,
    wording: {
      subject: 'the routing costs of all operations together',
      unit: EUR,
      templates: [
        'the budget of the shift stands: {subject} are {limit}',
        'controlling has signed off {bound} and not a cent more for {subject}',
      ],
    },
  });
}

function jobCost(plan: Plan, ctx: ProposeContext): Proposal | null {
  return firstRule(ctx, plan.jobs, (steps) => {
    const job = (steps[0] as Step).job;
    return ceiling(ctx.slack, {
      steps,
      attr: route('cost_cents'),
      value: ({ cost }) => cost,
      step: 100,
      wording: {
        subject: `the routing costs of the operations of job ${job} together`,
        unit: EUR,
        parts: { job },
        templates: [
          '{job} was sold at a fixed price: {subject} are {limit}',
          'the margin on {job} is thin, so {subject} come to {limit}',
        ],
      },
    });
  });
}

function totalEnergy({ steps }: Plan, { slack }: ProposeContext): Proposal | null {
  return ceiling(slack, {
    steps,
    attr: route('energy_kwh'),
    value: ({ energy }) => energy,
    step: 1,
    wording: {
      subject: 'the energy used by all operations together',
      unit: 'plain:kWh',
      templates: [
        'the contract with the grid sets a quota for the shift: {subject} is {limit}',
        'for the energy report, {subject} (energy_kwh of the routes) has to be {limit}',
      ],
    },
  });
}

function machineTime({ steps }: Plan, { slack }: ProposeContext): Proposal | null {
  return ceiling(slack, {
    steps,
    attr: route('slots'),
    value: ({ slots }) => slots,
    step: 1,
    wording: {
      subject: 'the durations of all operations together, set-ups not counted,',
      unit: 'plain:slots',
      templates: [
        'machine time is rationed today: {subject} are {limit}',
        '{subject} add up to {limit}, so that the maintenance plan holds',
      ],
    },
  });
}

function averageAccuracy(plan: Plan, ctx: ProposeContext): Proposal | null {
  const score = (name: string): number => plan.machine(name).accuracy;
  const exact = sum(plan.steps.map(({ chosen }) => score(chosen.machine))) / plan.steps.length;
  const bound = downTo(Math.floor(exact), ctx.slack / 2);
  const least = sum(plan.steps.map(({ routes }) => Math.min(...routes.map(({ machine }) => score(machine)))));
  if (least >= bound * plan.steps.length) return null;
  return {
    constraint: {
      kind: 'aggregate',
      fn: 'average',
      terms: [machineTerms({ column: 'accuracy' }, names(plan.steps))],
      op: '>=',
      bound,
    },
    wording: {
      subject: 'the average accuracy score of the machines, counted once for each operation,',
      unit: 'plain:points',
      templates: [
        'quality is audited over the whole shift: {subject} is {limit}',
        '{subject} must be {limit}; the exact average counts, without rounding',
      ],
    },
  };
}

function jobAccuracy(plan: Plan, ctx: ProposeContext): Proposal | null {
  const score = (name: string): number => plan.machine(name).accuracy;
  return firstRule(ctx, plan.jobs, (steps) => {
    const bound = downTo(Math.min(...steps.map(({ chosen }) => score(chosen.machine))), ctx.slack / 2);
    const excluded = steps.filter(({ routes }) => routes.some(({ machine }) => score(machine) < bound));
    if (excluded.length === 0) return null;
    const job = (steps[0] as Step).job;
    return {
      constraint: {
        kind: 'each',
        part: PART,
        field: 'machine',
        keys: names(steps),
        condition: { attr: { column: 'accuracy' }, op: '>=', values: [bound] },
      },
      wording: {
        subject: 'the accuracy score of the machine',
        unit: 'plain:points',
        parts: { job },
        templates: [
          '{job} has tight tolerances: for each of its operations, {subject} is {condition}',
          'every operation of {job} needs a precise machine; {subject} must be {condition} each time',
        ],
      },
    };
  });
}

export const costEntries: readonly PaletteEntry[] = [
  entry({ id: 'total-cost', role: 'bound', from: 1, make: totalCost }),
  entry({ id: 'job-cost', role: 'bound', from: 1, times: 2, make: jobCost }),
  entry({ id: 'total-energy', role: 'bound', from: 2, make: totalEnergy }),
  entry({ id: 'machine-time', role: 'bound', from: 3, make: machineTime }),
  entry({ id: 'average-accuracy', role: 'bound', from: 3, make: averageAccuracy }),
  entry({ id: 'job-accuracy', role: 'bound', from: 2, times: 2, make: jobAccuracy }),
];
