/** Whole numbers from `from` to `to`, both included: stars, or seconds since 1970. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** GitHub's search gives no more than that many of its results. */
export const searchMost = 1000;

export interface SplitNeeds {
  /** How many results a range has. */
  count(range: NumberRange): Promise<number>;
  /** Where to cut a range of two or more: the last number of the first half. */
  middle(range: NumberRange): number;
}

/** The range in parts of at most 1,000 results each, in order; a part of one number may hold more. Empty parts are left out. */
export async function* splitRange(
  range: NumberRange,
  needs: SplitNeeds,
): AsyncGenerator<NumberRange & { readonly count: number }> {
  const count = await needs.count(range);
  if (count === 0) return;
  if (count <= searchMost || range.from === range.to) {
    yield { ...range, count };
    return;
  }
  const middle = needs.middle(range);
  yield* splitRange({ from: range.from, to: middle }, needs);
  yield* splitRange({ from: middle + 1, to: range.to }, needs);
}

export function halfway({ from, to }: NumberRange): number {
  return Math.floor((from + to) / 2);
}

/** Stars are spread over magnitudes: the geometric mean cuts results, not numbers, in halves. */
export function halfwayOfMagnitude({ from, to }: NumberRange): number {
  const mean = Math.floor(Math.sqrt((from + 1) * (to + 1))) - 1;
  return Math.min(to - 1, Math.max(from, mean));
}
