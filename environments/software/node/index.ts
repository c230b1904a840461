import type { Recipe } from '../../../src/domain/recipe.ts';
import type { Project, Proposal, Stack } from '../../../src/testbed/stack.ts';
import { readCi } from '../shared/ci.ts';
import { join } from '../shared/paths.ts';
import { attacks } from './attacks.ts';
import { planBuild } from './build.ts';
import { canary } from './canary.ts';
import { type Case, readCase } from './case.ts';
import { LOCK_FILES, readLayout } from './layout.ts';
import { chooseManager, installSteps } from './manager.ts';
import { chooseNodes, type NodeChoice, suiteOf } from './node-version.ts';
import { isProtected } from './protect.ts';
import { testPlan } from './run.ts';
import { allTests } from './scope.ts';
import { environmentOf, PACKAGES, toolchainOf } from './toolchain.ts';

const VERSION = '7';

export const stack: Stack = {
  name: 'node',
  version: VERSION,
  languages: ['javascript', 'typescript'],
  propose,
  isProtected,
  canary,
  attacks,
};

async function propose(project: Project): Promise<Proposal> {
  const layout = await readLayout(project);
  if (layout === undefined) return { kind: 'not-ours' };
  const found = await readCase(project);
  if (found === undefined)
    return {
      kind: 'unsupported',
      why: 'no test runner that we know: neither scripts, nor tests, nor dependencies name one',
    };
  if (found.selection.files.length === 0)
    return {
      kind: 'unsupported',
      why: 'the test patch has no test that the runner reads, and there is none beside its files',
    };
  const nodes = await chooseNodes(project, { layout, ci: await readCi(project) });
  const [first, ...others] = nodes;
  if (first === undefined) return { kind: 'unsupported', why: 'no release of Node is allowed by engines' };
  const usual = { node: first, hasScripts: true, isDated: true };
  const choices: readonly Choice[] = [
    // A mirror that knows its own dates alone has no version of any package as of the commit's.
    ...(layout.lock === undefined ? [{ ...usual, isDated: false }] : []),
    // An install script that wants another host than the registry stops everything; few tests need what it makes.
    { ...usual, hasScripts: false },
    ...(layout.lock === undefined ? [{ ...usual, hasScripts: false, isDated: false }] : []),
    ...others.map((node) => ({ ...usual, node })),
  ];
  const recipe = (choice: Choice) => toRecipe(project, found, choice);
  return { kind: 'recipes', recipes: [await recipe(usual), ...(await Promise.all(choices.map(recipe)))] };
}

interface Choice {
  readonly node: NodeChoice;
  readonly hasScripts: boolean;
  readonly isDated: boolean;
}

async function toRecipe(project: Project, found: Case, { node, hasScripts, isDated }: Choice): Promise<Recipe> {
  const { layout, runner, selection } = found;
  const manager = await chooseManager(project, layout, node.release);
  const build = await planBuild(project, { layout, manager, runner });
  const manifests = [layout.root, ...layout.members].map(({ folder }) => join(folder, 'package.json'));
  const locks = [...LOCK_FILES, '.npmrc', '.yarnrc', '.yarnrc.yml', 'pnpm-workspace.yaml'].map((name) =>
    join(layout.root.folder, name),
  );
  return {
    stack: 'node',
    stackVersion: VERSION,
    variant: `node${node.release.version.split('.')[0]}-${manager.name}${isDated ? '' : '-undated'}${hasScripts ? '' : '-noscripts'}`,
    suite: suiteOf(project.committedAt),
    folder: layout.root.folder,
    env: environmentOf(),
    packages: [...PACKAGES],
    toolchain: [...toolchainOf(node.release, manager)],
    dependencies: [...installSteps({ layout, manager, committedAt: project.committedAt, hasScripts, isDated })],
    manifests: [...manifests, ...locks.filter((path) => project.paths.includes(path))].sort(),
    isPinned: manager.hasLock,
    build: build.length === 0 ? [] : [{ name: 'build', run: build.join('\n') }],
    test: testPlan({ layout, runner, selection, build, all: allTests(project, runner.home) }),
    evidence: [node.why, manager.why, runner.why, `tests: ${selection.why}`],
  };
}
