import type { Recipe, Suite } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { isBelow, join, relativeTo } from '../shared/paths.ts';
import { quote, quoteAll, TAKE_REPORTS } from '../shared/shell.ts';
import { linkBeside } from './beside.ts';
import { readAll } from './build-files.ts';
import { chooseDefinitions, readMinimum, readOptions } from './cmake-options.ts';
import { type Fetches, readFetches } from './fetch.ts';
import { isAboutMemory } from './memory.ts';
import { toRecipe } from './recipe.ts';
import { buildOrReport } from './scripts.ts';
import { chooseSuites } from './suites.ts';
import { cmakeTools } from './toolchain.ts';

const BUILD_FOLDER = '/opt/build';
const SANITIZER = ['-DCMAKE_C_FLAGS=-fsanitize=address', '-DCMAKE_CXX_FLAGS=-fsanitize=address'];
const FETCHED = '/opt/fetchcontent';

/** One way to configure. */
interface Plan {
  readonly suite: Suite;
  readonly variant: 'cmake' | 'cmake-asan' | 'cmake-main' | 'cmake-fetch';
  readonly definitions: readonly string[];
  readonly packages: readonly string[];
  readonly why: readonly string[];
}

/** Recipes for a CMake project that has tests; none where nothing declares one. */
export async function cmakeRecipes(project: Project, folder: string): Promise<readonly Recipe[]> {
  const files = await readAll(project, folder, /^CMakeLists\.txt$|\.cmake$/);
  if (!declaresTests(files)) return [];
  const text = [...files.values()].join('\n');
  const top = files.get(join(folder, 'CMakeLists.txt')) ?? '';
  const options = readOptions(text);
  const definitions = chooseDefinitions(options);
  const main = chooseDefinitions(options, 'main');
  const evidence = [
    `${join(folder, 'CMakeLists.txt')}: CMake ${readMinimum(top) ?? 'of any version'}`,
    `options: ${definitions.join(' ')}`,
  ];
  const plans = choosePlans(chooseSuites(project.committedAt, text), {
    fetches: readFetches(text),
    isAboutMemory: await isAboutMemory(project),
    hasOtherTests: main.length < definitions.length,
  });
  const links = await linkBeside(project, folder);
  return Promise.all(plans.map(toPlanned));

  async function toPlanned({ suite, variant, packages, why, ...plan }: Plan): Promise<Recipe> {
    const tools = cmakeTools(suite, readMinimum(top));
    const configure = toConfigure([...(variant === 'cmake-main' ? main : definitions), ...plan.definitions]);
    const isFetching = variant === 'cmake-fetch';
    return toRecipe(project, {
      suite,
      folder,
      variant,
      packages: [...tools.packages, ...packages],
      toolchain: tools.steps,
      dependencies: isFetching ? [{ name: 'fetch', run: `${configure('/tmp/fetch')}\nrm -rf /tmp/fetch` }] : [],
      build: [
        ...links,
        {
          name: 'configure',
          run: configure(BUILD_FOLDER) + (isFetching ? ' -DFETCHCONTENT_FULLY_DISCONNECTED=ON' : ''),
        },
        { name: 'compile', run: `cmake --build ${BUILD_FOLDER} -- -j2` },
      ],
      test: toTests(project, folder),
      evidence: [...evidence, `CMake ${tools.version}`, ...why],
      buildFiles: files,
    });
  }
}

interface Facts {
  readonly fetches: Fetches;
  readonly isAboutMemory: boolean;
  /** Whether tests can be switched on that the main switch is not for. */
  readonly hasOtherTests: boolean;
}

function choosePlans(suites: readonly Suite[], { fetches, isAboutMemory, hasOtherTests }: Facts): readonly Plan[] {
  const why = fetches.names.length > 0 ? [`downloads ${fetches.names.join(', ')}`] : [];
  const plain = suites.map((suite): Plan => ({ suite, variant: 'cmake', why, ...fetches }));
  const watched = plain.map(
    (plan): Plan => ({
      ...plan,
      variant: 'cmake-asan',
      definitions: [...plan.definitions, ...SANITIZER],
      why: [...why, 'the tests are about errors of memory'],
    }),
  );
  const onlyMain = plain
    .slice(0, hasOtherTests ? 1 : 0)
    .map((plan): Plan => ({ ...plan, variant: 'cmake-main', why: [...why, 'no tests but those of the main switch'] }));
  // What a project downloads itself is the version that it wants: tried where Debian's would not do.
  const fetching = suites.slice(0, fetches.names.length > 0 ? 1 : 0).map(
    (suite): Plan => ({
      suite,
      variant: 'cmake-fetch',
      definitions: [`-DFETCHCONTENT_BASE_DIR=${FETCHED}`],
      packages: ['git'],
      why,
    }),
  );
  return [...(isAboutMemory ? watched.slice(0, 1) : []), ...plain, ...onlyMain, ...fetching];
}

const REGISTRATION =
  /\b(?:add_test|gtest_discover_tests|catch_discover_tests|doctest_discover_tests|gtest_add_tests)\s*\(|\binclude\s*\(\s*CTest\b/i;

/** By ctest, or by a program in a test folder that people start by hand. */
function declaresTests(files: ReadonlyMap<string, string>): boolean {
  return [...files].some(
    ([path, text]) =>
      REGISTRATION.test(text) || (/(?:^|\/)tests?\//i.test(path) && /\badd_executable\s*\(/i.test(text)),
  );
}

/**
 * Debug, because tests that use assert() say nothing without it, but without the debugger's information, which is most of a build folder: a project that
 * wants it says so in flags of its own. Makefiles, because their link commands can be read.
 */
function toConfigure(definitions: readonly string[]): (folder: string) => string {
  const kind = '-DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS_DEBUG= -DCMAKE_CXX_FLAGS_DEBUG=';
  return (folder) => `cmake -S . -B ${folder} -G 'Unix Makefiles' ${kind} ${quoteAll(definitions)}`;
}

/** A file's tests are those of the programs that it is linked into. */
function toTests(project: Project, folder: string): Recipe['test'] {
  const tests = project.tests.filter((path) => isBelow(folder, path) && /\.(?:c|cc|cpp|cxx|c\+\+|m|mm)$/i.test(path));
  const files = JSON.stringify(tests.map((path) => relativeTo(folder, path)));
  const all = toScript('all');
  return { files: tests.length === 0 ? all : toScript(files), package: all, all };
}

function toScript(scope: string): string {
  return `${TAKE_REPORTS}${buildOrReport(`cmake --build ${BUILD_FOLDER} -- -j2`)}
exec python3 -I /opt/envmint/lib/native_ctest.py ${BUILD_FOLDER} "$reports" ${quote(scope)} "$@"`;
}
