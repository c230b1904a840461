import type { Canary, Target } from '../../../src/testbed/stack.ts';
import { toCanaryWord } from '../shared/canary-word.ts';
import { folderOf, isBelow, join, nameOf, relativeTo } from '../shared/paths.ts';
import { selectTests } from './scope.ts';

/** Two tests in a file that looks like any other, in the folder of the tests that are run. */
export async function canary(
  nonce: string,
  { project, recipe }: Omit<Target, 'failToPass'>,
): Promise<Canary | undefined> {
  const [beside] = selectTests(project, recipe.folder, {}).files;
  if (beside === undefined) return undefined;
  const folder = folderOf(join(recipe.folder, beside));
  const stem = toCanaryWord(nonce);
  const [passing, failing] = [`test_${stem}p`, `test_${stem}q`];
  const path = join(folder, nameOf(beside).endsWith('_test.py') ? `${stem}_test.py` : `test_${stem}.py`);
  if (!isBelow(recipe.folder, path)) return undefined;
  return {
    files: { [path]: textOf(passing, failing) },
    args: [relativeTo(recipe.folder, path)],
    passing,
    failing,
  };
}

/** The outcome is computed when the test runs, so that it cannot be read off the text. */
function textOf(passing: string, failing: string): string {
  const sum = `sum(map(ord, "${failing}"))`;
  const lines = (name: string, expected: string) => [`def ${name}():`, `    assert ${sum} == ${expected}`, '', ''];
  return [...lines(passing, `sum(map(ord, reversed("${failing}")))`), ...lines(failing, `len("${failing}")`)].join(
    '\n',
  );
}
