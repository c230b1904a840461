import { describe, expect, it } from 'vitest';
import { toDependencyDate } from './dependency-date.ts';

const later = Date.UTC(2030, 0, 1);

describe('toDependencyDate', () => {
  it.each([
    ['2024-01-01T00:00:00Z', '2024-01-31T23:59:59Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59Z'],
    ['2023-12-31T12:00:00Z', '2023-12-31T23:59:59Z'],
    // The month of the commit is that of Greenwich.
    ['2024-03-31T23:30:00-05:00', '2024-04-30T23:59:59Z'],
  ])('of %s is the end of its month', (committedAt, date) => expect(toDependencyDate(committedAt, later)).toBe(date));

  it('is now, where the month has not ended', () => {
    expect(toDependencyDate('2024-05-02T00:00:00Z', Date.UTC(2024, 4, 10, 11, 12, 13, 999))).toBe(
      '2024-05-10T11:12:13Z',
    );
  });
});
