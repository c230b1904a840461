import type { Project } from '../../../src/testbed/stack.ts';
import { type Layout, readLayout } from './layout.ts';
import { chooseRunner, type Runner } from './runner.ts';
import { type Selection, selectTests } from './scope.ts';

/** What is known of a project before anything is chosen for it. */
export interface Case {
  readonly layout: Layout;
  readonly runner: Runner;
  readonly selection: Selection;
}

export async function readCase(project: Project): Promise<Case | undefined> {
  const layout = await readLayout(project);
  const runner = layout === undefined ? undefined : await chooseRunner(project, layout);
  if (layout === undefined || runner === undefined) return undefined;
  return { layout, runner, selection: await selectTests(project, runner) };
}
