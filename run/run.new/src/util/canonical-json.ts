import { createHash } from 'node:crypto';

/** JSON with sorted keys and no white space: equal content gives equal text. Throws on what JSON cannot say (NaN, BigInt, functions, cycles). */
export function canonicalJson(value: unknown): string {
  return write(toPlain(value), []);
}

/** The sha256 of the canonical JSON of `value`, 64 hex digits. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function write(value: unknown, ancestors: readonly unknown[]): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON has no number ${value}`);
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`JSON has no ${typeof value}`);
  if (ancestors.includes(value)) throw new TypeError('JSON has no cycles');
  const path = [...ancestors, value];
  if (Array.isArray(value)) return `[${value.map((element) => write(toPlain(element), path)).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, member]) => `${JSON.stringify(name)}:${write(toPlain(member), path)}`);
  return `{${members.join(',')}}`;
}

function toPlain(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

/** Order by UTF-16 code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
