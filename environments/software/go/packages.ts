import type { Project } from '../../../src/testbed/stack.ts';
import { folderAndAbove, folderOf, isBelow, nearest, relativeTo } from '../shared/paths.ts';

/** Packages of the changed tests, as the go command names them from the module's folder: "./internal/parse". */
export function testPackages(project: Project, module: string): readonly string[] {
  const paths = new Set(project.paths);
  const folders = [...project.tests.map(folderOf), ...project.support.map((path) => usingFolder(path, project.paths))];
  const own = folders.filter(
    (folder) => isBelow(module, folder) && (nearest(`${folder}/x`, ['go.mod'], paths) ?? module) === module,
  );
  const names = [...new Set(own)].sort().map((folder) => relativeTo(module, folder));
  return names.map((name) => (name === '.' ? '.' : `./${name}`));
}

/** Packages that are there before the test patch, so that they can be compiled ahead. */
export function knownPackages(project: Project, module: string): readonly string[] {
  const known = new Set(project.paths.filter((path) => path.endsWith('.go')).map(folderOf));
  return testPackages(project, module).filter((name) => {
    const folder = name === '.' ? module : [module, name.slice(2)].filter((part) => part !== '').join('/');
    return known.has(folder);
  });
}

/** Files of the packages that use changed test data. */
export function usersOf({ paths, support }: Project): readonly string[] {
  const folders = new Set(support.map((path) => usingFolder(path, paths)));
  return paths.filter((path) => folders.has(folderOf(path)));
}

/** Test data is used by the nearest folder above it that has code. */
function usingFolder(path: string, paths: readonly string[]): string {
  const withCode = new Set(paths.filter((known) => known.endsWith('.go')).map(folderOf));
  return folderAndAbove(folderOf(path)).find((folder) => withCode.has(folder)) ?? folderOf(path);
}
