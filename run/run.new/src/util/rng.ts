import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded randomness. Streams are split by name, so one more draw in a stream changes nothing in another. */
export interface Rng {
  /** An integer of `min..max`, both inclusive. */
  int(min: number, max: number): number;
  /** True with probability `share` (0..1, resolved to one in a million). */
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
  /** `count` different elements in random order, or all where there are fewer. */
  sample<T>(list: readonly T[], count: number): T[];
  /** A stream of its own, the same for the same name whatever was drawn from this one. */
  fork(name: string): Rng;
}

/** The stream of `seed`; equal seeds give equal draws on every machine. */
export function createRng(seed: string): Rng {
  const generator = xoroshiro128plus(createHash('sha256').update(seed).digest().readInt32LE(0));
  const int = (min: number, max: number): number => uniformInt(generator, min, max);

  function shuffle<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = int(0, i);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  }

  return {
    int,
    chance: (share) => int(0, 999_999) < share * 1_000_000,
    pick(list) {
      if (list.length === 0) throw new RangeError('pick from an empty list');
      return list[int(0, list.length - 1)] as (typeof list)[number];
    },
    shuffle,
    sample: (list, count) => shuffle(list).slice(0, count),
    fork: (name) => createRng(`${seed}/${name}`),
  };
}
