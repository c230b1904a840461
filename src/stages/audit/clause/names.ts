import type { Constraint } from '../../../domain/constraint.ts';
import { escapeRegExp, textsOf } from '../../../util/texts.ts';

/** The texts that a constraint compares with. */
export function namesOf(node: Constraint): string[] {
  switch (node.kind) {
    case 'each':
      return node.condition.values.filter((value) => typeof value === 'string');
    case 'pairs':
      return (node.list ?? []).flat().filter((value) => typeof value === 'string');
    case 'whenever':
      return [...node.when.condition.values, ...node.then.condition.values].filter(
        (value) => typeof value === 'string',
      );
    case 'implies':
      return [
        ...node.when.flatMap((one) => one.condition.values.filter((value) => typeof value === 'string')),
        ...namesOf(node.then),
      ];
    case 'tier':
      return node.tiers.flatMap(({ then }) => then.flatMap(namesOf));
    default:
      return [];
  }
}

/** The keys of answer rows that a constraint singles out; none where it is about all of them. */
export function keysOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(keysOf);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    ['key', 'keys', 'pairs'].includes(name) ? [...textsOf(value)] : keysOf(value),
  );
}

/** A regular expression for a key of the answer, and not for a part of another one. */
export const toKey = (key: string): string => `(?<![\\w-])${escapeRegExp(key)}(?![\\w-])`;

/** "Kuwait City" says nothing of a city. The longest first, since one name may be part of another. */
export function withoutNames(clause: string, names: readonly string[]): string {
  const longestFirst = names.toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, name) => rest.replaceAll(toWords(name), ''), clause);
}

const toWords = (name: string): RegExp => new RegExp(`(?<!\\p{L})${escapeRegExp(name)}(?!\\p{L})`, 'gu');
