import type { Project } from '../../../src/testbed/stack.ts';
import { mostCommon, nearest } from './paths.ts';

/** The folder with a file of one of these names that most of the changed tests belong to; where no test changes, most of the other changed files. */
export function homeOf(
  { paths, tests, support, sources }: Pick<Project, 'paths' | 'tests' | 'support' | 'sources'>,
  names: readonly string[],
): string | undefined {
  const known = new Set(paths);
  const changed = tests.length > 0 ? tests : [...support, ...sources];
  return mostCommon(changed.flatMap((path) => nearest(path, names, known) ?? []));
}
