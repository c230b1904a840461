import type { Recipe } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/stages/build/stack.ts';
import { isBelow, join, relativeTo } from '../shared/paths.ts';
import { quote, quoteAll } from '../shared/shell.ts';
import { readAll } from './build-files.ts';
import { chooseDefinitions, readMinimum, readOptions } from './cmake-options.ts';
import { type Fetches, readFetches } from './fetch.ts';
import { toRecipe } from './recipe.ts';
import { BEGIN, buildOrReport } from './scripts.ts';
import { chooseSuites } from './suites.ts';
import { cmakeTools } from './toolchain.ts';

const BUILD_FOLDER = '/opt/build';
const FETCHED = '/opt/fetchcontent';

/** Recipes for a CMake project whose tests are known to ctest; none where nothing declares a test. */
export async function cmakeRecipes(project: Project, folder: string): Promise<readonly Recipe[]> {
  const files = await readAll(project, folder, /^CMakeLists\.txt$|\.cmake$/);
  const text = [...files.values()].join('\n');
  if (!declaresTests(files)) return [];
  const top = files.get(join(folder, 'CMakeLists.txt')) ?? '';
  const fetches = readFetches(text);
  const definitions = chooseDefinitions(readOptions(text));
  const evidence = [
    `${join(folder, 'CMakeLists.txt')}: CMake ${readMinimum(top) ?? 'of any version'}`,
    `options: ${definitions.join(' ')}`,
    ...(fetches.names.length > 0 ? [`downloads ${fetches.names.join(', ')}`] : []),
  ];
  const suites = chooseSuites(project.committedAt);
  const plans = suites.map((suite) => ({ suite, isFetching: false }));
  // What a project downloads itself is the version that it wants: tried where Debian's would not do.
  if (fetches.names.length > 0 && suites[0] !== undefined) plans.push({ suite: suites[0], isFetching: true });
  return Promise.all(plans.map(toPlan));

  async function toPlan({ suite, isFetching }: (typeof plans)[number]): Promise<Recipe> {
    const tools = cmakeTools(suite, readMinimum(top));
    const offline = isFetching ? [`-DFETCHCONTENT_BASE_DIR=${FETCHED}`] : fetches.definitions;
    const configure = toConfigure([...definitions, ...offline]);
    return toRecipe(project, {
      suite,
      folder,
      variant: isFetching ? 'cmake-fetch' : 'cmake',
      packages: [...tools.packages, ...(isFetching ? ['git'] : fetches.packages)],
      toolchain: tools.steps,
      dependencies: isFetching ? [{ name: 'fetch', run: `${configure('/tmp/fetch')}\nrm -rf /tmp/fetch` }] : [],
      build: [
        { name: 'configure', run: `${configure(BUILD_FOLDER)} ${isOffline(isFetching, fetches)}` },
        { name: 'compile', run: `cmake --build ${BUILD_FOLDER} -- -j2` },
      ],
      test: toTests(project, folder),
      evidence: [...evidence, `CMake ${tools.version}`],
      buildFiles: files,
    });
  }
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

function isOffline(isFetching: boolean, { names }: Fetches): string {
  return isFetching && names.length > 0 ? '-DFETCHCONTENT_FULLY_DISCONNECTED=ON' : '';
}

/** Debug, because tests that use assert() say nothing without it. Makefiles, because their link commands can be read. */
function toConfigure(definitions: readonly string[]): (folder: string) => string {
  return (folder) => `cmake -S . -B ${folder} -G 'Unix Makefiles' -DCMAKE_BUILD_TYPE=Debug ${quoteAll(definitions)}`;
}

/** A file's tests are those of the programs that it is linked into. */
function toTests(project: Project, folder: string): Recipe['test'] {
  const tests = project.tests.filter((path) => isBelow(folder, path) && /\.(?:c|cc|cpp|cxx|c\+\+|m|mm)$/i.test(path));
  const files = JSON.stringify(tests.map((path) => relativeTo(folder, path)));
  const all = toScript('all');
  return { files: tests.length === 0 ? all : toScript(files), package: all, all };
}

function toScript(scope: string): string {
  return `${BEGIN}${buildOrReport(`cmake --build ${BUILD_FOLDER} -- -j2`)}
exec python3 -I /opt/envmint/lib/native_ctest.py ${BUILD_FOLDER} "$reports" ${quote(scope)} "$@"`;
}
