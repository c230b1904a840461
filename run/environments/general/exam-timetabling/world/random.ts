import type { Rng } from '../../../../src/util/rng.ts';

const LETTERS = 'BCDFGHJKMNPQRSTVWXYZ';

/** Makes codes of `prefix` and four signs that never repeat and tell nothing about what they stand for. */
export function createCodes(prefix: string, rng: Rng): () => string {
  const used = new Set<string>();
  return () => {
    for (;;) {
      const code = `${prefix}-${rng.pick([...LETTERS])}${rng.int(10, 99)}${rng.pick([...LETTERS])}`;
      if (!used.has(code)) {
        used.add(code);
        return code;
      }
    }
  };
}

/** One element, drawn with odds in proportion to `weights` (integers, not all 0). */
export function pickWeighted<T>(list: readonly T[], weights: readonly number[], rng: Rng): T {
  let left = rng.int(
    1,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left <= 0) return list[i] as T;
  }
  throw new RangeError('pick from an empty list');
}

/** The nearest multiple of `step`, at least `step`. */
export function roundTo(value: number, step: number): number {
  return Math.max(step, Math.round(value / step) * step);
}
