import type { Recipe } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { join } from '../shared/paths.ts';
import { quote, TAKE_REPORTS } from '../shared/shell.ts';
import { readAll } from './build-files.ts';
import { type OwnTarget, ownTargets } from './own-targets.ts';
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
  const own = ownTargets({ folder, tests: project.tests, makefiles: files });
  const script = toScript(target, own);
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
        evidence: [`${join(folder, 'Makefile')}: target ${[target, ...own.map(nameOfOwn)].join(', ')}`],
        buildFiles: files,
      }),
    ),
  );
}

/**
 * Make builds what tests need itself; each program of the tree is watched, because nothing but exit codes may speak for it. Own targets are for what
 * the general one has left out.
 */
function toScript(target: string, own: readonly OwnTarget[]): string {
  const watched = `env LD_PRELOAD=/opt/envmint/lib/guard.so ENVMINT_GUARD="$notes" make -k`;
  const further = own.map((one) => ({
    name: nameOfOwn(one),
    command: `${watched} -C ${quote(one.folder)} ${quote(one.target)}`,
    unless: `grep -qs '^started .*/'${quote(one.program)}'$' "$notes"`,
  }));
  return `${TAKE_REPORTS}${watchMake({ name: `make ${target}`, command: `${watched} ${target}` }, further)}`;
}

function nameOfOwn({ folder, target }: OwnTarget): string {
  return `make ${folder === '.' ? '' : `-C ${folder} `}${target}`;
}
