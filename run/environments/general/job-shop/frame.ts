import type { Row, World } from '../../../src/domain/world.ts';
import type { Frame, Rule } from '../../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../../src/util/rng.ts';
import { HORIZON, intervals, machineSide, PART, route, startSide } from './terms.ts';

/** The plan of one hall for one shift: `size` of its jobs, in turn of four and of three operations. */
export function frame(world: World, size: number, rng: Rng): Frame {
  const hall = rng.fork('hall').pick(world.rows.hall ?? []);
  const jobs = jobsInTurn(world, hall.name as string, rng.fork('jobs')).slice(0, size);
  const chains = jobs.map(({ name }) => chainOf(world, name as string));
  const keys = chains.flat();
  return {
    size,
    shape: {
      parts: [
        {
          name: PART,
          key: { field: 'operation', says: 'code of the operation', values: keys },
          fields: [
            { name: 'machine', says: 'name of the machine that does it', domain: { table: 'machine', column: 'name' } },
            { name: 'start', says: 'slot in which it starts', domain: { min: 0, max: HORIZON - 1 } },
          ],
        },
      ],
    },
    rules: rulesOf(chains),
    facts: {
      hall: hall.name as string,
      shift_start: hall.shift_start as number,
      ...Object.fromEntries(
        jobs.flatMap(({ name, customer }, at) => [
          [`job_${at + 1}`, name as string],
          [`customer_${at + 1}`, customer as string],
        ]),
      ),
    },
  };
}

/** Codes of a job's operations in the order in which they are done. */
export function chainOf(world: World, job: string): string[] {
  const rows = (world.rows.operation ?? []).filter((row) => row.job === job);
  return rows.sort((a, b) => (a.position as number) - (b.position as number)).map(({ name }) => name as string);
}

/** The jobs of a hall that frames are made of, in turn of four and of three operations. */
function jobsInTurn(world: World, hall: string, rng: Rng): Row[] {
  const jobs = rng.shuffle((world.rows.job ?? []).filter((job) => job.hall === hall));
  const ofLength = (length: number): Row[] =>
    jobs.filter(({ name }) => chainOf(world, name as string).length === length);
  const three = ofLength(3);
  return ofLength(4).flatMap((job, at) => [job, ...three.slice(at, at + 1)]);
}

function rulesOf(chains: readonly (readonly string[])[]): Rule[] {
  const keys = chains.flat();
  const own = keys.map((key): [string, string] => [key, key]);
  return [released(), order(chains), machines(), shiftEnd(own), calendar(own)];
}

function released(): Rule {
  return {
    id: 'released',
    constraint: {
      kind: 'each',
      part: PART,
      field: 'machine',
      condition: { attr: route('released'), op: '=', values: [1] },
    },
    wording: {
      subject: 'every operation',
      unit: 'count',
      templates: [
        '{subject} runs on a machine to which its routing leads and for which quality assurance has released it (released is 1)',
        '{subject} goes to a machine that stands in its routing with released = 1; a route that is not released must not be used',
      ],
    },
  };
}

function order(chains: readonly (readonly string[])[]): Rule {
  const pairs = chains.flatMap((chain) =>
    chain.slice(1).map((key, at): [string, string] => [chain[at] as string, key]),
  );
  return {
    id: 'order',
    constraint: { kind: 'precedence', intervals: intervals(), pairs, lag: 0 },
    wording: {
      subject: 'the operations of a job',
      unit: 'plain:slots',
      templates: [
        '{subject} are done in the order of their positions: an operation starts at the earliest in the slot in which the one before it has ended',
        'within each job the positions are kept: no operation starts before the end of the operation one position earlier',
      ],
    },
  };
}

function machines(): Rule {
  return {
    id: 'machines',
    constraint: {
      kind: 'no-overlap',
      intervals: intervals(),
      resource: { field: 'machine', attr: {} },
      setup: {
        family: { table: 'operation', key: 'name', column: 'family' },
        table: 'setup',
        from: 'from_family',
        to: 'to_family',
        column: 'slots',
      },
    },
    wording: {
      subject: 'operations on the same machine',
      unit: 'plain:slots',
      templates: [
        '{subject} do not overlap, and from the end of one to the start of a later one lies at least the set-up time from the family of the earlier to the family of the later (none where the families are equal; none before the first operation on a machine)',
        'a machine does one operation at a time, and where a later operation is of another material family, it starts at the earliest when the set-up time from the earlier family to the later one has passed since the end of the earlier; equal families need no set-up, nor does the first operation of the shift',
      ],
    },
  };
}

function shiftEnd(own: readonly [string, string][]): Rule {
  return {
    id: 'shift-end',
    constraint: {
      kind: 'relate',
      left: startSide,
      right: { ...machineSide, attr: route('latest_start') },
      pairs: [...own],
      op: '<=',
      offset: 0,
    },
    wording: {
      subject: 'every operation',
      unit: 'count',
      templates: [
        '{subject} has ended by the end of the shift: it starts no later than the latest_start of its route',
        'nothing runs past the end of the shift, so the start of an operation is at most the latest_start that its route states',
      ],
    },
  };
}

function calendar(own: readonly [string, string][]): Rule {
  return {
    id: 'calendar',
    constraint: {
      kind: 'pairs',
      mode: 'forbidden',
      left: machineSide,
      right: startSide,
      pairs: [...own],
      table: { name: 'blocked', left: 'machine', right: 'slot' },
    },
    wording: {
      subject: 'no operation',
      unit: 'text',
      templates: [
        '{subject} starts on a machine in a slot that is blocked for it; one that started earlier may run through',
        'a blocked slot of a machine means that nothing is started on it in that slot, while what already runs goes on',
      ],
    },
  };
}
