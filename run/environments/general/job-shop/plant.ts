import type { Row } from '../../../src/domain/world.ts';
import type { Rng } from '../../../src/util/rng.ts';
import { BLOCKS, FAMILIES, FIRST, HALLS, KINDS, LAST, MAKERS, SKILLS, TOOLINGS } from './names.ts';
import { HORIZON } from './terms.ts';

export interface Hall {
  readonly name: string;
  /** Kinds of machines it has, in the order in which parts pass them. */
  readonly kinds: readonly (typeof KINDS)[number][];
}

export interface Machine {
  readonly name: string;
  readonly hall: string;
  readonly kind: string;
  readonly rateCents: number;
  readonly powerKw: number;
  readonly accuracy: number;
  /** Per cent of the usual pace; what it means for an operation is visible in its routing alone. */
  readonly pace: number;
}

export interface Plant {
  readonly halls: readonly Hall[];
  readonly machines: readonly Machine[];
  readonly families: readonly string[];
  readonly skills: readonly string[];
  /** Names of the toolings of each kind of machine. */
  readonly toolings: Readonly<Record<string, readonly string[]>>;
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}

const HALL_COUNT = 3;
const MACHINES_OF_HALL = [3, 2, 2, 2];

/** Halls, machines and everything else that is there before the first order comes. */
export function createPlant(rng: Rng): Plant {
  const people = takeNames(rng.fork('people'));
  const halls = rng.sample(HALLS, HALL_COUNT).map((name) => ({ name, kinds: fourKinds(rng) }));
  const machines = createMachines(rng.fork('machines'), halls);
  const families = rng.sample(FAMILIES, rng.int(5, 6));
  const skills = rng.sample(SKILLS, 5);
  const toolNames = rng.sample(TOOLINGS, KINDS.length * 2);
  const toolings = Object.fromEntries(KINDS.map(({ kind }, at) => [kind, toolNames.slice(2 * at, 2 * at + 2)]));
  const years = rng.sample(range(1994, 2024), machines.length);
  const rows = {
    hall: halls.map(({ name }) => ({ name, supervisor: people(), shift_start: 30 * rng.int(11, 16) })),
    machine: machines.map((machine, at) => ({
      name: machine.name,
      hall: machine.hall,
      kind: machine.kind,
      rate_cents: machine.rateCents,
      power_kw: machine.powerKw,
      accuracy: machine.accuracy,
      installed: years[at] as number,
    })),
    blocked: machines.flatMap((machine) => blockedSlots(rng.fork(`blocked ${machine.name}`), machine.name)),
    family: families.map((name) => ({ name, hardness: rng.int(12, 97) })),
    setup: setupTimes(rng.fork('setup'), families),
    skill: skills.map((name) => ({ name, training_days: rng.int(3, 60) })),
    operator: halls.flatMap(({ name: hall }) =>
      skills.flatMap((skill) => range(1, rng.int(3, 6)).map(() => ({ name: people(), skill, hall }))),
    ),
    tooling: toolNames.map((name) => ({ name, copies: rng.int(4, 7) })),
  };
  return { halls, machines, families, skills, toolings, rows };
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** Four kinds in the order of production, at least one of them shared with any other hall as there are seven. */
function fourKinds(rng: Rng): Hall['kinds'] {
  const chosen = new Set<string>(rng.sample(KINDS, MACHINES_OF_HALL.length).map(({ kind }) => kind));
  return KINDS.filter(({ kind }) => chosen.has(kind));
}

function takeNames(rng: Rng): () => string {
  const names = rng.shuffle(FIRST.flatMap((first) => LAST.map((last) => `${first} ${last}`)));
  return () => names.pop() as string;
}

function createMachines(rng: Rng, halls: readonly Hall[]): Machine[] {
  const scores = rng.shuffle(range(38, 97));
  const names = rng.shuffle(MAKERS.flatMap((maker) => range(10, 95).map((model) => `${maker} ${model * 10}`)));
  return halls.flatMap((hall) => {
    const counts = rng.shuffle(MACHINES_OF_HALL);
    return hall.kinds.flatMap((kind, at) => {
      const base = rng.int(52, 88);
      const paces = rng.shuffle([78, 100, 124].slice(0, counts[at] as number));
      return paces.map((level) => {
        const accuracy = scores.pop() as number;
        return createMachine(rng, { name: names.pop() as string, hall: hall.name, kind, base, level, accuracy });
      });
    });
  });
}

interface MachineSpec {
  readonly name: string;
  readonly hall: string;
  readonly kind: (typeof KINDS)[number];
  /** Hourly rate in EUR of a usual machine. */
  readonly base: number;
  readonly level: number;
  readonly accuracy: number;
}

/** The rate grows with pace and with accuracy, so that a cheaper machine is always slower or less accurate. */
function createMachine(rng: Rng, { name, hall, kind, base, level, accuracy }: MachineSpec): Machine {
  const pace = level + rng.int(-6, 6);
  const [low, high] = kind.powerKw;
  const share = Math.min(100, Math.max(0, Math.trunc(((pace - 72) * 100) / 58) + rng.int(-20, 20)));
  return {
    name,
    hall,
    kind: kind.kind,
    // Whole multiples of 4.00 EUR an hour, so that a slot costs whole euros.
    rateCents: 400 * Math.max(5, Math.round((base * 100 * pace * pace * (80 + accuracy)) / (10_000 * 150 * 400))),
    powerKw: low + 4 * Math.round(((high - low) * share) / 400),
    accuracy,
    pace,
  };
}

/** One staggered break, at times a longer stop, at times no loading at the end of the shift. */
function blockedSlots(rng: Rng, machine: string): Row[] {
  const reasons = new Map<number, string>();
  const block = (from: number, length: number, reason: string): void => {
    for (let slot = from; slot < Math.min(HORIZON, from + length); slot++) reasons.set(slot, reason);
  };
  if (rng.chance(0.4)) block(rng.int(1, HORIZON - 10), rng.int(3, 4), rng.pick(BLOCKS.slice(1, 4)));
  block(rng.int(6, HORIZON - 16), 2, BLOCKS[0]);
  if (rng.chance(0.3)) block(rng.int(HORIZON - 4, HORIZON - 2), HORIZON, BLOCKS[4]);
  return [...reasons].sort(([a], [b]) => a - b).map(([slot, reason]) => ({ machine, slot, reason }));
}

/** 1 to 3 slots; as an operation takes at least one, no detour over a third family is shorter. */
function setupTimes(rng: Rng, families: readonly string[]): Row[] {
  return families.flatMap((from) =>
    families.filter((to) => to !== from).map((to) => ({ from_family: from, to_family: to, slots: rng.int(1, 3) })),
  );
}
