import type { Recipe } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { join } from '../shared/paths.ts';
import { TAKE_REPORTS } from '../shared/shell.ts';
import { readAll } from './build-files.ts';
import { toRecipe } from './recipe.ts';
import { watchMake } from './scripts.ts';
import { chooseSuites } from './suites.ts';

/** Names without what joins their words, the likeliest first. */
const TARGETS = [
  'check',
  'test',
  'tests',
  'unittest',
  'unittests',
  'runtests',
  'runtest',
  'rununittests',
  'testall',
  'alltests',
  'checkall',
];

/** Recipes for a Makefile written by hand that has a target for tests. */
export async function makeRecipes(project: Project, folder: string): Promise<readonly Recipe[]> {
  const files = await readAll(project, folder, /^(?:GNUm|M|m)akefile$|\.mk$/);
  const top = ['GNUmakefile', 'makefile', 'Makefile'].map((name) => files.get(join(folder, name)) ?? '').join('\n');
  const declared = [...top.matchAll(/^([\w.-][\w .-]*):(?!:?=)/gm)].flatMap(([, names = '']) => names.split(/\s+/));
  const target = TARGETS.map((name) => declared.find((each) => each.replace(/[-_]/g, '') === name)).find(
    (name) => name !== undefined,
  );
  if (target === undefined) return [];
  const script = toScript(target);
  return Promise.all(
    chooseSuites(project.committedAt).map((suite) =>
      toRecipe(project, {
        suite,
        folder,
        variant: 'make',
        packages: ['cmake'],
        toolchain: [],
        dependencies: [],
        build: [{ name: 'compile', run: 'make -j2' }],
        test: { files: script, package: script, all: script },
        evidence: [`${join(folder, 'Makefile')}: target ${target}`],
        buildFiles: files,
      }),
    ),
  );
}

/** Make builds what tests need itself; each program of the tree is watched, because nothing but exit codes may speak for it. */
function toScript(target: string): string {
  const command = `env LD_PRELOAD=/opt/envmint/lib/guard.so ENVMINT_GUARD="$notes" make -k ${target}`;
  return `${TAKE_REPORTS}${watchMake(`make ${target}`, command)}`;
}
