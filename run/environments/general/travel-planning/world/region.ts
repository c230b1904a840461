import type { Rng } from '../../../../src/util/rng.ts';
import { greatCircleKm } from '../geo.ts';
import { type Mode, modesBetween, type Place, places } from './atlas.ts';

/** Two neighbouring cities with direct services both ways. */
export interface Edge {
  readonly a: Place;
  readonly b: Place;
  readonly km: number;
  readonly modes: readonly Mode[];
}

export interface Region {
  readonly cities: readonly Place[];
  readonly edges: readonly Edge[];
}

/** Neighbours that every city has at least, so that round trips without repeats exist. */
const MIN_DEGREE = 4;
/** Most pairs of neighbours, so that the timetable stays within 250 services. */
const MAX_EDGES = 36;
/** Cities closer than this are one place to a traveller. */
const MIN_KM = 35;

/** A plausible region: a city and others around it, joined by services that distance, land and airports allow. */
export function createRegion(rng: Rng): Region {
  for (let attempt = 0; attempt < 500; attempt++) {
    const region = regionAround(rng.pick(places), rng);
    if (region) return region;
  }
  throw new Error('no region of the atlas has enough connected cities');
}

function regionAround(seed: Place, rng: Rng): Region | null {
  const size = rng.int(10, 14);
  for (let radius = rng.int(380, 560); radius <= 1000; radius += 110) {
    const cities = spread(
      seed,
      rng.shuffle(places.filter((place) => place !== seed && greatCircleKm(seed, place) <= radius)),
      size,
    );
    const airports = new Set(cities.flatMap((city) => city.airport ?? []));
    if (cities.length < size || airports.size < 4) continue;
    const edges = joinUp(cities, rng);
    if (edges) return { cities, edges };
  }
  return null;
}

/** The seed and the first of the candidates that are neither namesakes nor suburbs of those taken before. */
function spread(seed: Place, candidates: readonly Place[], size: number): Place[] {
  const taken = [seed];
  for (const place of candidates) {
    if (taken.length === size) break;
    if (taken.every((other) => other.name !== place.name && greatCircleKm(other, place) >= MIN_KM)) taken.push(place);
  }
  return taken;
}

/** Short hops first, then a few longer ones; null where some city stays too badly connected. */
function joinUp(cities: readonly Place[], rng: Rng): Edge[] | null {
  const possible = cities
    .flatMap((a, i) => cities.slice(i + 1).map((b) => edgeOf(a, b)))
    .filter((edge) => edge.modes.length > 0)
    .sort((x, y) => x.km - y.km);
  const degree = new Map(cities.map((city) => [city, 0]));
  const degreeOf = (city: Place): number => degree.get(city) ?? 0;
  const chosen = new Set<Edge>();
  const choose = (edge: Edge): void => {
    chosen.add(edge);
    degree.set(edge.a, degreeOf(edge.a) + 1);
    degree.set(edge.b, degreeOf(edge.b) + 1);
  };
  for (const edge of possible) if (Math.min(degreeOf(edge.a), degreeOf(edge.b)) < MIN_DEGREE) choose(edge);
  for (const edge of rng.shuffle(possible))
    if (chosen.size < MAX_EDGES && !chosen.has(edge) && rng.chance(0.3)) choose(edge);
  const isSound =
    chosen.size <= MAX_EDGES + 4 &&
    cities.every((city) => degreeOf(city) >= MIN_DEGREE) &&
    isConnected(cities, [...chosen]);
  return isSound ? [...chosen] : null;
}

function edgeOf(a: Place, b: Place): Edge {
  const km = greatCircleKm(a, b);
  return { a, b, km, modes: modesBetween(a, b, km) };
}

function isConnected(cities: readonly Place[], edges: readonly Edge[]): boolean {
  const reached = new Set(cities.slice(0, 1));
  for (const city of reached) {
    for (const { a, b } of edges) {
      if (a === city) reached.add(b);
      if (b === city) reached.add(a);
    }
  }
  return reached.size === cities.length;
}
