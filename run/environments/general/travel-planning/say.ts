/** Integers of the world as a person writes them, as the renderer does. */
export const eur = (cents: number): string => `${(cents / 100).toFixed(2)} EUR`;
export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly (string | number)[], joint = 'and'): string {
  if (words.length <= 1) return String(words[0] ?? '');
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`;
}
