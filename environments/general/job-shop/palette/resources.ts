import type { Attr } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext, Wording } from '../../../../src/stages/synthesize/pack.ts';
import type { Plan, Step } from '../plan.ts';
import { intervals, need } from '../terms.ts';
import { entry, firstRule, names, type Proposal, peak, sum, upTo } from './kit.ts';

interface Cap {
  readonly steps: readonly Step[];
  readonly attr: Attr;
  /** What the step occupies in the witness. */
  readonly taken: (step: Step) => number;
  /** The most that the step could occupy. */
  readonly most: (step: Step) => number;
  /** How many the world has; a cap is only believable below. */
  readonly owned?: number;
  readonly wording: Wording;
}

/** What runs at the same time never needs more than in the witness; null where it cannot. */
function cap(slack: number, { steps, attr, taken, most, owned, wording }: Cap): Proposal | null {
  const capacity = upTo(peak(steps, taken), slack);
  if (capacity >= sum(steps.map(most)) || (owned !== undefined && capacity >= owned)) return null;
  return {
    constraint: {
      kind: 'cumulative',
      intervals: intervals(names(steps)),
      demand: { field: 'machine', attr },
      capacity,
    },
    wording,
  };
}

function power(plan: Plan, { slack }: ProposeContext): Proposal | null {
  return cap(slack, {
    steps: plan.steps,
    attr: { column: 'power_kw' },
    taken: ({ chosen }) => plan.machine(chosen.machine).power,
    most: ({ routes }) => Math.max(...routes.map(({ machine }) => plan.machine(machine).power)),
    wording: {
      subject: 'the machines on which operations of this plan are running',
      unit: 'plain:kW',
      templates: [
        'the transformer is being repaired: in no slot do {subject} draw more than {bound} together (set-ups draw nothing)',
        'the grid operator caps the load, so in every slot {subject} together draw at most {bound}; set-ups do not count',
      ],
    },
  });
}

function crew(plan: Plan, { slack }: ProposeContext): Proposal | null {
  return cap(slack, {
    steps: plan.steps,
    attr: need('crew'),
    taken: (step) => step.crew,
    most: (step) => step.crew,
    wording: {
      subject: 'running operations',
      unit: 'plain:operators',
      templates: [
        'many are on holiday: in no slot do {subject} occupy more than {bound} in all, whatever their skills (crew of the operations, set-ups not counted)',
        'only {bound} can be at work at a time today, so in every slot the crews of {subject} together are no more than that; set-ups need nobody',
      ],
    },
  });
}

const bySkill = ({ steps }: Plan): [string, Step[]][] => [...Map.groupBy(steps, ({ skill }) => skill)];
const byTooling = ({ steps }: Plan): [string, Step[]][] => [...Map.groupBy(steps, ({ tooling }) => tooling)];

function skilledCrew(plan: Plan, ctx: ProposeContext): Proposal | null {
  return firstRule(ctx, bySkill(plan), ([skill, steps]) =>
    cap(ctx.slack, {
      steps,
      attr: need('crew'),
      taken: (step) => step.crew,
      most: (step) => step.crew,
      owned: (ctx.world.rows.operator ?? []).filter((row) => row.skill === skill).length,
      wording: {
        subject: `operations that need the skill "${skill}"`,
        unit: 'count',
        parts: { skill },
        templates: [
          'no more than {bound} of the operators with the skill "{skill}" can come today: in no slot do running {subject} occupy more of them together',
          'of those qualified in "{skill}", {bound} can work at a time, so in every slot the crews of running {subject} add up to {bound} at most',
        ],
      },
    }),
  );
}

function toolCopies(plan: Plan, ctx: ProposeContext): Proposal | null {
  return firstRule(ctx, byTooling(plan), ([tooling, steps]) =>
    cap(ctx.slack, {
      steps,
      attr: need('tool_units'),
      taken: (step) => step.units,
      most: (step) => step.units,
      owned: (ctx.world.rows.tooling ?? []).find(({ name }) => name === tooling)?.copies as number,
      wording: {
        subject: `operations that need the tooling "${tooling}"`,
        unit: 'count',
        parts: { tooling },
        templates: [
          'only {bound} of the copies of "{tooling}" can be had, the others are being calibrated: in no slot do running {subject} occupy more (tool_units)',
          'tooling "{tooling}" at hand in this shift: {bound}, so in every slot the tool_units of running {subject} add up to {bound} at most',
        ],
      },
    }),
  );
}

export const resourceEntries: readonly PaletteEntry[] = [
  entry({ id: 'power', role: 'couple', from: 3, make: power }),
  entry({ id: 'crew', role: 'couple', from: 4, make: crew }),
  entry({ id: 'skilled-crew', role: 'couple', from: 2, times: 2, make: skilledCrew }),
  entry({ id: 'tool-copies', role: 'couple', from: 2, times: 2, make: toolCopies }),
];
