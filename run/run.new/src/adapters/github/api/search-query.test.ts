import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRepositorySearch, parseRepositorySearch } from './search-query.ts';
import { halfway, halfwayOfMagnitude, type NumberRange, searchMost, splitRange } from './search-ranges.ts';

const nowMs = Date.parse('2024-01-01T00:00:00Z');
const always = 'created:2007-10-01T00:00:00Z..2024-01-01T00:00:00Z';

describe('parseRepositorySearch', () => {
  it.each([
    ['language:java stars:>500', `language:java stars:501..10000000 ${always}`],
    ['stars:>=5 topic:cli', `topic:cli stars:5..10000000 ${always}`],
    ['stars:<5', `stars:0..4 ${always}`],
    ['stars:<=5', `stars:0..5 ${always}`],
    ['stars:7', `stars:7..7 ${always}`],
    ['stars:10..*', `stars:10..10000000 ${always}`],
    ['stars:>10 stars:<20', `stars:11..19 ${always}`],
    ['created:2020-01-31', 'stars:0..10000000 created:2020-01-31T00:00:00Z..2020-01-31T23:59:59Z'],
    ['created:>2020-01-31', 'stars:0..10000000 created:2020-02-01T00:00:00Z..2024-01-01T00:00:00Z'],
    ['created:2020-01-01..2020-01-02', 'stars:0..10000000 created:2020-01-01T00:00:00Z..2020-01-02T23:59:59Z'],
    ['', `stars:0..10000000 ${always}`],
  ])('reads %j', (query, expected) => {
    expect(formatRepositorySearch(parseRepositorySearch(query, nowMs))).toBe(expected);
  });

  it.each(['stars:many', 'stars:>1.5', 'created:yesterday'])('refuses %s', (query) => {
    expect(() => parseRepositorySearch(query, nowMs)).toThrow(/write (?:stars|created)/);
  });
});

describe('splitRange', () => {
  const spread = fc.array(fc.nat({ max: 5000 }), { maxLength: 40 });

  it.each([
    ['halves', halfway],
    ['magnitudes', halfwayOfMagnitude],
  ])('finds every result once, in parts that the host shows whole, cut by %s', async (_, middle) => {
    await fc.assert(
      fc.asyncProperty(spread, fc.nat({ max: 900 }), async (places, each) => {
        const count = async ({ from, to }: NumberRange) =>
          each * places.filter((place) => place >= from && place <= to).length;
        let [total, last] = [0, -1];
        for await (const part of splitRange({ from: 0, to: 5000 }, { count, middle })) {
          expect(part.from).toBeGreaterThan(last);
          expect(part.count <= searchMost || part.from === part.to).toBe(true);
          total += part.count;
          last = part.to;
        }

        expect(total).toBe(each * places.length);
      }),
    );
  });
});
