import type { Project } from '../../../src/testbed/stack.ts';
import { folderOf, isBelow, join, nameOf } from '../shared/paths.ts';
import type { Package } from './package-json.ts';

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

export function selectTests(project: Project, home: Package): Selection {
  const own = project.tests.filter((path) => CODE.test(path) && !OTHERS.test(path) && isBelow(home.folder, path));
  const files = own.length > 0 ? own : relatedTests(project, home);
  const folders = [...new Set(files.map(folderOf))].sort();
  const inFolders = project.paths.filter((path) => folders.includes(folderOf(path)) && isTest(path));
  return {
    files,
    folders,
    package: [...new Set([...files, ...inFolders])].sort(),
    why:
      own.length > 0
        ? 'tests of the test patch'
        : 'tests beside the files of the test patch, which has none of its own',
  };
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
