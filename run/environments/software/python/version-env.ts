import type { Project } from '../../../src/testbed/stack.ts';
import { join } from '../shared/paths.ts';
import type { Facts } from './facts.ts';

/** From here on setuptools_scm reads a variable for one distribution alone. */
const NAMED_SINCE = '2021-07-01';
const TOOLS = /setuptools[-_]scm|hatch-vcs|flit[-_]scm|pdm-backend|use_scm_version|source\s*=\s*["'](?:vcs|scm)["']/;
/** They ask setuptools_scm without saying for which distribution. */
const NAMELESS = /hatch-vcs|flit[-_]scm/;

/** Variables that stand for git tags, which are not there: what builds ask them for is the version. */
export async function versionEnvironment(project: Project, facts: Facts): Promise<Readonly<Record<string, string>>> {
  const names = ['pyproject.toml', 'setup.py', 'setup.cfg'];
  const texts = await Promise.all(names.map((name) => project.read(join(facts.folder, name))));
  const text = texts.join('\n');
  const version = project.version ?? '1.0.0';
  const name = facts.findings.find(({ projectName }) => projectName !== undefined)?.projectName;
  const isNamed = project.committedAt >= NAMED_SINCE && !NAMELESS.test(text);
  return {
    ...(TOOLS.test(text) ? { [scmVariable(name, isNamed)]: version, PDM_BUILD_SCM_VERSION: version } : {}),
    ...(/\bpbr\b/.test(text) ? { PBR_VERSION: version } : {}),
  };
}

/** The general variable would also rename dependencies that are built from source, so it is the last resort. */
function scmVariable(name: string | undefined, isNamed: boolean): string {
  const general = 'SETUPTOOLS_SCM_PRETEND_VERSION';
  return name === undefined || !isNamed ? general : `${general}_FOR_${name.toUpperCase().replaceAll(/[-_.]+/g, '_')}`;
}
