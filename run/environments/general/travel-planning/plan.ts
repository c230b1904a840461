import type { Key } from '../../../src/domain/answer.ts';
import type { Attr, Pick, Side } from '../../../src/domain/constraint.ts';
import type { Frame } from '../../../src/stages/synthesize/pack.ts';

/** A run of nights in one city: its dates in order, and the number of the leg that brings the party there. */
export interface Stay {
  readonly dates: readonly string[];
  readonly leg: number;
}

/** Stays of a size, cut out of the nights that each stay of the longest trip lasts. */
export function staysOf(dates: readonly string[], nights: readonly number[]): Stay[] {
  const stays: Stay[] = [];
  let at = 0;
  for (const count of nights) {
    if (at >= dates.length) break;
    stays.push({ dates: dates.slice(at, at + count), leg: stays.length + 1 });
    at += count;
  }
  return stays;
}

export const firstOf = (stay: Stay): string => stay.dates[0] as string;
export const lastOf = (stay: Stay): string => stay.dates.at(-1) as string;

/** Dates of the answer's days. */
export const datesOf = (frame: Frame): string[] => (frame.shape.parts[0]?.key.values ?? []).map(String);
/** Numbers of the answer's legs, none at small sizes. */
export const legsOf = (frame: Frame): number[] => (frame.shape.parts[1]?.key.values ?? []).map(Number);

/** The stays of a frame, read back from its facts. */
export const staysIn = (frame: Frame): Stay[] =>
  staysOf(datesOf(frame), String(frame.facts.nights_by_stay).split(' ').map(Number));

export type DayField = 'city' | 'hotel' | 'lunch' | 'attraction' | 'dinner';

export const day = (field: DayField, attr: Attr = {}): Side => ({ part: 'days', field, attr });
export const leg = (column: string): Side => ({ part: 'legs', field: 'service', attr: { column } });
/** The weekday of the row's own date, whatever stands in the field. */
export const weekday = (field: DayField): Side =>
  day(field, { table: 'calendar', on: { date: 'date' }, column: 'weekday' });
export const forecast = (column: string): Attr => ({ table: 'weather', on: { city: 'city', date: 'date' }, column });

/** Terms of a column of what was chosen in a field. */
export const pickDay = (field: DayField, column: string, extra: Partial<Pick> = {}): Pick => ({
  part: 'days',
  field,
  attr: { column },
  ...extra,
});
export const pickLeg = (column: string, extra: Partial<Pick> = {}): Pick => ({
  part: 'legs',
  field: 'service',
  attr: { column },
  ...extra,
});

export const samePairs = (keys: readonly Key[]): [Key, Key][] => keys.map((key) => [key, key]);
export const steps = <T>(list: readonly T[]): [T, T][] => list.slice(1).map((item, i) => [list[i] as T, item]);
