import { parse } from 'yaml';
import { z } from 'zod';
import type { Project } from '../../../src/testbed/stack.ts';
import { homeOf } from '../shared/home.ts';
import { folderAndAbove, folderOf, isBelow, join, relativeTo } from '../shared/paths.ts';
import { dependenciesOf, type Package, readPackage } from './package-json.ts';

export const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock'] as const;

/** Whose they are: of several, the one of the manager that package.json declares counts. */
const WRITERS: Readonly<Record<(typeof LOCK_FILES)[number], string>> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
};

/** Where the parts of a repository are: what is installed together, and the package that the tests are of. */
export interface Layout {
  /** The folder in which the package manager runs. */
  readonly root: Package;
  /** The package of the tests; the root itself where there are no workspaces. */
  readonly own: Package;
  /** The workspaces of the root, without the root. */
  readonly members: readonly Package[];
  readonly lock: (typeof LOCK_FILES)[number] | undefined;
}

export async function readLayout(project: Project): Promise<Layout | undefined> {
  const folder = await ownFolder(project, homeOf(project, ['package.json']));
  const own = folder === undefined ? undefined : await readPackage(project, folder);
  if (own === undefined) return undefined;
  const root = (await rootAbove(project, own.folder)) ?? own;
  const members = await membersOf(project, root);
  const locks = LOCK_FILES.filter((name) => project.paths.includes(join(root.folder, name)));
  const manager = /^\w+/.exec(root.json.packageManager)?.[0] ?? '';
  const lock = locks.find((name) => WRITERS[name] === manager) ?? locks[0];
  return { root, own, members, lock };
}

/** A package.json without a name or dependencies (`{"type": "commonjs"}` beside fixtures) only says how its folder is read. */
async function ownFolder(project: Project, start: string | undefined): Promise<string | undefined> {
  if (start === undefined) return undefined;
  for (const folder of folderAndAbove(start)) {
    const found = await readPackage(project, folder);
    if (found === undefined) continue;
    const isReal = found.json.name !== '' || Object.keys(dependenciesOf(found)).length > 0;
    if (isReal || folder === '') return folder;
  }
  return start;
}

/** The nearest folder with a lock file or workspaces that has the package in it. */
async function rootAbove(project: Project, start: string): Promise<Package | undefined> {
  const paths = new Set(project.paths);
  for (const folder of folderAndAbove(start)) {
    const found = await readPackage(project, folder);
    if (found === undefined) continue;
    const patterns = await patternsOf(project, found);
    const holds = folder === start || patterns.some((pattern) => matches(pattern, relativeTo(folder, start)));
    if (holds && (patterns.length > 0 || LOCK_FILES.some((name) => paths.has(join(folder, name))))) return found;
  }
  return undefined;
}

const PnpmWorkspace = z.object({ packages: z.array(z.string()) });

/** Patterns of the folders of workspaces. */
async function patternsOf(project: Project, { folder, json }: Package): Promise<readonly string[]> {
  const text = await project.read(join(folder, 'pnpm-workspace.yaml'));
  if (text === undefined) return json.workspaces;
  const parsed = PnpmWorkspace.safeParse(parseYaml(text));
  return parsed.success ? parsed.data.packages : [];
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof Error && error.name === 'YAMLParseError') return undefined;
    throw error;
  }
}

async function membersOf(project: Project, root: Package): Promise<readonly Package[]> {
  const patterns = await patternsOf(project, root);
  const folders = project.paths
    .filter((path) => path.endsWith('/package.json') && isBelow(root.folder, path) && !path.includes('node_modules/'))
    .map(folderOf)
    .filter((folder) => folder !== root.folder && isMember(patterns, relativeTo(root.folder, folder)));
  const found = await Promise.all(folders.map((folder) => readPackage(project, folder)));
  return found.filter((member) => member !== undefined);
}

function isMember(patterns: readonly string[], folder: string): boolean {
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  return patterns.some((pattern) => matches(pattern, folder)) && !excluded.some((pattern) => matches(pattern, folder));
}

/** Patterns of workspaces know `*` and `**` alone. */
function matches(pattern: string, folder: string): boolean {
  const source = pattern
    .replace(/^\.\//, '')
    .replace(/\/+$/, '')
    .split('/')
    .map((part) => (part === '**' ? '.*' : part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')))
    .join('/')
    .replaceAll('/.*', '(?:/.*)?');
  return new RegExp(`^${source}$`).test(folder);
}
