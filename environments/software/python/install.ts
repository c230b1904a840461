import type { Step } from '../../../src/domain/recipe.ts';
import { quote, quoteAll, writeFile } from '../shared/shell.ts';
import type { BuildPlan } from './build.ts';
import type { Facts } from './facts.ts';
import { onePinEach, requirementName } from './finding.ts';
import { insist } from './insist.ts';
import type { Python } from './python-version.ts';
import { interpreterOf, UV, VENV } from './toolchain.ts';

export interface InstallNeeds {
  readonly facts: Facts;
  readonly python: Python;
  readonly build: BuildPlan;
  /** Packages that tests need by what they import or by pytest's options. */
  readonly plugins: readonly string[];
  readonly committedAt: string;
  /** Whether even what the manifest asks for may be missing, where this Python cannot have it. */
  readonly isLastResort: boolean;
}

/** Until then environments came with setuptools, and projects used it without saying so. */
const BARE_SINCE = '2023-10-01';
const REQUIREMENTS = '/tmp/envmint-requirements.txt';
const CONSTRAINTS = '/tmp/envmint-constraints.txt';
const OVERRIDES = '/tmp/envmint-overrides.txt';

/** Metadata of the project, which asking for its dependencies leaves in the tree, is of one commit alone. */
const CLEAN = `rm -rf ${REQUIREMENTS} ${CONSTRAINTS} ${OVERRIDES} build && find . -name '*.egg-info' -prune -exec rm -rf {} +`;

/** Steps that install everything but the project, as of the commit's date. */
export function dependencySteps(needs: InstallNeeds): readonly Step[] {
  const { facts, python, isLastResort } = needs;
  const pins = facts.findings.flatMap(({ pins = [] }) => pins).filter((pin) => !isTooOld(pin, needs));
  const requirements = requirementsOf(needs);
  const sources = [
    ...(facts.manifest === undefined ? [] : ['-r', facts.manifest]),
    '-r',
    REQUIREMENTS,
    ...(pins.length > 0 ? ['-c', CONSTRAINTS] : []),
    ...(isLastResort ? ['--override', OVERRIDES] : []),
  ];
  const files = [
    writeFile(REQUIREMENTS, `${requirements.join('\n')}\n`),
    ...(pins.length > 0 ? [writeFile(CONSTRAINTS, `${pins.join('\n')}\n`)] : []),
    ...(isLastResort ? [writeFile(OVERRIDES, '')] : []),
  ];
  const install = `${UV} pip install --no-cache --compile-bytecode --exclude-newer ${quote(needs.committedAt)}${floorsOf(needs)} ${quoteAll(sources)}`;
  const insisted = insist(install, {
    requirements: REQUIREMENTS,
    extras: facts.manifest === undefined ? [] : extrasOf(facts),
    ...(isLastResort && { overrides: OVERRIDES }),
  });
  const steps = [...files, insisted, removeOwn(needs.build.roots), CLEAN, `${UV} pip list`];
  return [
    { name: 'venv', run: `${UV} venv --quiet --python ${interpreterOf(python)} ${VENV}` },
    { name: 'install', run: steps.join('\n') },
  ];
}

/** Names that say nothing of whose they are: some packages install them by mistake. */
const ANYBODYS = ['test', 'tests', 'testing', 'doc', 'docs', 'example', 'examples', 'benchmarks', 'build', 'setup'];

/**
 * What others need may need the project: a release of it from the registry, which may hold the fix, is taken away again in the same layer.
 * It is known by what it brings: a package that the tree has as well.
 */
function removeOwn(roots: readonly string[]): string {
  const program = `import os, sys
from importlib import metadata
anybodys = set(${JSON.stringify(ANYBODYS)})
own = set()
for root in sys.argv[1:]:
    for name in os.listdir(root) if os.path.isdir(root) else []:
        stem, extension = os.path.splitext(name)
        if os.path.isfile(os.path.join(root, name, "__init__.py")): own.add(name)
        elif extension == ".py": own.add(stem)
for found in list(metadata.distributions()):
    tops = {str(file).split("/")[0] for file in found.files or []}
    tops = {top[:-3] if top.endswith(".py") else top for top in tops}
    if (tops & own) - anybodys: print(found.metadata["Name"])
`;
  const list = `${VENV}/bin/python -c ${quote(program)} ${quoteAll(roots.length > 0 ? roots : ['.'])}`;
  return `${list} | sort -u | while read -r name; do ${UV} pip uninstall "$name"; done`;
}

/** What has to know the Python that it runs on, or has compiled releases for it, where older sources no longer build: the first time by which it did. */
const FLOORS: Readonly<Record<string, string>> = { '3.9': '2021-03-01', '3.11': '2023-03-01', '3.13': '2025-01-01' };
const BOUND_TO_PYTHON =
  'cffi greenlet lxml markupsafe multidict numpy pyyaml regex setuptools wheel pip pytest pluggy py attrs more-itertools packaging pyparsing wcwidth iniconfig toml importlib-metadata zipp typing-extensions cython coverage pytest-cov pytest-django six'.split(
    ' ',
  );

/** Whether tools have to be newer than the commit. */
export function isOlderThan(python: Python, committedAt: string): boolean {
  return committedAt < (FLOORS[python.version] ?? '');
}

/** A commit older than its Python gets tools that can run on it; everything else stays as of the date. */
function floorsOf({ python, committedAt }: InstallNeeds): string {
  const floor = FLOORS[python.version];
  if (!isOlderThan(python, committedAt)) return '';
  return BOUND_TO_PYTHON.map((name) => ` --exclude-newer-package ${name}=${floor}`).join('');
}

/** An exact version, as of the commit, of what has to be newer for this Python. */
function isTooOld(item: string, { python, committedAt }: InstallNeeds): boolean {
  const isExact = /^[\w.-]+(?:\[[^\]]*\])?\s*==/.test(item);
  return isExact && isOlderThan(python, committedAt) && BOUND_TO_PYTHON.includes(requirementName(item));
}

export function extrasOf({ findings }: Facts): readonly string[] {
  return [...new Set(findings.flatMap(({ extras = [] }) => extras))].sort();
}

/** They send what tests have measured to a service, no test needs them, and one of them is gone from the registry. */
const REPORTERS = ['codecov', 'coveralls', 'python-coveralls', 'codacy-coverage', 'codeclimate-test-reporter'];

function requirementsOf(needs: InstallNeeds): readonly string[] {
  const { facts, build, plugins, committedAt } = needs;
  const said = onePinEach(facts.findings.flatMap(({ requirements = [] }) => requirements)).filter(
    (item) => !REPORTERS.includes(requirementName(item)),
  );
  const all = [
    ...said.map((item) => (isTooOld(item, needs) ? requirementName(item) : item)),
    ...build.requirements,
    ...(build.isCarried ? [] : [...(committedAt < BARE_SINCE ? ['setuptools', 'wheel'] : []), 'pip']),
    'pytest',
  ];
  const names = new Set(all.map(requirementName));
  const missing = plugins.filter((name) => !names.has(requirementName(name)));
  // A name alone adds nothing to a requirement of the same name that says more.
  const full = new Set(all.filter((item) => item !== requirementName(item)).map(requirementName));
  return [...new Set([...all, ...missing])].filter((item) => item !== requirementName(item) || !full.has(item)).sort();
}
