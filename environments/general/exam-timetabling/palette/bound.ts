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
