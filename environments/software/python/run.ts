import type { TestPlan } from '../../../src/domain/recipe.ts';
import { isBelow } from '../shared/paths.ts';
import { quote, TAKE_REPORTS } from '../shared/shell.ts';
import type { Selection } from './scope.ts';

/** How pytest is run: the environment's own, never a module that the tree may hide, and never with options that end a run early. */
export function testPlan(
  selection: Selection,
  { rebuild, addopts }: { readonly rebuild: string; readonly addopts: string },
): TestPlan {
  const options = [
    '--junitxml="$reports/pytest.xml"',
    '-o junit_family=xunit2',
    '--color=no',
    '--maxfail=0',
    '--continue-on-collection-errors',
    // The order of tests is the same in every run.
    '-p no:randomly',
    '-p no:random_order',
    ...(selection.patterns === undefined ? [] : [`-o ${quote(`python_files=${selection.patterns}`)}`]),
    ...(/--cov\b/.test(addopts) ? ['--no-cov'] : []),
    ...(/(?:^|\s)(?:-n\b|-n\d|-nauto|--numprocesses)/.test(addopts) ? ['-n 0'] : []),
  ].join(' ');
  const command = (paths: readonly string[], others = ' "$@"') =>
    `${TAKE_REPORTS}\n${rebuild}pytest ${options} ${paths.map(quotePath).join(' ')}${others}`;
  // pytest 8 takes a folder and a file in it for the file alone; whatever lies in the folder is found there.
  const isWhole = selection.package.every((path) => selection.all.some((root) => root === '.' || isBelow(root, path)));
  return {
    files: command(selection.files),
    package: command(selection.package, selection.package.some((path) => path.endsWith('.py')) ? undefined : ''),
    all: command(selection.all, isWhole ? '' : undefined),
  };
}

/** Patterns are for the shell. */
function quotePath(path: string): string {
  return /^[\w./*-]+$/.test(path) ? path : quote(path);
}
