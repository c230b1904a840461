import type { Recipe } from '../../../src/domain/recipe.ts';
import type { Project, Proposal, Stack } from '../../../src/testbed/stack.ts';
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
  // Every builder on the suite of the time before any on the next; downloads last.
  const suites = [...new Set(groups.flat().map(({ suite }) => suite))];
  const rank = ({ suite, variant }: Recipe) =>
    suites.indexOf(suite) + (variant.startsWith('cmake-fetch') ? suites.length : 0);
  const recipes = groups.flat().sort((a, b) => rank(a) - rank(b));
  const [first, ...others] = recipes;
  if (first === undefined) {
    return {
      kind: 'unsupported',
      why: `no tests are declared in ${places.map(({ builder }) => builder).join(', ')} files`,
    };
  }
  return { kind: 'recipes', recipes: [first, ...others] };
}
