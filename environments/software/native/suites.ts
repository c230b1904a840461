import type { Suite } from '../../../src/domain/recipe.ts';

/** Ways to ask for Catch2 from version 3 on, whose headers and targets have other names than before. */
const CATCH2_3 = [
  /\bfind_package\s*\(\s*Catch2\s+3\b/i,
  /\bCatch2WithMain\b|\bcatch2-with-main\b/,
  /\b(?:FetchContent_Declare|CPMAddPackage|ExternalProject_Add)\s*\(\s*"?[\w:/]*Catch2\b[^)]*[\s@/]v?3\.\d/i,
];

/**
 * The suite whose compilers are of the commit's years, then those to try after it. Code is rarely older than its compiler knows, and often newer than an
 * old one. Where the build files ask for Catch2 3, trixie comes first: it is the first suite that has it.
 */
export function chooseSuites(committedAt: string, buildFiles = ''): readonly Suite[] {
  const day = committedAt.slice(0, 10);
  if (CATCH2_3.some((asks) => asks.test(buildFiles))) return ['trixie', 'bookworm'];
  if (day < '2021-06-01') return ['bullseye', 'bookworm'];
  return day < '2025-08-09' ? ['bookworm', 'trixie'] : ['trixie', 'bookworm'];
}

/** CMake of the suites. */
export const CMAKE: Readonly<Record<Suite, string>> = { bullseye: '3.18', bookworm: '3.25', trixie: '3.31' };
