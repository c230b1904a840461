import type { Canary, Target } from '../../../src/testbed/stack.ts';
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
  const { stem, passing, failing } = namesOf(nonce);
  const path = join(folder, nameOf(beside).endsWith('_test.py') ? `${stem}_test.py` : `test_${stem}.py`);
  if (!isBelow(recipe.folder, path)) return undefined;
  return {
    files: { [path]: textOf(passing, failing) },
    args: [relativeTo(recipe.folder, path)],
    passing,
    failing,
  };
}

/** Halves of the nonce, so that neither name says which of the two it is. */
function namesOf(nonce: string): { readonly stem: string; readonly passing: string; readonly failing: string } {
  const letters = nonce.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const third = Math.ceil(letters.length / 3);
  const [a, b, c] = [letters.slice(0, third), letters.slice(third, 2 * third), letters.slice(2 * third)];
  return { stem: `x${a}`, passing: `test_x${b}p`, failing: `test_x${c}q` };
}

/** The outcome is computed when the test runs, so that it cannot be read off the text. */
function textOf(passing: string, failing: string): string {
  const value = [...failing].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const lines = (name: string, expected: number) => [
    `def ${name}():`,
    `    assert sum(map(ord, "${failing}")) == ${expected}`,
    '',
    '',
  ];
  return [...lines(passing, value), ...lines(failing, value + 1)].join('\n');
}
