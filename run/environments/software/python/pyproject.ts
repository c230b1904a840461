import { parse, TomlError } from 'smol-toml';
import { type Finding, toTestNames } from './finding.ts';
import { readPoetry } from './poetry.ts';
import { asTable, at, optional, strings, type Table, textsOf } from './table.ts';

/** What pyproject.toml says. One that is not TOML says nothing. */
export function readPyproject(path: string, text: string): Finding | undefined {
  const root = parseToml(text);
  if (root === undefined) return undefined;
  const project = at(root, 'project');
  const poetry = readPoetry(at(root, 'tool', 'poetry'));
  const extras = toTestNames(Object.keys(at(project, 'optional-dependencies')));
  const build = at(root, 'build-system');
  const backend = build['build-backend'];
  return {
    path,
    ...poetry,
    isPackage: 'project' in root || Object.keys(build).length > 0 || poetry.isPackage === true,
    ...optional('projectName', project.name),
    ...optional('requiresPython', project['requires-python']),
    pythons: [...classifiersOf(strings(project.classifiers)), ...(poetry.pythons ?? [])],
    extras: [...extras, ...(poetry.extras ?? [])],
    requirements: [...groupsOf(root), ...(poetry.requirements ?? [])],
    buildRequirements: strings(build.requires),
    ...(typeof backend === 'string' ? { backend } : {}),
    ...pytestOf(root),
  };
}

export function parseToml(text: string): Table | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}

/** Minor versions of "Programming Language :: Python :: 3.8". */
export function classifiersOf(classifiers: readonly string[]): readonly string[] {
  return classifiers.flatMap((line) => /^Programming Language :: Python :: (\d\.\d+)$/.exec(line.trim())?.[1] ?? []);
}

/** Requirements out of every way to write groups for developers: PEP 735, uv, pdm, hatch, tox. */
function groupsOf(root: Table): readonly string[] {
  const groups = at(root, 'dependency-groups');
  const pdm = at(root, 'tool', 'pdm', 'dev-dependencies');
  const hatch = at(root, 'tool', 'hatch', 'envs');
  return [
    ...toTestNames(Object.keys(groups)).flatMap((name) => groupOf(groups, name, 8)),
    ...strings(at(root, 'tool', 'uv')['dev-dependencies']),
    ...toTestNames(Object.keys(pdm)).flatMap((name) => strings(pdm[name])),
    ...['default', 'test', 'tests', 'hatch-test', 'dev'].flatMap((name) => hatchOf(asTable(hatch[name]))),
    ...strings(at(root, 'tool', 'tox', 'env_run_base').deps),
  ].filter((requirement) => /^[A-Za-z0-9]/.test(requirement) && !requirement.includes('{'));
}

function hatchOf(environment: Table): readonly string[] {
  return [...strings(environment.dependencies), ...strings(environment['extra-dependencies'])];
}

/** `depth` bounds groups that include each other. */
function groupOf(groups: Table, name: string, depth: number): readonly string[] {
  const items = groups[name];
  if (!Array.isArray(items) || depth === 0) return [];
  return items.flatMap((item) => {
    if (typeof item === 'string') return [item];
    const included = asTable(item)['include-group'];
    return typeof included === 'string' ? groupOf(groups, included, depth - 1) : [];
  });
}

function pytestOf(root: Table): Pick<Finding, 'pytest'> {
  const tool = at(root, 'tool', 'pytest');
  const options = { ...tool, ...at(root, 'tool', 'pytest', 'ini_options') };
  delete (options as Record<string, unknown>).ini_options;
  return Object.keys(options).length === 0 ? {} : { pytest: textsOf(options) };
}
