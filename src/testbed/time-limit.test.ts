import { describe, expect, it } from 'vitest';
import { toTimeLimit } from './time-limit.ts';

describe('toTimeLimit', () => {
  it.each([
    [[], 1_800_000, 120_000],
    [[20_000, 15_000], 1_800_000, 200_000],
    [[1000], 1_800_000, 120_000],
    [[600_000], 1_800_000, 1_800_000],
    [[1000], 60_000, 60_000],
  ])('of %j within %d ms', (goldMs, timeoutMs, limit) => expect(toTimeLimit(goldMs, timeoutMs)).toBe(limit));
});
