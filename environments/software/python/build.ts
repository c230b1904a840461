import type { Step } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { isBelow, join, relativeTo } from '../shared/paths.ts';
import { quote } from '../shared/shell.ts';
import { isCarried } from './carried.ts';
import type { Facts } from './facts.ts';
import { requirementName } from './finding.ts';
import { PIP, UV } from './toolchain.ts';

/** How the project itself gets into the environment: offline, and as a link to its tree. */
export interface BuildPlan {
  readonly kind: 'editable' | 'path';
  /** What has to be installed for it. */
  readonly requirements: readonly string[];
  /** Whether tests have to build anew what the sources of extension modules say. */
  readonly isCompiled: boolean;
  /** Folders of modules, as named from the project's folder. */
  readonly roots: readonly string[];
  /** Whether pip and its like carry a copy of the project: none of a date after the commit may be there. */
  readonly isCarried: boolean;
  /** The command that links it, where it is editable. */
  readonly link: string;
}

/** When backends learnt to install a project as a link (PEP 660); setuptools always could, by setup.py. */
const EDITABLE_SINCE: readonly (readonly [RegExp, string])[] = [
  [/^poetry\b/, '2022-02-01'],
  [/^flit/, '2021-11-01'],
  [/^pdm\b/, '2021-11-01'],
];
/** What backends import only when they make a link. */
const EXTRA: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^hatchling/, ['editables']],
  [/^pdm\.backend/, ['editables']],
  [/^mesonpy/, ['ninja']],
  [/^scikit_build_core|^skbuild/, ['cmake', 'ninja']],
];
const COMPILED = /\bext_modules\b|\bExtension\(|\bcythonize\b|\bcffi_modules\b|\brust_extensions\b|\bext-modules\b/;

export async function planBuild(project: Project, facts: Facts): Promise<BuildPlan> {
  const backend = facts.findings.find((finding) => finding.backend !== undefined)?.backend;
  const requirements = facts.findings.flatMap(({ buildRequirements = [] }) => buildRequirements);
  const roots = rootsOf(project, facts);
  const since = EDITABLE_SINCE.find(([pattern]) => pattern.test(backend ?? ''))?.[1] ?? '';
  const carried = isCarried(project.paths, { folder: facts.folder, roots });
  if (facts.manifest === undefined || project.committedAt < since) {
    return { kind: 'path', requirements: [], isCompiled: false, roots, isCarried: carried, link: '' };
  }
  const extra = EXTRA.flatMap(([pattern, names]) => (pattern.test(backend ?? '') ? names : []));
  return {
    kind: 'editable',
    requirements: [...requirements, ...extra, ...(isSetuptools(backend) ? ['setuptools', 'wheel'] : [])],
    isCompiled: await isCompiled(project, { folder: facts.folder, backend }),
    roots,
    isCarried: carried,
    link: carried ? linkWithoutPip(project, { folder: facts.folder, backend }) : LINK,
  };
}

/** With nothing that is bound to its Python: a release of that from after the commit may carry a copy of the project. */
export function withoutTools(plan: BuildPlan): BuildPlan {
  const isBare = plan.requirements.every((item) => !['setuptools', 'wheel'].includes(requirementName(item)));
  return isBare ? plan : { ...plan, kind: 'path', requirements: [], isCompiled: false };
}

interface Backend {
  readonly folder: string;
  readonly backend: string | undefined;
}

function isSetuptools(backend: string | undefined): boolean {
  return backend === undefined || backend.startsWith('setuptools');
}

/** A link made by Meson builds by itself when it is imported. */
async function isCompiled(project: Project, { folder, backend = '' }: Backend): Promise<boolean> {
  if (backend.startsWith('mesonpy')) return false;
  if (/^(?:scikit_build_core|maturin|skbuild)/.test(backend)) return true;
  if (project.paths.some((path) => isBelow(folder, path) && path.endsWith('.pyx'))) return true;
  const texts = await Promise.all(['setup.py', 'pyproject.toml'].map((name) => project.read(join(folder, name))));
  return texts.some((text) => COMPILED.test(text ?? ''));
}

function rootsOf(project: Project, { folder }: Facts): readonly string[] {
  const hasSource = project.paths.some((path) => isBelow(join(folder, 'src'), path) && path.endsWith('.py'));
  const hasPackage = project.paths.includes(join(folder, 'src/__init__.py'));
  return hasSource && !hasPackage ? ['src', '.'] : ['.'];
}

const LINK = `${PIP} install --quiet --no-cache-dir --no-index --no-deps --no-build-isolation --editable .`;
/** When setuptools learnt to make links for others than pip. */
const SETUPTOOLS_LINKS_SINCE = '2022-08-12';

function linkWithoutPip({ committedAt, paths }: Project, { folder, backend }: Backend): string {
  if (!isSetuptools(backend) || committedAt >= SETUPTOOLS_LINKS_SINCE) {
    return `${UV} pip install --quiet --no-cache --offline --no-deps --no-build-isolation --editable .`;
  }
  const setup = paths.includes(join(folder, 'setup.py')) ? 'setup.py' : "-c 'import setuptools; setuptools.setup()'";
  return `python ${setup} develop --quiet --no-deps`;
}

/** What a test run does first, because an answer may change it. */
export function rebuildOf({ isCompiled, link }: BuildPlan): string {
  return isCompiled ? `${link} >&2\n` : '';
}

export function buildSteps(
  plan: BuildPlan,
  { facts, project }: { readonly facts: Facts; readonly project: Project },
): readonly Step[] {
  const roots = plan.roots.map((root) => relativeTo('', root)).join(' ');
  // The project's folder comes last on the path: tests import from it, and nothing in it hides a module that is installed.
  const paths = [
    `site=$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')`,
    `for root in ${roots}; do (cd "$root" && pwd); done > "$site/zz-envmint.pth"`,
  ];
  const name = facts.findings.find(({ projectName }) => projectName !== undefined)?.projectName;
  const isNamed = plan.kind === 'path' && facts.manifest !== undefined && name !== undefined;
  const metadata = isNamed ? metadataScript(name, project.version ?? '0.0.0') : [];
  const link = plan.kind === 'editable' ? [{ name: 'link', run: plan.link }] : [];
  return [...link, { name: 'paths', run: [...paths, ...metadata].join('\n') }];
}

/** Enough for a project that asks for its own version. */
function metadataScript(name: string, version: string): readonly string[] {
  const folder = `"$site/${name.replaceAll(/[-_.]+/g, '_')}-${version}.dist-info"`;
  const text = quote(`Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`);
  return [`mkdir -p ${folder}`, `printf '%s' ${text} > ${folder}/METADATA`];
}
