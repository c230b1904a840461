import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import type { Plan, Step } from '../plan.ts';
import { machineTerms, onMachine, route } from '../terms.ts';
import { canRunOn, entry, firstRule, listed, names, type Proposal, sum, upTo, upToRange } from './kit.ts';

const byMachine = ({ steps }: Plan): [string, Step[]][] => [...Map.groupBy(steps, ({ chosen }) => chosen.machine)];

/** Machines on which at least two of the steps could run, in the order of the plan. */
function contested(steps: readonly Step[]): string[] {
  const all = new Set(steps.flatMap(({ routes }) => routes.map(({ machine }) => machine)));
  return [...all].filter((machine) => steps.filter((step) => canRunOn(step, machine)).length >= 2);
}

function machineLoad(plan: Plan, { slack }: ProposeContext): Proposal | null {
  const busy = byMachine(plan).map(([, steps]) => sum(steps.map(({ chosen }) => chosen.slots)));
  const possible = contested(plan.steps).map((machine) =>
    sum(plan.steps.map(({ routes }) => routes.find((one) => one.machine === machine)?.slots ?? 0)),
  );
  const most = Math.max(0, ...possible);
  const bound = upToRange({ least: 0, value: Math.max(...busy), most }, slack / 2, 1);
  if (bound >= most) return null;
  return {
    constraint: {
      kind: 'group-limit',
      terms: [machineTerms({}, names(plan.steps))],
      load: route('slots'),
      op: '<=',
      bound,
    },
    wording: {
      subject: 'the durations of the operations on it',
      unit: 'plain:slots',
      parts: { group: 'machine' },
      templates: [
        'no {group} is worn out: {subject}, set-ups not counted, add up to {limit}',
        'for each {group}, {subject}, added up without set-ups, come to {limit} in the shift',
      ],
    },
  };
}

function machineQuota(plan: Plan, ctx: ProposeContext): Proposal | null {
  return firstRule(ctx, contested(plan.steps), (machine) => {
    const able = plan.steps.filter((step) => canRunOn(step, machine));
    const bound = upTo(able.filter(({ chosen }) => chosen.machine === machine).length, ctx.slack);
    if (bound >= able.length || bound === 0) return null;
    return {
      constraint: {
        kind: 'aggregate',
        fn: 'count',
        terms: [{ ...machineTerms({}, names(plan.steps)), where: onMachine([machine]) }],
        op: '<=',
        bound,
      },
      wording: {
        subject: 'the number of operations of this plan',
        unit: 'count',
        parts: { machine },
        templates: [
          '{machine} is running in a new spindle: {subject} on it is {limit}',
          'another hall has a claim to {machine}, so {subject} that run on it is {limit}',
        ],
      },
    };
  });
}

function dearMachines(plan: Plan, ctx: ProposeContext): Proposal | null {
  const rates = [
    ...new Set(plan.steps.flatMap(({ routes }) => routes.map(({ machine }) => plan.machine(machine).rate))),
  ];
  return firstRule(ctx, rates, (rate) => {
    const isDear = (machine: string): boolean => plan.machine(machine).rate >= rate;
    const bound = upTo(plan.steps.filter(({ chosen }) => isDear(chosen.machine)).length, ctx.slack);
    const open = plan.steps.filter(({ routes }) => routes.some(({ machine }) => isDear(machine)));
    const forced = plan.steps.filter(({ routes }) => routes.every(({ machine }) => isDear(machine)));
    if (bound >= open.length || bound > forced.length + 3) return null;
    return {
      constraint: {
        kind: 'aggregate',
        fn: 'count',
        terms: [
          {
            ...machineTerms({}, names(plan.steps)),
            where: { attr: { column: 'rate_cents' }, op: '>=', values: [rate] },
          },
        ],
        op: '<=',
        bound,
      },
      wording: {
        subject: 'the number of operations on machines',
        unit: 'count',
        parts: { rate: `${(rate / 100).toFixed(2)} EUR` },
        templates: [
          'costly machines are for where they are needed: {subject} with an hourly rate of {rate} or more is {limit}',
          '{subject} whose hourly rate is at least {rate} must be {limit}',
        ],
      },
    };
  });
}

function distinctMachines(plan: Plan, { slack }: ProposeContext): Proposal | null {
  const used = byMachine(plan).length;
  const bound = upTo(used, slack);
  if (bound >= new Set(plan.steps.flatMap(({ routes }) => routes.map(({ machine }) => machine))).size) return null;
  return {
    constraint: { kind: 'distinct', terms: [machineTerms({}, names(plan.steps))], op: '<=', bound },
    wording: {
      subject: 'different machines',
      unit: 'count',
      templates: [
        'warming up costs money: the plan uses {limit} {subject} in all',
        'the number of {subject} in the plan is {limit}, the rest stay switched off',
      ],
    },
  };
}

function balanced(plan: Plan, ctx: ProposeContext): Proposal | null {
  const kinds = [...Map.groupBy(plan.steps, ({ kind }) => kind)].filter(([, steps]) => steps.length >= 3);
  return firstRule(ctx, kinds, ([kind, steps]) => {
    const home = contested(steps).filter((machine) => plan.machine(machine).hall === plan.hall);
    if (home.length < 2) return null;
    const load = (machine: string): number =>
      sum(steps.map(({ chosen }) => (chosen.machine === machine ? chosen.slots : 0)));
    const loads = home.map(load);
    const spread = upTo(Math.max(...loads) - Math.min(...loads), ctx.slack);
    if (spread > 5) return null;
    return {
      constraint: {
        kind: 'balance',
        terms: [machineTerms({}, names(steps))],
        load: route('slots'),
        values: home,
        spread,
      },
      wording: {
        subject: `the durations of the operations of this plan, set-ups not counted, added up for each of them,`,
        unit: 'plain:slots',
        parts: { machines: listed(home), kind },
        templates: [
          'the crews at {machines} get an even share: {subject} differ by {spread} at most between any two of them',
          'wear is to be even among {machines}, and {subject} must lie no more than {spread} apart for any two',
        ],
        even: [
          'the crews at {machines} get an even share: {subject} must be equal',
          'wear is to be even among {machines}, and {subject} must be equal',
        ],
      },
    };
  });
}

function lentWork(plan: Plan, { slack }: ProposeContext): Proposal | null {
  const isAway = (machine: string): boolean => plan.machine(machine).hall !== plan.hall;
  const away = plan.steps.filter(({ chosen }) => isAway(chosen.machine)).length;
  const open = plan.steps.filter(({ routes }) => routes.some(({ machine }) => isAway(machine))).length;
  const bound = upTo(away, slack);
  if (bound >= open) return null;
  return {
    constraint: {
      kind: 'aggregate',
      fn: 'count',
      terms: [
        { ...machineTerms({}, names(plan.steps)), where: { attr: { column: 'hall' }, op: '<>', values: [plan.hall] } },
      ],
      op: '<=',
      bound,
    },
    wording: {
      subject: 'the number of operations on machines of other halls',
      unit: 'count',
      parts: { hall: plan.hall },
      templates: [
        'transport between halls is scarce: {subject} than {hall} is {limit}',
        '{subject} (any but {hall}) must be {limit}, as every one needs a fork-lift',
      ],
    },
  };
}

export const machineEntries: readonly PaletteEntry[] = [
  entry({ id: 'machine-load', role: 'couple', from: 2, make: machineLoad }),
  entry({ id: 'machine-quota', role: 'bound', from: 2, times: 2, make: machineQuota }),
  entry({ id: 'dear-machines', role: 'bound', from: 3, make: dearMachines }),
  entry({ id: 'distinct-machines', role: 'couple', from: 2, make: distinctMachines }),
  entry({ id: 'balanced', role: 'couple', from: 3, make: balanced }),
  entry({ id: 'lent-work', role: 'bound', from: 3, make: lentWork }),
];
