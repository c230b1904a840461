import type { Project } from '../../../src/testbed/stack.ts';
import { isBelow } from '../shared/paths.ts';

/** Python that the tests are made of, as texts. */
export interface TestTexts {
  /** Those of the test patch, with it. */
  readonly changed: readonly string[];
  readonly conftests: readonly string[];
  /** Other tests of the folder, the first of them. */
  readonly others: readonly string[];
  /** Modules of settings, Django's above all. */
  readonly settings: readonly string[];
}

const MAX_OTHERS = 200;
const MAX_SETTINGS = 50;

export async function readTestTexts(project: Project, folder: string): Promise<TestTexts> {
  const paths = project.paths.filter((path) => isBelow(folder, path));
  const conftests = paths.filter((path) => path.endsWith('conftest.py'));
  const others = paths.filter((path) => /(?:^|\/)test_[^/]*\.py$/.test(path)).slice(0, MAX_OTHERS);
  const settings = paths.filter((path) => /settings(?:\/\w+|\w*)\.py$/.test(path)).slice(0, MAX_SETTINGS);
  const all = (texts: readonly Promise<string | undefined>[]) =>
    Promise.all(texts).then((found) => found.filter((text) => text !== undefined));
  return {
    changed: await all(project.tests.map((path) => project.readTest(path))),
    conftests: await all(conftests.map((path) => project.read(path))),
    others: await all(others.map((path) => project.read(path))),
    settings: await all(settings.map((path) => project.read(path))),
  };
}
