import type { Recipe } from '../../../src/domain/recipe.ts';
import type { Project, Proposal, Stack } from '../../../src/testbed/stack.ts';
import { aptPackages } from '../shared/ci.ts';
import { isBelow, join } from '../shared/paths.ts';
import { attacks } from './attacks.ts';
import { type BuildPlan, buildSteps, planBuild, rebuildOf, withoutTools } from './build.ts';
import { canary } from './canary.ts';
import { djangoSettings } from './django.ts';
import { type Facts, manifestsOf, readFacts } from './facts.ts';
import { dependencySteps, extrasOf, isOlderThan } from './install.ts';
import { librariesOf } from './libraries.ts';
import { pluginsOfOptions, pluginsOfTests } from './plugins.ts';
import { isProtected } from './protect.ts';
import { choosePythons, type Python } from './python-version.ts';
import { testPlan } from './run.ts';
import { type Selection, selectTests } from './scope.ts';
import { environmentOf, PACKAGES, toolchainOf } from './toolchain.ts';
import { versionEnvironment } from './version-env.ts';

const VERSION = '6';

export const stack: Stack = {
  name: 'python',
  version: VERSION,
  languages: ['python'],
  propose,
  isProtected,
  canary,
  attacks,
};

async function propose(project: Project): Promise<Proposal> {
  const facts = await readFacts(project);
  if (facts === undefined) return { kind: 'not-ours' };
  const pytest = pytestOptions(facts);
  const selection = selectTests(project, facts.folder, pytest);
  if (selection.files.length === 0) {
    return { kind: 'unsupported', why: 'the test patch has no Python test, and there is none beside its files' };
  }
  const settings = await djangoSettings(project, { ...facts, pytest });
  const plan: Plan = {
    facts,
    selection,
    addopts: pytest.addopts ?? '',
    build: await planBuild(project, facts),
    plugins: [
      ...pluginsOfOptions(pytest),
      ...(await pluginsOfFiles(project, facts.folder)),
      ...(settings === undefined ? [] : ['pytest-django']),
    ],
    variables: {
      ...(await versionEnvironment(project, facts)),
      ...(settings === undefined ? {} : { DJANGO_SETTINGS_MODULE: settings }),
    },
  };
  const [first, ...others] = choosePythons(facts, project.committedAt).map((python) => toRecipe(project, plan, python));
  if (first === undefined)
    return { kind: 'unsupported', why: 'no Python that can be had is allowed by requires-python' };
  return { kind: 'recipes', recipes: [first, ...others] };
}

/** What is the same under every Python. */
interface Plan {
  readonly facts: Facts;
  readonly selection: Selection;
  readonly addopts: string;
  readonly build: BuildPlan;
  readonly plugins: readonly string[];
  /** Variables that stand for git tags, and for what the project's own runner of tests would set. */
  readonly variables: Readonly<Record<string, string>>;
}

function toRecipe(project: Project, plan: Plan, python: Python): Recipe {
  const { facts, selection, addopts, plugins, variables } = plan;
  const isTooNew = plan.build.isCarried && isOlderThan(python, project.committedAt);
  const build = isTooNew ? withoutTools(plan.build) : plan.build;
  const extras = extrasOf(facts);
  return {
    stack: 'python',
    stackVersion: VERSION,
    variant: `python${python.version}`,
    suite: python.suite,
    folder: facts.folder,
    env: { ...environmentOf(python), ...variables },
    packages: [...new Set([...PACKAGES, ...librariesOf(aptPackages(facts.ci))])].sort(),
    toolchain: [...toolchainOf(python, build)],
    dependencies: [...dependencySteps({ facts, python, build, plugins, committedAt: project.committedAt })],
    manifests: [...manifestsOf(facts, project)],
    isPinned: false,
    build: [...buildSteps(build, { facts, project })],
    test: testPlan(selection, { rebuild: rebuildOf(build), addopts }),
    evidence: [
      python.why,
      `dependencies: ${facts.manifest ?? 'requirements files'}${extras.length > 0 ? `, extras ${extras.join(', ')}` : ''}`,
      `tests: ${selection.why}`,
      ...facts.findings
        .filter(({ requirements = [] }) => requirements.length > 0)
        .map(({ path }) => `${path}: requirements`),
    ],
  };
}

/** pytest reads one file alone: the first of these that has its section. */
function pytestOptions({ folder, findings }: Facts): Readonly<Record<string, string>> {
  const order = ['pytest.ini', '.pytest.ini', 'pyproject.toml', 'tox.ini', 'setup.cfg'].map((name) =>
    join(folder, name),
  );
  const found = order.map((path) => findings.find((finding) => finding.path === path && finding.pytest !== undefined));
  return found.find((finding) => finding !== undefined)?.pytest ?? {};
}

/** What the tests of the patch and the conftest.py files import. */
async function pluginsOfFiles(project: Project, folder: string): Promise<readonly string[]> {
  const conftests = project.paths.filter((path) => isBelow(folder, path) && path.endsWith('conftest.py'));
  const neighbours = project.paths
    .filter((path) => isBelow(folder, path) && /(?:^|\/)test_[^/]*\.py$/.test(path))
    .slice(0, 200);
  const texts = await Promise.all([
    ...project.tests.map((path) => project.readTest(path)),
    ...[...conftests, ...neighbours].map((path) => project.read(path)),
  ]);
  return [...new Set(texts.flatMap((text) => pluginsOfTests(text ?? '')))].sort();
}
