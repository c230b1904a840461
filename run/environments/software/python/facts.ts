import type { Project } from '../../../src/testbed/stack.ts';
import { type CiFile, ciValues, readCi } from '../shared/ci.ts';
import { join, mostCommon, nearest, relativeTo } from '../shared/paths.ts';
import { toWords } from '../shared/shell.ts';
import { type Finding, parseRequirement } from './finding.ts';
import { LOCK_FILES, readLock } from './lock.ts';
import { readNox } from './nox.ts';
import { readPyproject } from './pyproject.ts';
import { isForOthers, readRequirements, toRequirementFiles } from './requirements.ts';
import { readPytestIni, readSetupCfg } from './setup-cfg.ts';
import { readSetupPy } from './setup-py.ts';
import { readTox } from './tox.ts';

/** Everything that the project's files say, together. */
export interface Facts {
  /** The project's folder, "" for the root. */
  readonly folder: string;
  readonly findings: readonly Finding[];
  readonly ci: readonly CiFile[];
  /** The manifest that installers take the project's own dependencies from; undefined where there is none. */
  readonly manifest: 'pyproject.toml' | 'setup.py' | 'setup.cfg' | undefined;
}

const MANIFESTS = ['pyproject.toml', 'setup.py', 'setup.cfg'] as const;
const READERS: readonly (readonly [string, (path: string, text: string) => Finding | undefined])[] = [
  ['pyproject.toml', readPyproject],
  ['setup.cfg', readSetupCfg],
  ['setup.py', readSetupPy],
  ['pytest.ini', readPytestIni],
  ['.pytest.ini', readPytestIni],
  ...LOCK_FILES.map((name) => [name, readLock] as const),
];

/** Undefined for a tree in which nothing of Python's kind decides what is installed or tested. */
export async function readFacts(project: Project): Promise<Facts | undefined> {
  const folder = folderOfProject(project);
  const ci = await readCi(project);
  const own = await readAll(project, folder);
  const isPackage = (name: string) =>
    own.some(({ path, isPackage }) => path === join(folder, name) && isPackage === true);
  const manifest =
    isPackage('pyproject.toml') && (await hasMetadata(project, folder))
      ? 'pyproject.toml'
      : MANIFESTS.toReversed().filter(isPackage).sort(byUse)[0];
  const automation = await readAutomation(project, { folder, ci });
  const tests = await readTestRequirements(project, { folder, files: automation.flatMap(({ files = [] }) => files) });
  const plain = await readPlain(project, { folder, manifest });
  const findings = [...own, ...automation, ...tests, ...(plain === undefined ? [] : [plain])];
  return findings.length === 0 && project.tests.length === 0 ? undefined : { folder, findings, ci, manifest };
}

/** The tables of pyproject.toml that name dependencies; without them setup.py or setup.cfg does. */
async function hasMetadata(project: Project, folder: string): Promise<boolean> {
  const text = (await project.read(join(folder, 'pyproject.toml'))) ?? '';
  return /^\[(?:project|tool\.poetry|tool\.flit\.metadata)\]/m.test(text) || !hasSetup(project, folder);
}

function hasSetup(project: Project, folder: string): boolean {
  return ['setup.py', 'setup.cfg'].some((name) => project.paths.includes(join(folder, name)));
}

function byUse(a: string, b: string): number {
  const order = ['setup.py', 'setup.cfg', 'pyproject.toml'];
  return order.indexOf(a) - order.indexOf(b);
}

/** The folder, above most of the changed files, that has a manifest; the root where none has. */
function folderOfProject(project: Project): string {
  const paths = new Set(project.paths);
  const changed = [...project.sources, ...project.tests];
  return mostCommon(changed.flatMap((path) => nearest(path, ['pyproject.toml', 'setup.py'], paths) ?? [])) ?? '';
}

async function readAll(project: Project, folder: string): Promise<readonly Finding[]> {
  const found = await Promise.all(
    READERS.map(async ([name, read]) => {
      const path = join(folder, name);
      const text = await project.read(path);
      return text === undefined ? undefined : read(path, text);
    }),
  );
  return found.filter((finding) => finding !== undefined);
}

type WithFiles = Finding & { readonly files?: readonly string[] };

/** tox, nox and CI: what they install for tests. */
async function readAutomation(
  project: Project,
  { folder, ci }: Pick<Facts, 'folder' | 'ci'>,
): Promise<readonly WithFiles[]> {
  const tox = await project.read(join(folder, 'tox.ini'));
  const nox = await project.read(join(folder, 'noxfile.py'));
  return [
    ...(tox === undefined ? [] : [readTox(join(folder, 'tox.ini'), tox)]),
    ...(nox === undefined ? [] : [readNox(join(folder, 'noxfile.py'), nox)]),
    ...ci.flatMap((file) => fromCi(file)),
  ];
}

function fromCi(file: CiFile): readonly WithFiles[] {
  const versions = ciValues([file], ['python-version', 'python', 'python_version']).flatMap(
    (value) => /^(3\.\d+)/.exec(value)?.[1] ?? [],
  );
  const installs = file.commands.filter((command) => /\bpip3?\s+install\b/.test(command)).map(toWords);
  const words = installs.flatMap((list) => list.slice(list.indexOf('install') + 1));
  const extras = words.flatMap((word) => parseRequirement(word).extras);
  const files = words.filter((_, at) => words[at - 1] === '-r' || words[at - 1] === '--requirement');
  return versions.length + extras.length + files.length === 0
    ? []
    : [{ path: file.path, pythons: versions, extras, files }];
}

async function readTestRequirements(
  project: Project,
  { folder, files }: { readonly folder: string; readonly files: readonly string[] },
): Promise<readonly Finding[]> {
  const named = files.map((path) => join(folder, path.replace(/^\.\//, ''))).filter((path) => !isForOthers(path));
  const paths = [...new Set([...toRequirementFiles(project.paths, folder), ...named])];
  const found = await Promise.all(paths.map((path) => readRequirements(project, path)));
  return found.filter((finding) => finding !== undefined);
}

/** requirements.txt is about the project where no manifest is, and about who works on it where it names the project itself or pytest. */
async function readPlain(
  project: Project,
  { folder, manifest }: Pick<Facts, 'folder' | 'manifest'>,
): Promise<Finding | undefined> {
  const path = join(folder, 'requirements.txt');
  const text = (await project.read(path)) ?? '';
  const isForTests = /^\s*(?:-e|--editable)[\s=]*\.(?:\s|\[|$)|^pytest\b/m.test(text);
  return manifest === undefined || isForTests ? readRequirements(project, path) : undefined;
}

/** Paths of everything that was read, as evidence and as the key of what was installed. */
export function manifestsOf({ folder, findings }: Facts, project: Project): readonly string[] {
  const names = ['setup.py', 'setup.cfg', 'pyproject.toml', 'tox.ini', 'noxfile.py', 'requirements.txt', ...LOCK_FILES];
  const read = [...findings.map(({ path }) => path), ...names.map((name) => join(folder, name))];
  return [...new Set(read)]
    .filter((path) => project.paths.includes(path) && !relativeTo('', path).startsWith('.github/'))
    .sort();
}
