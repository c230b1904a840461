import type { Recipe, Step, Suite } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { aptPackages, readCi } from '../shared/ci.ts';
import { fillSubmodules } from './fetch.ts';
import { knownPackages, librariesOf, ownPackages } from './libraries.ts';
import { ENV, PACKAGES, runners } from './toolchain.ts';

export const STACK = { name: 'native', version: '8' } as const;

/** What a builder adds to what all have. */
export interface Parts {
  readonly suite: Suite;
  readonly folder: string;
  readonly variant: string;
  readonly packages: readonly string[];
  readonly toolchain: readonly Step[];
  readonly dependencies: readonly Step[];
  readonly build: readonly Step[];
  readonly test: Recipe['test'];
  readonly evidence: readonly string[];
  /** Texts of build files, in which libraries are named. */
  readonly buildFiles: ReadonlyMap<string, string>;
}

export async function toRecipe(project: Project, parts: Parts): Promise<Recipe> {
  const own = ownPackages(project.repository);
  const isOthers = (name: string) => !own.has(name);
  const libraries = [...new Set([...parts.buildFiles.values()].flatMap(librariesOf))].filter(isOthers).sort();
  const installed = knownPackages(aptPackages(await readCi(project))).filter(isOthers);
  const filling = fillSubmodules((await project.read('.gitmodules')) ?? '');
  const packages = [
    ...PACKAGES,
    ...parts.packages.filter(isOthers),
    ...libraries,
    ...installed,
    ...(filling ? ['googletest'] : []),
  ];
  return {
    stack: STACK.name,
    stackVersion: STACK.version,
    variant: `${parts.variant}-${parts.suite}`,
    suite: parts.suite,
    folder: parts.folder,
    env: ENV,
    packages: [...new Set(packages)].sort(),
    toolchain: [...parts.toolchain, runners],
    dependencies: [...parts.dependencies],
    manifests: parts.dependencies.length === 0 ? [] : [...parts.buildFiles.keys()],
    // Libraries are those of the suite, and do not change with the date.
    isPinned: true,
    build: [...(filling ? [{ name: 'submodules', run: filling }] : []), ...parts.build],
    test: parts.test,
    evidence: [
      ...parts.evidence,
      ...(libraries.length > 0 ? [`build files name ${libraries.join(', ')}`] : []),
      ...(installed.length > 0 ? [`CI installs ${installed.join(', ')}`] : []),
      ...(filling ? ['.gitmodules: GoogleTest, taken from Debian'] : []),
    ],
  };
}
