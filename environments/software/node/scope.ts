import { matchesGlob } from 'node:path';
import type { Project } from '../../../src/testbed/stack.ts';
import { folderAndAbove, folderOf, isBelow, join, nameOf, relativeTo } from '../shared/paths.ts';
import type { Package } from './package-json.ts';
import type { Runner, RunnerName } from './runner.ts';

export interface Selection {
  /** Test files of the patch, or those that its other files are for, from the root of the repository. */
  readonly files: readonly string[];
  /** Test files in the same folders. */
  readonly package: readonly string[];
  /** Folders of these. */
  readonly folders: readonly string[];
  readonly why: string;
}

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;
const TEST_NAME = /(?:^|[._-])(?:tests?|specs?)\.\w+$|^tests?[-_.]|.[a-z0-9](?:Test|Spec)\.\w+$/;
const TEST_FOLDER = /(?:^|\/)(?:tests?|__tests__|specs?)\//;
const SUPPORT =
  /(?:^|\/)(?:fixtures?|__fixtures__|__mocks__|__snapshots__|helpers?|utils?|support|data|assets|node_modules|dist|build)\//;
/** Tests of types, in browsers and for Deno have no runner of Node that makes JUnit; snapshots of tap are modules, and no tests. */
const OTHERS = /\.(?:test-d|d)\.[cm]?ts$|(?:^|\/)(?:cypress|e2e|playwright|deno[\w-]*|tap-snapshots)\//;

/** Calls by which a file asks these runners for tests: with a title, or a name for one and a function; a method is called "test" as well. */
const ASKS =
  /^\s*(?:describe|context|suite|experiment|it|test|specify|bench)(?:\.\w+)*(?:\s*`|\s*\(\s*(?:["'`]|[\w.]+,\s*(?:async\b\s*)?(?:\(|function\b|\w+\s*=>)|\[))/m;
const ASKED: readonly RunnerName[] = ['jest', 'vitest', 'mocha', 'jasmine'];

export async function selectTests(project: Project, runner: Runner): Promise<Selection> {
  const { home } = runner;
  const changed = project.tests.filter((path) => CODE.test(path) && !OTHERS.test(path) && isBelow(home.folder, path));
  const readers = (await areCases(project, runner, changed))
    ? changed.flatMap((path) => readersOf(project, home, path))
    : [];
  const drivers = runner.name === 'program' ? await driversOf(project, runner, changed) : [];
  const found = [drivers, readers, changed].find((paths) => paths.length > 0) ?? relatedTests(project, home);
  const files = [...new Set(found)].sort();
  const folders = [...new Set(files.map(folderOf))].sort();
  const inFolders = project.paths.filter((path) => folders.includes(folderOf(path)) && isTest(path));
  return {
    files,
    folders,
    package: [...new Set([...files, ...inFolders])].sort(),
    why:
      found === changed
        ? 'tests of the test patch'
        : 'tests beside the files of the test patch, which has none of its own',
  };
}

/** Programs of the test script that load a changed file by its name, where none of these files is such a program: alone they would run nothing. */
async function driversOf(
  project: Project,
  { home, patterns }: Runner,
  changed: readonly string[],
): Promise<readonly string[]> {
  const programs = patterns.map((pattern) => join(home.folder, pattern.replace(/^\.\//, '')));
  if (changed.some((path) => programs.includes(path))) return [];
  const stems = changed.map((path) => nameOf(path).replace(/\.\w+$/, ''));
  const texts = await Promise.all(programs.map((path) => project.readTest(path)));
  return programs.filter((_, at) => stems.some((stem) => texts[at]?.includes(`/${stem}`) === true));
}

/** Whether none of the files is a test itself, by its name, by what it calls or by the runner's command line: some tests read folders full of cases. */
async function areCases(
  project: Project,
  { name, home, patterns }: Runner,
  changed: readonly string[],
): Promise<boolean> {
  if (!ASKED.includes(name)) return false;
  const isNamed = (path: string) =>
    TEST_NAME.test(nameOf(path)) ||
    isAskedFor(relativeTo(home.folder, path), patterns.length > 0 ? patterns : ['test']);
  if (changed.some(isNamed)) return false;
  const texts = await Promise.all(changed.map((path) => project.readTest(path)));
  return !texts.some((text) => ASKS.test(text ?? ''));
}

/** By a file, a pattern or a folder of the command line; mocha's own is "test". */
function isAskedFor(path: string, patterns: readonly string[]): boolean {
  const plain = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/$/, ''));
  return plain.some((pattern) => matchesGlob(path, pattern) || folderOf(path) === pattern);
}

/** Files that are named as tests, in the nearest folder above that has any. */
function readersOf(project: Project, home: Package, path: string): readonly string[] {
  const above = folderAndAbove(folderOf(path)).filter((folder) => isBelow(home.folder, folder));
  const inFolder = above.map((folder) =>
    project.paths.filter((test) => folderOf(test) === folder && isTest(test) && TEST_NAME.test(nameOf(test))),
  );
  return inFolder.find((tests) => tests.length > 0) ?? [];
}

/** By its name, or by the folder of tests that it stands in. */
export function isTest(path: string): boolean {
  if (!CODE.test(path) || OTHERS.test(path) || SUPPORT.test(path)) return false;
  return TEST_NAME.test(nameOf(path)) || TEST_FOLDER.test(path);
}

/** A snapshot is of the test beside its folder; for others it is the tests of the nearest folder above. */
function relatedTests(project: Project, home: Package): readonly string[] {
  const tests = project.paths.filter((path) => isTest(path) && isBelow(home.folder, path));
  const found = project.support.flatMap((path) => {
    const named = path.replace('__snapshots__/', '').replace(/\.snap$/, '');
    if (tests.includes(named)) return [named];
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
      const inFolder = tests.filter((test) => isBelow(folder, test));
      if (inFolder.length > 0) return inFolder;
    }
    return [];
  });
  return [...new Set(found)].sort();
}

/** All test files of a package, where the runner has to be told them. */
export function allTests(project: Project, home: Package): readonly string[] {
  return project.paths.filter(
    (path) =>
      isBelow(home.folder, path) &&
      TEST_NAME.test(nameOf(path)) &&
      isTest(path) &&
      path !== join(home.folder, 'test.js'),
  );
}
