/**
 * How long an answer may run, in ms, at most `timeoutMs`: ten times as long as the slowest of the runs with the gold patch, which took `goldMs`, and two
 * minutes at least. What takes longer hangs, and has not passed.
 */
export function toTimeLimit(goldMs: readonly number[], timeoutMs: number): number {
  return Math.min(timeoutMs, Math.max(120_000, 10 * Math.max(0, ...goldMs)));
}
