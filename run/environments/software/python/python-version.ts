import type { Suite } from '../../../src/domain/recipe.ts';
import { ciValues } from '../shared/ci.ts';
import type { Facts } from './facts.ts';
import { isAllowed } from './specifier.ts';

/** A Python that a Debian suite carries, or one that uv downloads where Python's own builds can be reached. */
export interface Python {
  readonly version: string;
  readonly suite: Suite;
  readonly isDebians: boolean;
  readonly why: string;
}

interface Known {
  readonly version: string;
  readonly suite: Suite;
  readonly release: readonly number[];
  /** Python's own release; packages follow months later. */
  readonly since: string;
}

/** What packages.debian.org says of python3 in each suite; dates of PEP 596, 664 and 719. */
const DEBIANS: readonly Known[] = [
  { version: '3.9', suite: 'bullseye', release: [3, 9, 2], since: '2020-10-05' },
  { version: '3.11', suite: 'bookworm', release: [3, 11, 2], since: '2022-10-24' },
  { version: '3.13', suite: 'trixie', release: [3, 13, 5], since: '2024-10-07' },
];

/** Pythons to try, the likeliest first: allowed, of the commit's time, tested by the project, new. */
export function choosePythons(facts: Facts, committedAt: string): readonly Python[] {
  const tested = new Set(facts.findings.flatMap(({ pythons = [] }) => pythons));
  const requires = facts.findings.find(({ requiresPython }) => requiresPython !== undefined);
  const allowed = DEBIANS.filter(({ release }) => isAllowed(requires?.requiresPython, release));
  const scored = allowed
    .map((known) => ({ known, score: scoreOf(known, { tested, committedAt }) }))
    .sort((a, b) => b.score - a.score || compareAge(a.known, b.known, committedAt));
  const chosen = scored.map(({ known: { version, suite } }) => ({
    version,
    suite,
    isDebians: true,
    why: [
      tested.has(version) ? `${version} is tested or declared` : `${version} is not declared`,
      ...(requires === undefined ? [] : [`${requires.path}: requires-python ${requires.requiresPython}`]),
    ].join('; '),
  }));
  const hasTested = scored.some(({ known }) => tested.has(known.version));
  return hasTested ? chosen : [...chosen, ...downloads(facts, requires?.requiresPython)];
}

function scoreOf(
  { version, since }: Known,
  { tested, committedAt }: { tested: ReadonlySet<string>; committedAt: string },
): number {
  return (tested.has(version) ? 2 : 0) + (since <= committedAt ? 1 : 0);
}

/** Of equals: the newest of those that were out, and else the oldest, which is the nearest. */
function compareAge(a: Known, b: Known, committedAt: string): number {
  const isOut = a.since <= committedAt && b.since <= committedAt;
  return (a.since < b.since ? 1 : -1) * (isOut ? 1 : -1);
}

/** The newest declared version that Debian has not, where nothing of Debian's is declared. */
function downloads({ findings, ci }: Facts, requires: string | undefined): readonly Python[] {
  const declared = [...findings.flatMap(({ pythons = [] }) => pythons), ...ciValues(ci, ['python-version', 'python'])];
  const minors = declared.flatMap((version) => /^3\.(\d+)/.exec(version)?.[1] ?? []).map(Number);
  const fitting = minors.filter((minor) => minor >= 8 && isAllowed(requires, [3, minor, 9])).sort((a, b) => b - a);
  const known = new Set(DEBIANS.map(({ version }) => version));
  const minor = fitting.find((number) => !known.has(`3.${number}`)) ?? firstAllowed(requires);
  if (minor === undefined) return [];
  const version = `3.${minor}`;
  return [{ version, suite: 'bookworm', isDebians: false, why: `${version} is declared, and no Debian suite has it` }];
}

function firstAllowed(requires: string | undefined): number | undefined {
  return requires === undefined ? undefined : [12, 10, 8].find((minor) => isAllowed(requires, [3, minor, 9]));
}
