import type { PaletteEntry, ProposeContext } from '../../../../src/stages/synthesize/pack.ts';
import type { Plan, Step } from '../plan.ts';
import { HORIZON, onMachine, PART } from '../terms.ts';
import { at, downTo, entry, firstRule, names, type Proposal, upTo } from './kit.ts';

function peakTariff(plan: Plan, ctx: ProposeContext): Proposal | null {
  const ends = Math.max(...plan.steps.map(({ end }) => end));
  const windows = Array.from({ length: Math.max(1, ends - 8) }, (_, from) => from + 2);
  const length = ctx.rng.int(4, 7);
  const draw = (machine: string): number => plan.machine(machine).power;
  return firstRule(ctx, windows, (from) => {
    const until = from + length;
    const inside = plan.steps.filter(({ start }) => start >= from && start < until);
    if (inside.length === 0 || until > HORIZON) return null;
    const bound = upTo(Math.max(...inside.map(({ chosen }) => draw(chosen.machine))), ctx.slack);
    const hit = plan.steps.filter(({ routes }) => routes.some(({ machine }) => draw(machine) > bound));
    if (hit.length < 2) return null;
    return {
      constraint: {
        kind: 'whenever',
        part: PART,
        when: {
          field: 'start',
          condition: { attr: {}, op: 'in', values: Array.from({ length }, (_, slot) => from + slot) },
        },
        then: { field: 'machine', condition: { attr: { column: 'power_kw' }, op: '<=', values: [bound] } },
      },
      wording: {
        subject: 'an operation',
        unit: 'plain:kW',
        parts: {
          when: `{subject} starts in one of the slots ${from} to ${until - 1} (both included)`,
          then: 'its machine draws {thenCondition}',
        },
        templates: ['power is dear for a while: whenever {when}, {then}', 'peak tariff: if {when}, then {then}'],
      },
    };
  });
}

/** The longest run of slots in which none of the steps starts, around or after a start of one of them. */
function freeWindow(steps: readonly Step[], from: number): [number, number] | null {
  const next = Math.min(HORIZON, ...steps.map(({ start }) => start).filter((start) => start >= from));
  return next - from >= 2 ? [from, Math.min(next, from + 6)] : null;
}

function setterMeeting(plan: Plan, ctx: ProposeContext): Proposal | null {
  const kinds = [...Map.groupBy(plan.steps, ({ kind }) => kind).values()];
  return firstRule(ctx, kinds, (steps) => {
    const machines = [...new Set(steps.flatMap(({ routes }) => routes.map(({ machine }) => machine)))];
    const some = machines.filter((machine) => steps.some(({ chosen }) => chosen.machine === machine));
    const there = steps.filter(({ chosen }) => some.includes(chosen.machine));
    const window = freeWindow(there, ctx.rng.pick(there).start + 1);
    if (!window || window[0] > 26) return null;
    const [from, until] = window;
    return {
      constraint: {
        kind: 'whenever',
        part: PART,
        when: { field: 'machine', condition: onMachine(some) },
        then: {
          field: 'start',
          condition: {
            attr: {},
            op: 'not in',
            values: Array.from({ length: until - from }, (_, slot) => from + slot),
          },
        },
      },
      wording: {
        subject: 'an operation',
        unit: 'count',
        parts: {
          when: '{subject} runs on {whenCondition}',
          then: `it does not start in any of the slots ${from} to ${until - 1} (both included)`,
        },
        templates: [
          'the setters of some machines are in a safety briefing: whenever {when}, {then}; what started earlier may run through',
          'first-aid training takes the setters away: if {when}, then {then}, while what already runs goes on',
        ],
      },
    };
  });
}

function roughEarly(plan: Plan, ctx: ProposeContext): Proposal | null {
  const score = (machine: string): number => plan.machine(machine).accuracy;
  const scores = [...new Set(plan.steps.map(({ chosen }) => score(chosen.machine)))].sort((a, b) => a - b);
  return firstRule(ctx, scores.slice(1), (limit) => {
    const rough = plan.steps.filter(({ chosen }) => score(chosen.machine) < limit);
    const latest = upTo(Math.max(...rough.map(({ start }) => start)), ctx.slack);
    if (latest === 0 || latest > Math.max(...plan.steps.map(({ start }) => start)) - 2) return null;
    return {
      constraint: {
        kind: 'whenever',
        part: PART,
        when: { field: 'machine', condition: { attr: { column: 'accuracy' }, op: '<', values: [limit] } },
        then: { field: 'start', condition: { attr: {}, op: '<=', values: [latest] } },
      },
      wording: {
        subject: 'an operation',
        unit: 'count',
        parts: {
          when: '{subject} runs on a machine whose accuracy score is {whenCondition}',
          then: `it starts no later than ${at(plan, latest)}, that is, its start slot is {thenCondition}`,
        },
        templates: [
          'rework needs time: whenever {when}, {then}',
          'what comes off a rough machine is measured again before the shift ends, so if {when}, then {then}',
        ],
      },
    };
  });
}

function apprentice(plan: Plan, ctx: ProposeContext): Proposal | null {
  const pairs = plan.steps.flatMap((a) => plan.steps.filter((b) => b.job !== a.job).map((b): [Step, Step] => [a, b]));
  return firstRule(ctx, pairs, ([a, b]) => {
    const bound = downTo(b.start, ctx.slack);
    if (a.routes.length < 2 || bound <= b.earliest) return null;
    return {
      constraint: {
        kind: 'implies',
        when: [{ part: PART, key: a.name, field: 'machine', condition: onMachine([a.chosen.machine]) }],
        then: {
          kind: 'each',
          part: PART,
          field: 'start',
          keys: [b.name],
          condition: { attr: {}, op: '>=', values: [bound] },
        },
      },
      wording: {
        subject: a.name,
        unit: 'count',
        parts: { when: `{subject} runs on ${a.chosen.machine}` },
        nested: [
          {
            subject: `the start slot of ${b.name}`,
            unit: 'count',
            templates: ['{subject} must be {condition}', '{subject} has to be {condition}'],
          },
        ],
        templates: [
          'a fixture is passed on: if {when}, then {then}',
          'where {when}, {then}, because the same apprentice prepares both',
        ],
      },
    };
  });
}

function lateStart(plan: Plan, ctx: ProposeContext): Proposal | null {
  const early = plan.steps.filter(({ start, earliest }) => start > earliest);
  return firstRule(ctx, early, (a) => {
    const others = plan.steps.filter(
      (b) => b.job !== a.job && b.routes.some(({ machine }) => plan.machine(machine).accuracy < score(b)),
    );
    if (others.length < 2) return null;
    const keys = names(ctx.rng.sample(others, 2));
    const bound = Math.min(...others.filter(({ name }) => keys.includes(name)).map(score));
    const from = ctx.rng.int(a.earliest + 1, a.start);
    return {
      constraint: {
        kind: 'implies',
        when: [{ part: PART, key: a.name, field: 'start', condition: { attr: {}, op: '>=', values: [from] } }],
        then: {
          kind: 'each',
          part: PART,
          field: 'machine',
          keys,
          condition: { attr: { column: 'accuracy' }, op: '>=', values: [bound] },
        },
      },
      wording: {
        subject: a.name,
        unit: 'count',
        parts: { when: `{subject} does not start before ${at(plan, from)}` },
        nested: [
          {
            subject: 'the accuracy score of the machine',
            unit: 'plain:points',
            parts: { keys: keys.join(' and ') },
            templates: [
              'for {keys} {subject} must be {condition} each',
              'the machines that do {keys} each have an accuracy score of {condition}',
            ],
          },
        ],
        templates: [
          'the measuring room closes early: if {when}, then {then}',
          'where {when}, there is no time for a second measurement, and {then}',
        ],
      },
    };
  });

  function score(step: Step): number {
    return plan.machine(step.chosen.machine).accuracy;
  }
}

export const conditionalEntries: readonly PaletteEntry[] = [
  entry({ id: 'peak-tariff', role: 'conditional', from: 3, make: peakTariff }),
  entry({ id: 'setter-meeting', role: 'conditional', from: 3, times: 2, make: setterMeeting }),
  entry({ id: 'rough-early', role: 'conditional', from: 3, make: roughEarly }),
  entry({ id: 'passed-fixture', role: 'conditional', from: 4, times: 2, make: apprentice }),
  entry({ id: 'late-start', role: 'conditional', from: 5, make: lateStart }),
];
