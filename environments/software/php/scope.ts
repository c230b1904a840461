import type { Project } from '../../../src/testbed/stack.ts';
import { folderAndAbove, folderOf, isBelow, nameOf } from '../shared/paths.ts';

/** The changed tests below `folder`, and those that changed test data belongs to. Sorted. */
export function selectTests(project: Project, folder: string): readonly string[] {
  const tests = project.tests.filter((path) => isBelow(folder, path) && /\.(?:php|phpt)$/.test(path));
  const users = project.support.filter((path) => isBelow(folder, path)).flatMap((path) => usersOf(path, project));
  return [...new Set([...tests, ...users])].sort();
}

/** Tests beside or above a file of test data, as near as there are any. */
function usersOf(path: string, project: Project): readonly string[] {
  for (const folder of folderAndAbove(folderOf(path))) {
    const beside = project.paths.filter((known) => folderOf(known) === folder && /Test\.php$/.test(nameOf(known)));
    if (beside.length > 0) return beside;
  }
  return [];
}
