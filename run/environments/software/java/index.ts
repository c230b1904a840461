import type { Project, Proposal, Stack } from '../../../src/testbed/stack.ts';
import { attacks } from './attacks.ts';
import { canary } from './canary.ts';
import { findLayouts } from './layout.ts';
import { isProtected } from './protect.ts';
import { STACK, toRecipes } from './recipes.ts';

/** Maven and Gradle, with JUnit 3, 4, 5 or TestNG. */
export const stack: Stack = {
  ...STACK,
  languages: ['java'],
  propose,
  isProtected,
  canary,
  attacks,
};

async function propose(project: Project): Promise<Proposal> {
  const layouts = await findLayouts(project);
  if (layouts.length === 0) {
    const hasJava = project.paths.some((path) => path.endsWith('.java'));
    return hasJava
      ? { kind: 'unsupported', why: 'Java code without a pom.xml or build.gradle above the changed tests' }
      : { kind: 'not-ours' };
  }
  const recipes = await Promise.all(layouts.map((layout) => toRecipes(project, layout)));
  const [first, ...others] = recipes.flat();
  if (first === undefined) return { kind: 'unsupported', why: 'no JDK of the Debian suites fits the level' };
  return { kind: 'recipes', recipes: [first, ...others] };
}
