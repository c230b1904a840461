import type { Row, World } from '../../../src/domain/world.ts';
import type { ProposeContext } from '../../../src/stages/synthesize/pack.ts';
import { PART } from './terms.ts';

interface Route {
  readonly machine: string;
  readonly slots: number;
  readonly cost: number;
  readonly energy: number;
}

/** An operation of the frame, with what it needs, where it could run, and what the witness does with it. */
export interface Step {
  readonly name: string;
  readonly job: string;
  readonly kind: string;
  readonly skill: string;
  readonly crew: number;
  readonly tooling: string;
  readonly units: number;
  readonly temperature: number;
  /** Released routes only. */
  readonly routes: readonly Route[];
  readonly chosen: Route;
  /** No schedule can start it before: the shortest released durations of what precedes it in its job. */
  readonly earliest: number;
  readonly start: number;
  readonly end: number;
}

interface Machine {
  readonly name: string;
  readonly hall: string;
  readonly kind: string;
  readonly rate: number;
  readonly power: number;
  readonly accuracy: number;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** Steps of each job in the order in which they are done; jobs in the order of the frame. */
  readonly jobs: readonly (readonly Step[])[];
  machine(name: string): Machine;
  readonly hall: string;
  readonly shiftStart: number;
}

interface Index {
  readonly operations: ReadonlyMap<string, Row>;
  readonly routes: ReadonlyMap<string, readonly Route[]>;
  readonly machines: ReadonlyMap<string, Machine>;
}

const indexes = new WeakMap<World, Index>();

/** The witness as a schedule. */
export function readPlan({ world, frame, witness }: ProposeContext): Plan {
  const { operations, routes, machines } = indexOf(world);
  const keys = frame.shape.parts[0]?.key.values ?? [];
  const shortest = new Map<string, number>();
  const steps = keys.map((key): Step => {
    const row = operations.get(String(key)) as Row;
    const open = routes.get(String(key)) ?? [];
    const machine = witness.value(PART, key, 'machine');
    const chosen = open.find((route) => route.machine === machine);
    if (!chosen) throw new RangeError(`the witness runs ${key} on ${machine}, for which it is not released`);
    const earliest = shortest.get(row.job as string) ?? 0;
    shortest.set(row.job as string, earliest + Math.min(...open.map(({ slots }) => slots)));
    const start = witness.value(PART, key, 'start') as number;
    return {
      name: row.name as string,
      job: row.job as string,
      kind: row.kind as string,
      skill: row.skill as string,
      crew: row.crew as number,
      tooling: row.tooling as string,
      units: row.tool_units as number,
      temperature: row.temperature_c as number,
      routes: open,
      chosen,
      earliest,
      start,
      end: start + chosen.slots,
    };
  });
  return {
    steps,
    jobs: [...Map.groupBy(steps, ({ job }) => job).values()],
    machine: (name) => machines.get(name) as Machine,
    hall: frame.facts.hall as string,
    shiftStart: frame.facts.shift_start as number,
  };
}

function indexOf(world: World): Index {
  const known = indexes.get(world);
  if (known) return known;
  const released = (world.rows.routing ?? []).filter((row) => row.released === 1);
  const index: Index = {
    operations: new Map((world.rows.operation ?? []).map((row) => [row.name as string, row])),
    routes: new Map(
      [...Map.groupBy(released, (row) => row.operation as string)].map(([name, rows]) => [name, rows.map(toRoute)]),
    ),
    machines: new Map((world.rows.machine ?? []).map((row) => [row.name as string, toMachine(row)])),
  };
  indexes.set(world, index);
  return index;
}

const toRoute = (row: Row): Route => ({
  machine: row.machine as string,
  slots: row.slots as number,
  cost: row.cost_cents as number,
  energy: row.energy_kwh as number,
});

const toMachine = (row: Row): Machine => ({
  name: row.name as string,
  hall: row.hall as string,
  kind: row.kind as string,
  rate: row.rate_cents as number,
  power: row.power_kw as number,
  accuracy: row.accuracy as number,
});
