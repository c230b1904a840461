import type { Project, Proposal, Stack } from '../../../src/stages/build/stack.ts';
import { attacks } from './attacks.ts';
import { autotoolsRecipes } from './autotools.ts';
import { type Builder, findPlaces } from './build-files.ts';
import { canary } from './canary.ts';
import { cmakeRecipes } from './cmake.ts';
import { makeRecipes } from './make.ts';
import { mesonRecipes } from './meson.ts';
import { isProtected } from './protected.ts';
import { STACK } from './recipe.ts';

const BUILDERS = {
  cmake: cmakeRecipes,
  autotools: autotoolsRecipes,
  meson: mesonRecipes,
  make: makeRecipes,
} satisfies Record<Builder, typeof cmakeRecipes>;

/** C and C++ by CMake, autotools, meson or make. */
export const stack: Stack = { ...STACK, languages: ['c', 'cpp'], propose, isProtected, canary, attacks };

async function propose(project: Project): Promise<Proposal> {
  const places = findPlaces(project);
  if (places.length === 0) {
    const hasCode = project.paths.some((path) => /\.(?:c|cc|cpp|cxx)$/.test(path));
    return hasCode
      ? { kind: 'unsupported', why: 'no CMakeLists.txt, configure.ac, meson.build or Makefile' }
      : { kind: 'not-ours' };
  }
  const groups = await Promise.all(places.map(({ builder, folder }) => BUILDERS[builder](project, folder)));
  // Each builder on its first suite before any on its second.
  const depth = Math.max(...groups.map((group) => group.length));
  const recipes = Array.from({ length: depth }, (_, at) => groups.flatMap((group) => group.slice(at, at + 1))).flat();
  const [first, ...others] = recipes;
  if (first === undefined) {
    return {
      kind: 'unsupported',
      why: `no tests are declared in ${places.map(({ builder }) => builder).join(', ')} files`,
    };
  }
  return { kind: 'recipes', recipes: [first, ...others] };
}
