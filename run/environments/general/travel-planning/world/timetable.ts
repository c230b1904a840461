import type { Row } from '../../../../src/domain/world.ts';
import type { Rng } from '../../../../src/util/rng.ts';
import { operators, serviceCodes } from '../names.ts';
import type { Mode } from './atlas.ts';
import type { Edge, Region } from './region.ts';

/** Departures of a direction; with at most 40 edges there are at most 240 services. */
const MAX_DEPARTURES = 3;
/** Nothing arrives later than 23:30. */
const LAST_ARRIVAL = 1410;
const to5 = (minutes: number): number => Math.round(minutes / 5) * 5;

/** Ordered pairs with a service, with the distance. */
export function connectionsOf({ edges }: Region): Row[] {
  return edges
    .flatMap(({ a, b, km }) => [
      { origin: a.name, destination: b.name, km },
      { origin: b.name, destination: a.name, km },
    ])
    .sort((x, y) => order(x.origin, y.origin) || order(x.destination, y.destination));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Daily services in both directions of every edge. The first of the day leaves early, so that it can be followed by lunch. */
export function servicesOf(region: Region, rng: Rng): Row[] {
  const numbers = new Set<string>();
  const rows = region.edges.flatMap((edge) => {
    const speeds = speedsOf(rng);
    return [
      ...direction({ edge, from: edge.a.name, to: edge.b.name, speeds, numbers }, rng),
      ...direction({ edge, from: edge.b.name, to: edge.a.name, speeds, numbers }, rng),
    ];
  });
  return rows.sort((x, y) => order(String(x.name), String(y.name)));
}

/** Kilometres of great circle an hour on this route, detours included. */
const speedsOf = (rng: Rng): Record<Mode, number> => ({
  flight: rng.int(680, 760),
  train: rng.int(80, 190),
  coach: rng.int(52, 72),
});

interface Direction {
  readonly edge: Edge;
  readonly from: string;
  readonly to: string;
  readonly speeds: Readonly<Record<Mode, number>>;
  readonly numbers: Set<string>;
}

function direction({ edge, from, to, speeds, numbers }: Direction, rng: Rng): Row[] {
  const count = rng.int(2, MAX_DEPARTURES);
  const modes = rng.shuffle(edge.modes);
  const rows: Row[] = [];
  for (let i = 0; i < count; i++) {
    const mode = modes[i % modes.length] as Mode;
    const minutes = durationOf(mode, edge.km, speeds[mode] + rng.int(-4, 4));
    const departs = departureOf(i, count, rng);
    if (departs + minutes > LAST_ARRIVAL) continue;
    const company = rng.int(0, operators[mode].length - 1);
    rows.push({
      name: numberOf(serviceCodes[mode][company] as string, numbers, rng),
      mode,
      operator: operators[mode][company] as string,
      origin: from,
      destination: to,
      departs,
      arrives: departs + minutes,
      minutes,
      price_cents: fareOf(mode, { km: edge.km, minutes }, rng),
      carbon_kg: carbonOf(mode, edge.km),
    });
  }
  return rows;
}

/** Minutes from stop to stop: time at speed and a fixed share for boarding and taxiing. */
function durationOf(mode: Mode, km: number, kmPerHour: number): number {
  const fixed = { flight: 35, train: 10, coach: 10 }[mode];
  return to5(fixed + (km * 60) / kmPerHour);
}

function departureOf(index: number, count: number, rng: Rng): number {
  if (index === 0) return to5(rng.int(330, 450));
  return index === count - 1 ? to5(rng.int(840, 1110)) : to5(rng.int(470, 700));
}

/** Fare in cents: distance, mode and how quick it is, and what the hour brings. */
function fareOf(mode: Mode, { km, minutes }: { km: number; minutes: number }, rng: Rng): number {
  const base = { flight: 3900 + km * 8, train: 900 + km * 11, coach: 600 + km * 6 }[mode];
  const quick = mode === 'train' ? Math.round(((km * 60) / minutes) * 9) : 0;
  return Math.round(((base + quick) * rng.int(75, 140)) / 10_000) * 100;
}

/** Kilograms of carbon dioxide for one person, by usual factors for each kilometre, detours included. */
function carbonOf(mode: Mode, km: number): number {
  const grams = { flight: 12_000 + km * 150, train: 500 + km * 28, coach: 500 + km * 36 }[mode];
  return Math.max(1, Math.round(grams / 1000));
}

function numberOf(code: string, numbers: Set<string>, rng: Rng): string {
  for (;;) {
    const number = `${code} ${rng.int(10, 1999)}`;
    if (numbers.has(number)) continue;
    numbers.add(number);
    return number;
  }
}
