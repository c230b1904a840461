import type { Project, Proposal, Stack } from '../../../src/testbed/stack.ts';
import { homeOf } from '../shared/home.ts';
import { isBelow } from '../shared/paths.ts';
import { attacks } from './attacks.ts';
import { canary } from './canary.ts';
import { STACK, toRecipes } from './recipes.ts';

/** Go modules, with or without vendoring and workspaces, by `go test -json`. */
export const stack: Stack = {
  ...STACK,
  languages: ['go'],
  propose,
  /** What decides which code is compiled into the tests: other modules, the vendored ones, and tests themselves. */
  isProtected: (path) =>
    /(?:^|\/)go\.(?:mod|sum|work|work\.sum)$/.test(path) ||
    path.endsWith('_test.go') ||
    /(?:^|\/)(?:vendor|testdata)\//.test(path),
  canary,
  attacks,
};

async function propose(project: Project): Promise<Proposal> {
  const folder = homeOf(project, ['go.mod']);
  if (folder === undefined) {
    const hasGo = project.paths.some((path) => path.endsWith('.go'));
    return hasGo
      ? { kind: 'unsupported', why: 'Go code without a go.mod above the changed tests' }
      : { kind: 'not-ours' };
  }
  if (!project.paths.some((path) => isBelow(folder, path) && path.endsWith('.go'))) return { kind: 'not-ours' };
  const [first, ...others] = await toRecipes(project, folder);
  if (first === undefined) return { kind: 'unsupported', why: 'no version of Go fits' };
  return { kind: 'recipes', recipes: [first, ...others] };
}
