import type { Suite } from '../../../src/domain/recipe.ts';

/** The suite whose compilers are of the commit's years, then those to try after it. Code is rarely older than its compiler knows, and often newer than an old one. */
export function chooseSuites(committedAt: string): readonly Suite[] {
  const day = committedAt.slice(0, 10);
  if (day < '2021-06-01') return ['bullseye', 'bookworm'];
  return day < '2025-08-09' ? ['bookworm', 'trixie'] : ['trixie', 'bookworm'];
}

/** CMake of the suites. */
export const CMAKE: Readonly<Record<Suite, string>> = { bullseye: '3.18', bookworm: '3.25', trixie: '3.31' };
