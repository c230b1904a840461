import type { Project } from '../../../src/testbed/stack.ts';
import { folderAndAbove, folderOf, isBelow, join, mostCommon, nameOf } from '../shared/paths.ts';

export type Builder = 'cmake' | 'autotools' | 'meson' | 'make';

const ROOTS: readonly (readonly [Builder, RegExp])[] = [
  ['cmake', /^CMakeLists\.txt$/],
  ['autotools', /^configure\.(?:ac|in)$/],
  ['meson', /^meson\.build$/],
  ['make', /^(?:GNUm|M|m)akefile$/],
];

export interface Place {
  readonly builder: Builder;
  readonly folder: string;
}

/** Where each builder's project begins: the highest folder above the changed files that has its file, in the order in which they are to be tried. */
export function findPlaces(project: Project): readonly Place[] {
  const changed = [...project.tests, ...project.sources, ...project.support];
  return ROOTS.flatMap(([builder, name]) => {
    const withFile = new Set(project.paths.filter((path) => name.test(nameOf(path))).map(folderOf));
    const tops = changed
      .map((path) => folderAndAbove(folderOf(path)).findLast((folder) => withFile.has(folder)))
      .filter((folder) => folder !== undefined);
    // A project below the root that no changed file is in is not ours to build.
    const folder = mostCommon(tops);
    return folder === undefined ? [] : [{ builder, folder }];
  });
}

/** The texts of all build files of a kind below the folder, with their paths. Third-party trees are left out. */
export async function readAll(project: Project, folder: string, name: RegExp): Promise<ReadonlyMap<string, string>> {
  const paths = project.paths.filter(
    (path) => isBelow(folder, path) && name.test(nameOf(path)) && !isForeign(path, folder),
  );
  const texts = await Promise.all(
    paths.slice(0, 200).map(async (path) => [path, (await project.read(path)) ?? ''] as const),
  );
  return new Map(texts);
}

/** By the folder's name, which says so or has a version: "googletest-1.13.0". */
function isForeign(path: string, folder: string): boolean {
  const rest = folder === '' ? path : path.slice(join(folder, '').length);
  return /(?:^|\/)(?:third[_-]?party|extern(?:al)?|vendor|deps|subprojects|node_modules|googletest|[a-z][\w-]*-\d+(?:\.\d+)+)\//i.test(
    rest,
  );
}
