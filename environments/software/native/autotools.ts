import type { Recipe, Suite } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { folderAndAbove, folderOf, isBelow, join, relativeTo } from '../shared/paths.ts';
import { quote, TAKE_REPORTS } from '../shared/shell.ts';
import { readAll } from './build-files.ts';
import { toRecipe } from './recipe.ts';
import { buildOrReport, watchMake } from './scripts.ts';
import { chooseSuites } from './suites.ts';

const GENERATORS = ['autogen.sh', 'buildconf.sh', 'bootstrap', 'bootstrap.sh', 'autogen'];

export async function autotoolsRecipes(project: Project, folder: string): Promise<readonly Recipe[]> {
  const files = await readAll(project, folder, /^configure\.(?:ac|in)$|^Makefile\.am$|\.m4$/);
  const makefiles = [...files].filter(([path]) => path.endsWith('Makefile.am'));
  const text = makefiles.map(([, content]) => content).join('\n');
  if (!/^\s*(?:TESTS|check_PROGRAMS)\b|^check(?:-local)?\s*:/m.test(text)) return [];
  const paths = new Set(project.paths);
  const generator = GENERATORS.find((name) => paths.has(join(folder, name)));
  // A project with a launcher of its own keeps it.
  const hasLauncher = /^\s*(?:LOG_COMPILER|TESTS_ENVIRONMENT|LOG_DRIVER)\s*=/m.test(text);
  const evidence = [`${join(folder, 'configure.ac')}${generator === undefined ? '' : `, ${generator}`}: autotools`];
  const dates: readonly Suite[] = chooseSuites(project.committedAt);
  return Promise.all(
    dates.map((suite) =>
      toRecipe(project, {
        suite,
        folder,
        variant: 'autotools',
        packages: ['autoconf', 'autoconf-archive', 'automake', 'autopoint', 'gettext', 'libtool', 'm4', 'texinfo'],
        toolchain: [],
        dependencies: [],
        build: [
          { name: 'configure', run: configure(generator) },
          { name: 'compile', run: 'make -j2' },
        ],
        test: toTests({ project, folder, makefiles: makefiles.map(([path]) => path), hasLauncher }),
        evidence,
        buildFiles: files,
      }),
    ),
  );
}

/** autogen.sh often configures as well; that does no harm. In the tree itself: tests written as scripts seldom stand another build folder. */
function configure(generator: string | undefined): string {
  const generate =
    generator === undefined
      ? 'autoreconf -fi'
      : `if [ -x ${generator} ]; then NOCONFIGURE=1 ./${generator}; else NOCONFIGURE=1 sh ${generator}; fi`;
  return `export NOCONFIGURE=1
${generate}
if [ ! -x configure ]; then autoreconf -fi; fi
./configure`;
}

interface Tree {
  readonly project: Project;
  readonly folder: string;
  readonly makefiles: readonly string[];
  readonly hasLauncher: boolean;
}

/** A file's tests are those of the nearest Makefile.am above it. */
function toTests({ project, folder, makefiles, hasLauncher }: Tree): Recipe['test'] {
  const made = new Set(makefiles.map(folderOf));
  const near = project.tests
    .filter((path) => isBelow(folder, path))
    .map((path) => folderAndAbove(folderOf(path)).find((above) => made.has(above)) ?? folder);
  const folders = new Set(near);
  const [only] = folders;
  const all = toScript('.', hasLauncher);
  const files = folders.size === 1 && only !== undefined ? toScript(relativeTo(folder, only), hasLauncher) : all;
  return { files, package: files, all };
}

function toScript(folder: string, hasLauncher: boolean): string {
  const launcher = hasLauncher ? '' : ` LOG_COMPILER='/opt/envmint/bin/envmint-launch -'`;
  const check = `env ENVMINT_RESULTS="$results" make -k -C ${quote(folder)} check${launcher}`;
  return `${TAKE_REPORTS}${buildOrReport(`make -j2 && make -C ${quote(folder)} check TESTS= -j2`)}
find . -name '*.trs' -delete${watchMake({ name: 'make check', command: check })}`;
}
