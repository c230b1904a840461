import type { Recipe } from '../../../src/domain/recipe.ts';
import type { Project, Proposal, Stack } from '../../../src/testbed/stack.ts';
import { aptPackages } from '../shared/ci.ts';
import { join } from '../shared/paths.ts';
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
import { readTestTexts, type TestTexts } from './test-texts.ts';
import { environmentOf, PACKAGES, toolchainOf } from './toolchain.ts';
import { testVariables } from './variables.ts';
import { versionEnvironment } from './version-env.ts';

const VERSION = '7';

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
  const selection = await selectTests(project, facts.folder, pytest);
  if (selection.files.length === 0) {
    return { kind: 'unsupported', why: 'the test patch has no Python test, and there is none beside its files' };
  }
  const texts = await readTestTexts(project, facts.folder);
  const settings = await djangoSettings(project, { ...facts, pytest, tests: texts.changed });
  const plan: Plan = {
    facts,
    selection,
    addopts: pytest.addopts ?? '',
    build: await planBuild(project, facts),
    plugins: [
      ...pluginsOfOptions(pytest),
      ...pluginsOfTexts(texts),
      ...(settings === undefined ? [] : ['pytest-django']),
    ],
    variables: {
      ...(await testVariables(project, {
        ...facts,
        readers: [...texts.changed, ...texts.conftests, ...texts.settings],
      })),
      ...(await versionEnvironment(project, facts)),
      ...(settings === undefined ? {} : { DJANGO_SETTINGS_MODULE: settings }),
    },
  };
  const pythons = choosePythons(facts, project.committedAt);
  const [first, ...others] = waysOf(facts, pythons).map((way) => toRecipe(project, plan, way));
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
  /** Those that stand for git tags, and those that the project's own runner of tests or its CI would set. */
  readonly variables: Readonly<Record<string, string>>;
}

interface Way {
  readonly python: Python;
  readonly isLastResort: boolean;
}

/** An extra may ask for what none of the Pythons can have (tensorflow of another time), and the tests do without it: third, since three are tried. */
function waysOf(facts: Facts, pythons: readonly Python[]): readonly Way[] {
  const ways = pythons.map((python) => ({ python, isLastResort: false }));
  const [first] = pythons;
  return first === undefined || extrasOf(facts).length === 0
    ? ways
    : ways.toSpliced(2, 0, { python: first, isLastResort: true });
}

function toRecipe(project: Project, plan: Plan, { python, isLastResort }: Way): Recipe {
  const { facts, selection, addopts, plugins, variables } = plan;
  const isTooNew = plan.build.isCarried && isOlderThan(python, project.committedAt);
  const build = isTooNew ? withoutTools(plan.build) : plan.build;
  const extras = extrasOf(facts);
  return {
    stack: 'python',
    stackVersion: VERSION,
    variant: `python${python.version}${isLastResort ? '-reduced' : ''}`,
    suite: python.suite,
    folder: facts.folder,
    env: { ...environmentOf(python), ...variables },
    packages: [...new Set([...PACKAGES, ...librariesOf(aptPackages(facts.ci)), ...generatorsOf(project)])].sort(),
    toolchain: [...toolchainOf(python, build)],
    dependencies: [
      ...dependencySteps({ facts, python, build, plugins, isLastResort, committedAt: project.committedAt }),
    ],
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

/** Builds that make a parser by a program of Java that lies in the tree. */
function generatorsOf({ paths }: Project): readonly string[] {
  return paths.some((path) => /(?:^|\/)antlr[\w.-]*\.jar$/.test(path)) ? ['default-jre-headless'] : [];
}

/** pytest reads one file alone: the first of these that has its section. */
function pytestOptions({ folder, findings }: Facts): Readonly<Record<string, string>> {
  const order = ['pytest.ini', '.pytest.ini', 'pyproject.toml', 'tox.ini', 'setup.cfg'].map((name) =>
    join(folder, name),
  );
  const found = order.map((path) => findings.find((finding) => finding.path === path && finding.pytest !== undefined));
  return found.find((finding) => finding !== undefined)?.pytest ?? {};
}

/** What the tests of the patch, those beside them and the conftest.py files import. */
function pluginsOfTexts({ changed, conftests, others }: TestTexts): readonly string[] {
  return [...new Set([...changed, ...conftests, ...others].flatMap(pluginsOfTests))].sort();
}
