import { matchesGlob } from 'node:path';
import type { Project } from '../../../src/testbed/stack.ts';
import { folderAndAbove, folderOf, isBelow, join, nameOf, relativeTo } from '../shared/paths.ts';
import type { Package } from './package-json.ts';
import type { Runner, RunnerName } from './runner.ts';
import { isNamedTest, isTest } from './test-names.ts';

/** Calls by which a file asks these runners for tests: with a title, or a name for one and a function; a method is called "test" as well. */
const ASKS =
  /^\s*(?:describe|context|suite|experiment|it|test|specify|bench)(?:\.\w+)*(?:\s*`|\s*\(\s*(?:["'`]|[\w.]+,\s*(?:async\b\s*)?(?:\(|function\b|\w+\s*=>)|\[))/m;
const ASKED: readonly RunnerName[] = ['jest', 'vitest', 'mocha', 'jasmine'];

/** The tests that read or load the changed files, where none of these is a test itself; none where they are. */
export async function readersOf(
  project: Project,
  runner: Runner,
  changed: readonly string[],
): Promise<readonly string[]> {
  if (runner.name === 'program') return driversOf(project, runner, changed);
  if (!(await areCases(project, runner, changed))) return [];
  return changed.flatMap((path) => nearestTests(project, runner.home, path));
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
    isNamedTest(path) || isAskedFor(relativeTo(home.folder, path), patterns.length > 0 ? patterns : ['test']);
  if (changed.some(isNamed)) return false;
  const texts = await Promise.all(changed.map((path) => project.readTest(path)));
  return !texts.some((text) => ASKS.test(text ?? ''));
}

/** By a file, a pattern or a folder of the command line; mocha's own is "test". */
export function isAskedFor(path: string, patterns: readonly string[]): boolean {
  const plain = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/$/, ''));
  return plain.some((pattern) => matchesGlob(path, pattern) || folderOf(path) === pattern);
}

/** Files that are named as tests, in the nearest folder above that has any. */
function nearestTests(project: Project, home: Package, path: string): readonly string[] {
  const above = folderAndAbove(folderOf(path)).filter((folder) => isBelow(home.folder, folder));
  const inFolder = above.map((folder) =>
    project.paths.filter((test) => folderOf(test) === folder && isTest(test) && isNamedTest(test)),
  );
  return inFolder.find((tests) => tests.length > 0) ?? [];
}
