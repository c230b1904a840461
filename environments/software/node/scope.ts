import type { Project } from '../../../src/testbed/stack.ts';
import { folderOf, isBelow, join, relativeTo } from '../shared/paths.ts';
import type { Package } from './package-json.ts';
import { isAskedFor, readersOf } from './readers.ts';
import type { Runner } from './runner.ts';
import { isNamedTest, isRunnable, isTest } from './test-names.ts';

export interface Selection {
  /** Test files of the patch, or those that its other files are for, from the root of the repository. */
  readonly files: readonly string[];
  /** Test files in the same folders. */
  readonly package: readonly string[];
  /** Folders of these. */
  readonly folders: readonly string[];
  readonly why: string;
}

export async function selectTests(project: Project, runner: Runner): Promise<Selection> {
  const { home } = runner;
  const changed = project.tests.filter((path) => isRunnable(path) && isBelow(home.folder, path));
  const readers = await readersOf(project, runner, changed);
  const found = [readers, changed].find((paths) => paths.length > 0) ?? relatedTests(project, home);
  const files = [...new Set(found)].sort();
  const folders = [...new Set(files.map(folderOf))].sort();
  const inFolders = project.paths.filter((path) => folders.includes(folderOf(path)) && isTest(path));
  const asked = inFolders.filter((path) => isAskedFor(relativeTo(home.folder, path), runner.patterns));
  return {
    files,
    folders,
    // Where the command line has patterns for them, what lies beside them is none: a server, a program.
    package: [...new Set([...files, ...(asked.length > 0 ? asked : inFolders)])].sort(),
    why:
      found === changed
        ? 'tests of the test patch'
        : 'tests beside the files of the test patch, which has none of its own',
  };
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
    (path) => isBelow(home.folder, path) && isNamedTest(path) && isTest(path) && path !== join(home.folder, 'test.js'),
  );
}
