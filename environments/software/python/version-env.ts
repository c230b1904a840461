import type { Project } from '../../../src/stages/build/stack.ts';
import { join } from '../shared/paths.ts';
import type { Facts } from './facts.ts';

/** From here on setuptools_scm reads a variable for one distribution alone. */
const NAMED_SINCE = '2021-07-01';
const TOOLS = /setuptools[-_]scm|hatch-vcs|flit[-_]scm|pdm-backend|use_scm_version|source\s*=\s*["'](?:vcs|scm)["']/;

/** Variables that stand for git tags, which are not there: what builds ask them for is the version. */
export async function versionEnvironment(project: Project, facts: Facts): Promise<Readonly<Record<string, string>>> {
  const names = ['pyproject.toml', 'setup.py', 'setup.cfg'];
  const texts = await Promise.all(names.map((name) => project.read(join(facts.folder, name))));
  const text = texts.join('\n');
  const version = project.version ?? '1.0.0';
  const name = facts.findings.find(({ projectName }) => projectName !== undefined)?.projectName;
  return {
    ...(TOOLS.test(text)
      ? { ...scmVariables(name, { version, committedAt: project.committedAt }), PDM_BUILD_SCM_VERSION: version }
      : {}),
    ...(/\bpbr\b/.test(text) ? { PBR_VERSION: version } : {}),
  };
}

function scmVariables(
  name: string | undefined,
  { version, committedAt }: { readonly version: string; readonly committedAt: string },
): Readonly<Record<string, string>> {
  // The general variable would also rename dependencies that are built from source, so it is the last resort.
  if (name === undefined || committedAt < NAMED_SINCE) return { SETUPTOOLS_SCM_PRETEND_VERSION: version };
  return { [`SETUPTOOLS_SCM_PRETEND_VERSION_FOR_${name.toUpperCase().replaceAll(/[-_.]+/g, '_')}`]: version };
}
