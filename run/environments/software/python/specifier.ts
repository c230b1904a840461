import { compareReleases } from '../shared/versions.ts';

/** A release of Python as numbers: [3, 11, 2]. */
type Release = readonly number[];

/** Whether a release of Python is allowed by a PEP 440 specifier. What cannot be read allows everything. */
export function isAllowed(specifier: string | undefined, release: Release): boolean {
  return (specifier ?? '').split(',').every((clause) => satisfies(clause.trim(), release));
}

function satisfies(clause: string, release: Release): boolean {
  const found = /^(~=|==|!=|>=|<=|<|>)\s*(\d+(?:\.\d+)*)(\.\*)?/.exec(clause);
  if (found === null) return true;
  const [, operator, text = '', star] = found;
  const wanted = text.split('.').map(Number);
  const order = compareReleases(release, wanted, star === undefined ? 3 : wanted.length);
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      // "<=3.9" is meant, and read by installers' users, as "3.9 at most".
      return compareReleases(release, wanted, wanted.length) <= 0;
    case '>':
      return compareReleases(release, wanted, wanted.length) > 0;
    case '<':
      return order < 0;
    case '==':
      return compareReleases(release, wanted, wanted.length) === 0;
    case '!=':
      return order !== 0;
    default:
      return order >= 0 && compareReleases(release, wanted, wanted.length - 1) === 0;
  }
}

/** Poetry's version ("^1.2", "~1.2", "1.2", "*", ">=1,<2") as a PEP 440 specifier. */
export function fromPoetryVersion(version: string): string {
  // Poetry's alternatives have no counterpart: the last is the newest.
  const last = version.split(/\s*\|\|?\s*/).at(-1) ?? version;
  return splitClauses(last)
    .map(fromPoetryClause)
    .filter((clause) => clause !== '')
    .join(',');
}

function splitClauses(version: string): readonly string[] {
  return version
    .replaceAll(/([<>=!~^])\s+/g, '$1')
    .split(/[,\s]+/)
    .filter((clause) => clause !== '');
}

function fromPoetryClause(clause: string): string {
  const found = /^([\^~])\s*=?\s*(\d+(?:\.\d+)*)/.exec(clause);
  if (found === null || clause.startsWith('~=')) {
    if (clause === '*') return '';
    return /^\d/.test(clause) ? `==${clause}` : clause;
  }
  const [, operator, text = ''] = found;
  const numbers = text.split('.').map(Number);
  const first = numbers.findIndex((number) => number > 0);
  const last = numbers.length - 1;
  const at = operator === '^' ? (first < 0 ? last : first) : Math.min(1, last);
  const upper = numbers.slice(0, at + 1);
  upper[at] = (upper[at] ?? 0) + 1;
  return `>=${text},<${upper.join('.')}`;
}
