import type { Project } from '../../../src/testbed/stack.ts';
import { folderOf, isBelow, join, nameOf } from '../shared/paths.ts';
import type { Package } from './package-json.ts';

const CONFIG = /^(?:(?:vitest|vite|jest|babel)\.config\.\w+|\.babelrc(?:\.\w+)?|package\.json)$/;
const TSCONFIG = /^[tj]sconfig[\w.-]*\.json$/;

/** Whether the runner is told to load a package's sources where tests name the package: an alias of vite, a name that Jest maps, paths of a tsconfig that one of them reads. */
export async function isMappedToSource(project: Project, own: Package): Promise<boolean> {
  const read = (pattern: RegExp) =>
    Promise.all(
      project.paths
        .filter((path) => folderOf(path) === own.folder && pattern.test(nameOf(path)))
        .map(async (path) => (await project.read(path)) ?? ''),
    );
  const configs = await read(CONFIG);
  const hasPaths = configs.some((text) => /tsconfig-?paths|pathsToModuleNameMapper/i.test(text));
  const texts = [...configs, ...(hasPaths ? await read(TSCONFIG) : [])];
  return texts.some((text) => targetsOf(text, own.json.name).some((path) => isThere(project, join(own.folder, path))));
}

/** What stands in quotes behind the name, in its line or the one below: "'^name$': '<rootDir>/src'", "find: /^name$/, replacement: './src'". */
function targetsOf(text: string, name: string): readonly string[] {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\\?\$&`);
  const lines = text.matchAll(
    new RegExp(String.raw`(?:["'^]|\(\?:?)${escaped}\$?["'/]([^\n]*(?:\n\s*replacement:[^\n]*)?)`, 'g'),
  );
  const quoted = [...lines].flatMap(([, rest = '']) => [...rest.matchAll(/["'`]([^"'`\n]+)["'`]/g)]);
  return quoted.map(([, path = '']) => path.replace(/^(?:<rootDir>\/|\$\{\w+\}\/|\.{0,2}\/)+/, ''));
}

/** Patterns name what stands behind the first folder by "$1". */
function isThere(project: Project, path: string): boolean {
  const known = path.replace(/\/?[^/]*[$*].*$/, '');
  return (
    /[./]/.test(path) &&
    known !== '' &&
    project.paths.some((other) => isBelow(known, other) || other.startsWith(`${known}.`))
  );
}
