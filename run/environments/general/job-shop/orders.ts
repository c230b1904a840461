import type { Row } from '../../../src/domain/world.ts';
import type { Rng } from '../../../src/util/rng.ts';
import { CUSTOMER_STEMS, CUSTOMER_TRADES, KINDS } from './names.ts';
import { type Hall, type Machine, type Plant, range } from './plant.ts';
import { HORIZON } from './terms.ts';

/** Numbers of operations of the jobs of a hall: those of three and four are what frames are made of. */
const LENGTHS = [4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 2, 5];

interface Operation {
  readonly name: string;
  readonly hall: Hall;
  readonly kind: string;
  /** Slots at the usual pace, in per cent. */
  readonly work: number;
  readonly row: Row;
}

/** Customers, jobs, operations and their routing on the machines of `plant`. */
export function createOrders(rng: Rng, plant: Plant): Readonly<Record<string, readonly Row[]>> {
  const stems = rng.sample(CUSTOMER_STEMS, 12);
  const customers = stems.map((stem) => `${stem} ${rng.pick(CUSTOMER_TRADES)}`);
  const numbers = rng.sample(range(101, 999), plant.halls.length * LENGTHS.length);
  const jobs: Row[] = [];
  const operations: Operation[] = [];
  for (const hall of plant.halls) {
    for (const length of LENGTHS) {
      const job = {
        name: `J${numbers.pop()}`,
        customer: rng.pick(customers),
        hall: hall.name,
        family: rng.pick(plant.families),
        priority: rng.int(1, 3),
        quantity: 5 * rng.int(2, 40),
      };
      jobs.push(job);
      operations.push(...createOperations(rng, { plant, hall, job, length }));
    }
  }
  return {
    customer: customers.map((name) => ({ name, since: rng.int(1987, 2023) })),
    job: rng.shuffle(jobs),
    operation: rng.shuffle(operations).map(({ row }) => row),
    routing: inTurn(operations).flatMap((booking) => createRouting(rng, booking, plant.machines)),
  };
}

function createOperations(
  rng: Rng,
  { plant, hall, job, length }: { plant: Plant; hall: Hall; job: Row; length: number },
): Operation[] {
  return chainOfKinds(rng, hall, length).map((kind, at) => {
    const heat = KINDS.find((each) => each.kind === kind)?.temperatureC;
    const name = `${job.name}-${10 * (at + 1)}`;
    const row = {
      name,
      job: job.name as string,
      position: at + 1,
      kind,
      family: job.family as string,
      skill: rng.pick(plant.skills),
      crew: rng.chance(0.25) ? 2 : 1,
      tooling: rng.pick(plant.toolings[kind] as readonly string[]),
      tool_units: rng.chance(0.15) ? 2 : 1,
      temperature_c: heat ? 20 * rng.int(heat[0] / 20, heat[1] / 20) : 20,
    };
    return { name, hall, kind, work: rng.int(190, 520), row };
  });
}

/** Kinds in production order; every third chain returns to a kind that it has passed. */
function chainOfKinds(rng: Rng, hall: Hall, length: number): string[] {
  const kinds = hall.kinds.map(({ kind }) => kind);
  const returns = Math.max(length - kinds.length, length > 2 && rng.chance(0.34) ? 1 : 0);
  const passed = new Set(rng.sample(kinds, length - returns));
  const chain = kinds.filter((kind) => passed.has(kind));
  for (let left = returns; left > 0; left--) chain.push(rng.pick(chain.slice(0, -1)));
  return chain;
}

interface Booking {
  readonly operation: Operation;
  /** How many operations of the hall needed the same kind before. */
  readonly turn: number;
}

/** Counts the operations by hall and kind, so that the machines of a kind are released in turn and none is alone with everything. */
function inTurn(operations: readonly Operation[]): Booking[] {
  const turns = new Map<string, number>();
  return operations.map((operation) => {
    const place = `${operation.hall.name}/${operation.kind}`;
    const turn = turns.get(place) ?? 0;
    turns.set(place, turn + 1);
    return { operation, turn };
  });
}

interface Route {
  readonly machine: Machine;
  readonly released: number;
  readonly slots: number;
  readonly energy: number;
  cost: number;
}

/** The machines of the kind in the own hall, and at times one of another hall. */
function createRouting(rng: Rng, { operation, turn }: Booking, machines: readonly Machine[]): Row[] {
  const able = machines.filter(({ kind }) => kind === operation.kind);
  const home = able.filter(({ hall }) => hall === operation.hall.name);
  const away = able.filter(({ hall }) => hall !== operation.hall.name);
  const sure = home[turn % home.length];
  const chosen = [...home, ...(rng.chance(0.6) ? rng.sample(away, 1) : [])];
  const routes = chosen.map((machine): Route => {
    const slots = Math.max(1, Math.ceil((operation.work * rng.int(94, 108)) / (100 * machine.pace)));
    const released = machine === sure || rng.chance(home.includes(machine) ? 0.7 : 0.5) ? 1 : 0;
    const cost = (machine.rateCents * slots) / 4 + 25 * rng.int(8, 80);
    return { machine, released, slots, energy: (machine.powerKw * slots) / 4, cost };
  });
  const beaten = (route: Route): Route[] => routes.filter((other) => other !== route && beats(route, other));
  // From the weakest on, so that a price raised later stays above those that it has to exceed.
  for (const route of [...routes].sort((a, b) => beaten(a).length - beaten(b).length)) {
    route.cost = Math.max(route.cost, ...beaten(route).map(({ cost }) => cost + 275));
  }
  return routes.map(({ machine, released, slots, energy, cost }) => ({
    operation: operation.name,
    machine: machine.name,
    released,
    slots,
    cost_cents: cost,
    energy_kwh: energy,
    latest_start: HORIZON - slots,
  }));
}

/** Nothing but its price would speak for `b`. */
function beats(a: Route, b: Route): boolean {
  return a.slots <= b.slots && a.energy <= b.energy && a.machine.accuracy >= b.machine.accuracy;
}
