import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import type { Plan, Step } from '../plan.ts';
import { machineSide, machineTerms, onMachine, route } from '../terms.ts';
import { entry, firstRule, names, neighbours, type Proposal, sum, upTo, upToHalf } from './kit.ts';

const canRunOn = (step: Step, machine: string): boolean => step.routes.some((one) => one.machine === machine);
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
  const bound = upToHalf(Math.max(...busy), most, [slack, 1]);
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
        'for each {group}, {subject} without set-ups come to {limit} in the shift',
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
          'another hall has a claim to {machine}, so {subject} that run there is {limit}',
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

const sameKind = ({ steps }: Plan): [Step, Step][] =>
  steps.flatMap((a, i) => steps.slice(i + 1).flatMap((b): [Step, Step][] => (a.kind === b.kind ? [[a, b]] : [])));

function sameMachine(plan: Plan, ctx: ProposeContext): Proposal | null {
  return firstRule(ctx, sameKind(plan), ([a, b]) => {
    if (a.chosen.machine !== b.chosen.machine || a.routes.length + b.routes.length < 3) return null;
    return {
      constraint: {
        kind: 'relate',
        left: machineSide,
        right: machineSide,
        pairs: [[a.name, b.name]],
        op: '=',
        offset: 0,
      },
      wording: {
        subject: a.name,
        unit: 'text',
        parts: { other: b.name },
        templates: [
          '{subject} and {other} share a measuring programme, so both run on the same machine',
          'for the sake of comparison {other} runs on the very machine that does {subject}',
        ],
      },
    };
  });
}

function otherMachine(plan: Plan, ctx: ProposeContext): Proposal | null {
  const pairs = sameKind(plan).filter(
    ([a, b]) => a.chosen.machine !== b.chosen.machine && a.routes.some(({ machine }) => canRunOn(b, machine)),
  );
  if (pairs.length < 2) return null;
  const chosen = ctx.rng.sample(pairs, 3).map(([a, b]): [string, string] => [a.name, b.name]);
  return {
    constraint: { kind: 'relate', left: machineSide, right: machineSide, pairs: chosen, op: '<>', offset: 0 },
    wording: {
      subject: 'these pairs of operations',
      unit: 'text',
      parts: { pairs: chosen.map(([a, b]) => `${a} and ${b}`).join('; ') },
      templates: [
        'chips of one must not get into the other, so the two operations of each of these pairs run on different machines: {pairs}',
        'if a machine fails, not both should be lost: each of {subject} is split over two different machines: {pairs}',
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
        unit: spread === 1 ? 'plain:slot' : 'plain:slots',
        parts: { machines: home.join(', '), kind },
        templates: [
          'the crews at {machines} get an even share: {subject} differ by {spread} at most between any two of them',
          'wear is to be even among {machines}, and {subject} must lie no more than {spread} apart for any two',
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

/** Ways from machine to machine that parts could take beside the witness's own, with one end on it. */
function otherWays(next: readonly [Step, Step][]): [string, string][] {
  const used = new Set(next.map(([a, b]) => `${a.chosen.machine}>${b.chosen.machine}`));
  const ways = next.flatMap(([a, b]) => [
    ...a.routes.map(({ machine }): [string, string] => [machine, b.chosen.machine]),
    ...b.routes.map(({ machine }): [string, string] => [a.chosen.machine, machine]),
  ]);
  const free = ways.filter(([from, to]) => from !== to && !used.has(`${from}>${to}`));
  return [...new Map(free.map((way) => [way.join('>'), way])).values()];
}

function transfers(plan: Plan, ctx: ProposeContext): Proposal | null {
  const next = neighbours(plan);
  const list = ctx.rng.sample(otherWays(next), 3);
  if (list.length === 0) return null;
  return {
    constraint: {
      kind: 'pairs',
      mode: 'forbidden',
      left: machineSide,
      right: machineSide,
      pairs: next.map(([a, b]): [string, string] => [a.name, b.name]),
      list,
    },
    wording: {
      subject: 'no job',
      unit: 'text',
      parts: { ways: list.map(([from, to]) => `from ${from} to ${to}`).join(', ') },
      templates: [
        'the gangway is dug up: {subject} goes from one operation to its next {ways}',
        'there is no crane on some ways, so two successive operations of a job never lead {ways}',
      ],
    },
  };
}

export const machineEntries: readonly PaletteEntry[] = [
  entry({ id: 'machine-load', role: 'couple', from: 2, make: machineLoad }),
  entry({ id: 'machine-quota', role: 'bound', from: 2, times: 2, make: machineQuota }),
  entry({ id: 'dear-machines', role: 'bound', from: 3, make: dearMachines }),
  entry({ id: 'distinct-machines', role: 'couple', from: 2, make: distinctMachines }),
  entry({ id: 'same-machine', role: 'couple', from: 3, times: 2, make: sameMachine }),
  entry({ id: 'other-machine', role: 'couple', from: 3, make: otherMachine }),
  entry({ id: 'balanced', role: 'couple', from: 3, make: balanced }),
  entry({ id: 'lent-work', role: 'bound', from: 3, make: lentWork }),
  entry({ id: 'transfers', role: 'couple', from: 4, make: transfers }),
];
