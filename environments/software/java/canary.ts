import type { Canary, Project, Target } from '../../../src/testbed/stack.ts';
import { folderOf, join } from '../shared/paths.ts';
import { frameworkOf, packageOf, toTestClass } from './frameworks.ts';

/** Of a module's classes, so many from the beginning and from the end are read. */
const READ = 10;

/**
 * Two classes among the changed ones, or among those of the modules whose resources of tests have changed. Classes run in the order of their names: the failing one before the first, the passing one after the last,
 * so that a report cannot be forged by ending the virtual machine in between.
 */
export async function canary(nonce: string, { project }: Omit<Target, 'failToPass'>): Promise<Canary | undefined> {
  const changed = project.tests.filter((path) => path.endsWith('.java')).toSorted();
  const tests = changed.length > 0 ? changed : usersOf(project);
  const read = await Promise.all(tests.map(async (path) => ({ path, text: (await project.readTest(path)) ?? '' })));
  const known = read.flatMap(({ path, text }) => {
    const framework = frameworkOf(text);
    return framework === undefined ? [] : [{ folder: folderOf(path), framework, inPackage: packageOf(text) }];
  });
  const ordered = known.toSorted((a, b) => (a.inPackage < b.inPackage ? -1 : 1));
  const [first] = ordered;
  const last = ordered.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const failing = `A0${nonce}Test`;
  const passing = `Zz${nonce}Test`;
  return {
    files: {
      [join(first.folder, `${failing}.java`)]: toTestClass(
        { ...first, name: failing },
        'throw new AssertionError("must be seen");',
      ),
      [join(last.folder, `${passing}.java`)]: toTestClass({ ...last, name: passing }, 'System.out.println("runs");'),
    },
    args: [failing, passing],
    passing,
    failing,
  };
}

function usersOf({ paths, support }: Project): readonly string[] {
  const roots = new Set(support.flatMap((path) => /^(?:.*\/)?src\/test\//.exec(path)?.[0] ?? []));
  const own = paths.filter((path) => path.endsWith('Test.java') && [...roots].some((root) => path.startsWith(root)));
  return own.length <= 2 * READ ? own : [...own.slice(0, READ), ...own.slice(-READ)];
}
