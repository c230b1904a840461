import type { World } from '../../../src/domain/world.ts';
import type { Frame, Narrative } from '../../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../../src/util/rng.ts';
import { chainOf } from './frame.ts';
import { clock, HORIZON, SLOT_MINUTES } from './terms.ts';

interface Facts {
  readonly hall: string;
  readonly from: string;
  readonly until: string;
  readonly jobs: string;
  readonly operations: number;
}

const OPENINGS: readonly ((facts: Facts) => string)[] = [
  ({ hall, jobs, operations }) =>
    `I need the shift plan for ${hall}: ${jobs}, ${operations} operations. Machine and start for each. No gaps in the paperwork this time, please.`,
  ({ hall, from, until, jobs }) =>
    `Good morning! You are standing in for our planner in ${hall} today. The shift runs from ${from} to ${until}, and ${jobs} are waiting in front of the machines. Could you work out which machine does which operation, and when?`,
  ({ hall, jobs, from }) =>
    `Our planning software went down last night, so the schedule of ${hall} has to be made by hand. It is about ${jobs}; the first machine can be loaded at ${from}.`,
  ({ hall, operations, jobs }) =>
    `The foreman of ${hall} has ${operations} operations on his board (${jobs}) and no schedule that works. Every version so far broke one of the rules below. Please make one that breaks none.`,
  ({ hall, from, until, jobs }) =>
    `Please prepare the machine schedule of ${hall} for the coming shift (${from} to ${until}). It covers ${jobs}. The customers, controlling and the works council have all had their say, and you will find their wishes below.`,
  ({ hall, jobs }) =>
    `Hi, it's production control. ${hall} takes over ${jobs} in the next shift. We know what has to be done and what must not happen; what we do not have is a plan. Can you help?`,
  ({ hall, operations, from, until }) =>
    `Subject: shift plan ${hall}. Scope: ${operations} operations, ${from} to ${until}. Wanted: an assignment of machines and start slots that satisfies each of the conditions that follow.`,
  ({ hall, jobs, until }) =>
    `We promised our customers that ${jobs} would move today. By ${until} the shift in ${hall} is over, so the order in which things are done matters, and so does the machine. Here is what you need to know to plan it.`,
];

const LISTS = [
  'The jobs and their operations:',
  'This is what has to be planned:',
  'On the board, job by job:',
] as const;

const LEADS = [
  'All of the following must hold:',
  'A plan is accepted when it keeps every one of these conditions:',
  'Please observe each of these points; a plan that misses one is of no use:',
  'These are the conditions, none of them negotiable:',
] as const;

export function narrate(frame: Frame, world: World, rng: Rng): Narrative {
  const facts = readFacts(frame);
  const opening = rng.pick(OPENINGS)(facts);
  return {
    intro: [opening, `${rng.pick(LISTS)} ${jobLines(frame, world, rng).join('; ')}.`],
    lead: rng.pick(LEADS),
    notes: notes(facts, frame.facts.shift_start as number, rng),
  };
}

function readFacts({ facts, size, shape }: Frame): Facts {
  const start = facts.shift_start as number;
  const jobs = Array.from({ length: size }, (_, at) => facts[`job_${at + 1}`] as string);
  return {
    hall: facts.hall as string,
    from: clock(start),
    until: clock(start + HORIZON * SLOT_MINUTES),
    jobs: `the jobs ${jobs.slice(0, -1).join(', ')} and ${jobs.at(-1)}`,
    operations: shape.parts[0]?.key.values.length ?? 0,
  };
}

function jobLines({ facts, size }: Frame, world: World, rng: Rng): string[] {
  const byCustomer = rng.chance(0.5);
  return Array.from({ length: size }, (_, at) => {
    const job = facts[`job_${at + 1}`] as string;
    const operations = chainOf(world, job).join(', ');
    return byCustomer ? `${job} for ${facts[`customer_${at + 1}`]} (${operations})` : `${job} with ${operations}`;
  });
}

function notes({ from, until }: Facts, shiftStart: number, rng: Rng): string[] {
  const example = rng.int(4, 12);
  const length = rng.int(2, 4);
  const begins = clock(shiftStart + example * SLOT_MINUTES);
  const ends = clock(shiftStart + (example + length) * SLOT_MINUTES);
  const last = example + length - 1;
  const occupied = `it occupies the slots ${example} ${length === 2 ? 'and' : 'to'} ${last}`;
  return [
    rng.pick([
      `Time is counted in slots of ${SLOT_MINUTES} minutes. Slot 0 begins at ${from}, slot s begins s times ${SLOT_MINUTES} minutes later, and the shift is over at ${until}, after slot ${HORIZON - 1}.`,
      `A slot is ${SLOT_MINUTES} minutes. The shift has the slots 0 (from ${from}) to ${HORIZON - 1}, and ends at ${until}, which is the beginning of slot ${HORIZON}.`,
    ]),
    rng.pick([
      `An operation that starts in slot ${example} and takes ${length} slots (the set-up before it is not part of that) runs from ${begins} to ${ends}: ${occupied} and has ended at the beginning of slot ${last + 1}.`,
      `Intervals include their first slot and exclude their end. Take an operation with start ${example} and a duration of ${length} slots (set-ups not included): ${occupied} and has ended at the beginning of slot ${last + 1} (${ends}).`,
    ]),
    rng.pick([
      'Duration, cost and energy depend on the machine and stand in the routing of the operation; costs are in euros here, in cents in the tools.',
      'How long an operation takes, what it costs and how much energy it uses is said by its route over the chosen machine (tools give cents, this text euros).',
    ]),
    rng.pick([
      'A set-up keeps the machine busy, and nothing else: it takes no crew, no tooling, no power, and it costs nothing. It may fall into blocked slots.',
      'Set-ups occupy only the machine itself; they count towards no cost, energy, crew, tooling or duration, and blocked slots do not hinder them.',
    ]),
    rng.pick([
      'Only the operations listed above are planned. Nothing else runs on the machines in this shift, and all of them may be used, in whichever hall they stand; the slots above are the same for all.',
      'Nothing but the operations above runs in this shift. Machines of other halls may be used where the routing leads to them; the slots above are the same there.',
    ]),
  ];
}
