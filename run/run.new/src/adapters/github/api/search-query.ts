import { UsageError } from '../../../util/errors.ts';
import type { NumberRange } from './search-ranges.ts';

/** A repository search with its ranges taken out, so that they can be cut. */
export interface RepositorySearch {
  /** The words and qualifiers that are left. */
  readonly rest: string;
  readonly stars: NumberRange;
  /** Seconds since 1970. */
  readonly created: NumberRange;
}

/** More than any repository has. */
const starsMost = 10_000_000;
/** The day GitHub was launched in private beta, before any public repository of today. */
const firstDay = '2007-10-01';

/** Takes `stars:` and `created:` out of a query such as "language:java stars:>500". Throws UsageError for forms that it cannot read. */
export function parseRepositorySearch(query: string, nowMs: number): RepositorySearch {
  const words = query.trim().split(/\s+/).filter(Boolean);
  const find = (name: string) =>
    words.filter((word) => word.startsWith(`${name}:`)).map((word) => word.slice(name.length + 1));
  const stars = find('stars').map((text) => parseRange(text, { parse: parseStars, to: starsMost, from: 0 }));
  const all = { from: parseDate(firstDay).from, to: Math.floor(nowMs / 1000) };
  const created = find('created').map((text) => parseRange(text, { parse: parseDate, ...all }));
  return {
    rest: words.filter((word) => !/^(?:stars|created):/.test(word)).join(' '),
    stars: stars.reduce(overlap, { from: 0, to: starsMost }),
    created: created.length === 0 ? all : created.reduce(overlap),
  };
}

export function formatRepositorySearch({ rest, stars, created }: RepositorySearch): string {
  return `${rest} stars:${stars.from}..${stars.to} created:${formatSeconds(created.from)}..${formatSeconds(created.to)}`.trim();
}

export function formatSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

interface RangeRules extends NumberRange {
  /** What a single value stands for: one number of stars, all seconds of a day. */
  readonly parse: (text: string) => NumberRange;
}

function parseRange(text: string, { parse, from, to }: RangeRules): NumberRange {
  const between = text.match(/^(.+?)\.\.(.+)$/);
  if (between) {
    const [, low = '*', high = '*'] = between;
    return { from: low === '*' ? from : parse(low).from, to: high === '*' ? to : parse(high).to };
  }
  const [, sign = '', value = ''] = text.match(/^(>=|<=|>|<)?(.+)$/) ?? [];
  const meant = parse(value);
  if (sign === '>=') return { from: meant.from, to };
  if (sign === '>') return { from: meant.to + 1, to };
  if (sign === '<=') return { from, to: meant.to };
  if (sign === '<') return { from, to: meant.from - 1 };
  return meant;
}

function parseStars(text: string): NumberRange {
  if (!/^\d{1,8}$/.test(text)) {
    throw new UsageError(`stars:${text} is no number of stars; write stars:>500 or stars:10..50`);
  }
  return { from: Number(text), to: Number(text) };
}

function parseDate(text: string): NumberRange {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) {
    throw new UsageError(`created:${text} is no date; write created:>2020-01-31 or created:2020-01-01..2020-12-31`);
  }
  const from = Math.floor(ms / 1000);
  return { from, to: /^\d{4}-\d{2}-\d{2}$/.test(text) ? from + 86_399 : from };
}

function overlap(a: NumberRange, b: NumberRange): NumberRange {
  return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
}
