import type { Project, Proposal, Stack } from '../../../src/testbed/stack.ts';
import { homeOf } from '../shared/home.ts';
import { isBelow, nameOf } from '../shared/paths.ts';
import { attacks } from './attacks.ts';
import { canary } from './canary.ts';
import { STACK, toModuleRecipes, toRecipes } from './recipes.ts';

/** Go modules, with or without vendoring and workspaces, and code of before modules, by `go test -json`. */
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
  if (!project.paths.some((path) => isBelow(folder ?? '', path) && path.endsWith('.go'))) return { kind: 'not-ours' };
  if (folder === undefined && [...project.sources, ...project.support].some((path) => nameOf(path) === 'go.mod')) {
    return { kind: 'unsupported', why: 'the change brings the first go.mod' };
  }
  const [first, ...others] = await (folder === undefined ? toModuleRecipes(project) : toRecipes(project, folder));
  if (first === undefined) return { kind: 'unsupported', why: 'no version of Go fits' };
  return { kind: 'recipes', recipes: [first, ...others] };
}
