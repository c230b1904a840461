/**
 * The bound of `value` loosened by the share `slack`: exactly the value at 0, else a number that people would set
 * (a multiple of about half the slack), outwards from the value.
 */
export function loosen(value: number, slack: number, way: 'up' | 'down'): number {
  const room = Math.floor(Math.abs(value) * slack);
  if (room === 0) return value;
  const step = humanStep(room / 2);
  return way === 'up' ? Math.ceil((value + room) / step) * step : Math.floor((value - room) / step) * step;
}

/** What a bound is made of: the planted value, the way that loosens it, and how other plays do. */
export interface Room {
  readonly value: number;
  readonly way: 'up' | 'down';
  readonly slack: number;
  /** The same number for random plays, of which the bound may let through the share `easy` at most. */
  readonly others: readonly number[];
  readonly easy: number;
}

/** Parts of the slack that are tried, so that a bound is loose only so far as it still turns plays away. */
const PARTS = [1, 0.7, 0.4, 0.2, 0.1, 0] as const;

/** The planted value loosened by `slack` or as much of it as leaves a bound that bites; null where not even the value itself does. */
export function bitingBound({ value, way, slack, others, easy }: Room): number | null {
  for (const part of PARTS) {
    const bound = loosen(value, slack * part, way);
    const kept = others.filter((other) => (way === 'up' ? other <= bound : other >= bound)).length;
    if (kept <= easy * others.length) return bound;
  }
  return null;
}

/** The largest of 1, 2, 5, 10, 20 … that is at most `size`, at least 1. */
function humanStep(size: number): number {
  let step = 1;
  for (const factor of [2, 2.5, 2]) {
    if (step * factor > size) return step;
    step *= factor;
  }
  return 10 * humanStep(size / 10);
}

/** "A", "A and B", "A, B and C". */
export function listed(names: readonly string[], word = 'and'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
