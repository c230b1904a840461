import { compareText } from '../../../util/canonical-json.ts';
import type { Judged } from '../judged.ts';
import { shinglesOf, similarity } from './shingles.ts';
import { bands, bandsOf } from './signature.ts';

/** The earlier candidate that another one repeats. */
export interface Twin {
  readonly of: string;
  readonly kind: 'patch' | 'text';
  /** 0..1. */
  readonly similarity: number;
}

export interface TwinNeeds {
  /** From which similarity on two texts are one. */
  readonly threshold: number;
  readStatement(judged: Judged): Promise<string>;
}

/** Of a crowd in one band, each is compared with so many before it: what repeats a crowd repeats its first. */
const comparisons = 16;

/**
 * Which candidates repeat an earlier one, by merge time and then by id: so the answer does not depend on the order of `all`. Comparing is by exact
 * similarity, among those that MinHash brings together. Memory: under 100 bytes a candidate, and no text.
 */
export async function findTwins(
  all: readonly Judged[],
  needs: TwinNeeds,
  signal: AbortSignal,
): Promise<(Twin | null)[]> {
  const order = sortByAge(all);
  const neighbours = findNeighbours(order.map((index) => at(all, index)));
  const twins: (Twin | null)[] = all.map(() => null);
  const firstOfPatch = new Map<string, string>();
  for (const [rank, index] of order.entries()) {
    signal.throwIfAborted();
    const judged = at(all, index);
    const first = firstOfPatch.get(judged.patchHash);
    if (first !== undefined) {
      twins[index] = { of: first, kind: 'patch', similarity: 1 };
      continue;
    }
    firstOfPatch.set(judged.patchHash, judged.id);
    const earlier = [...(neighbours.get(rank) ?? [])]
      .map((other) => order[other] ?? 0)
      .filter((other) => twins[other] === null);
    twins[index] = await findTextTwin(
      judged,
      earlier.map((other) => at(all, other)),
      needs,
    );
  }
  return twins;
}

/** Indices of `all`, the first merged first. */
function sortByAge(all: readonly Judged[]): number[] {
  const times = Float64Array.from(all, ({ mergedAt }) => Date.parse(mergedAt));
  const time = (index: number) => times[index] ?? 0;
  return [...all.keys()].sort((a, b) => time(a) - time(b) || compareText(at(all, a).id, at(all, b).id));
}

async function findTextTwin(judged: Judged, earlier: readonly Judged[], needs: TwinNeeds): Promise<Twin | null> {
  if (earlier.length === 0) return null;
  const shingles = shinglesOf(await needs.readStatement(judged));
  for (const other of earlier) {
    const found = similarity(shingles, shinglesOf(await needs.readStatement(other)));
    if (found >= needs.threshold) return { of: other.id, kind: 'text', similarity: found };
  }
  return null;
}

/** For ranks that share a band with earlier ones: those, ascending. */
function findNeighbours(sorted: readonly Judged[]): Map<number, Set<number>> {
  const values = Array.from({ length: bands }, () => new Uint32Array(sorted.length));
  for (const [rank, { textSignature }] of sorted.entries()) {
    for (const [band, value] of bandsOf(textSignature).entries()) (values[band] as Uint32Array)[rank] = value;
  }
  const neighbours = new Map<number, Set<number>>();
  for (const column of values) {
    const ranks = Uint32Array.from(sorted.keys()).sort((a, b) => (column[a] ?? 0) - (column[b] ?? 0) || a - b);
    collectRuns(ranks, column, neighbours);
  }
  return neighbours;
}

/** Ranks with one value stand together: each gets the first ones of its run. */
function collectRuns(ranks: Uint32Array, column: Uint32Array, neighbours: Map<number, Set<number>>): void {
  let start = 0;
  for (let here = 1; here < ranks.length; here++) {
    const rank = ranks[here] ?? 0;
    if (column[rank] !== column[ranks[start] ?? 0]) start = here;
    else {
      const known = neighbours.get(rank) ?? new Set();
      for (let other = start; other < here && other < start + comparisons; other++) known.add(ranks[other] ?? 0);
      neighbours.set(rank, known);
    }
  }
}

function at(all: readonly Judged[], index: number): Judged {
  return all[index] as Judged;
}
