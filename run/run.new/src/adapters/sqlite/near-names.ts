import { distance } from 'fastest-levenshtein';

const MAX_NEAR = 3;

/** At most three of `known` that differ from `name` in at most half of its letters, nearest first; upper and lower case are the same. */
export function nearNames(name: string, known: readonly string[]): string[] {
  const wanted = name.slice(0, 200).toLowerCase();
  const limit = Math.max(2, Math.ceil(wanted.length / 2));
  return known
    .map((each) => ({ each, far: distance(wanted, each.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.each < b.each ? -1 : 1))
    .slice(0, MAX_NEAR)
    .map(({ each }) => each);
}
