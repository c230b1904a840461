/** A small linear congruential stream of numbers in [0, 1), so that a solution program needs no library. */
export function stream(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
