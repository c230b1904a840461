import type { Project } from '../../../src/testbed/stack.ts';
import { folderAndAbove, isBelow, join, mostCommon, nearest, relativeTo } from '../shared/paths.ts';

export type Tool = 'maven' | 'gradle';

/** Where a build begins, and which of its modules the change concerns. */
export interface Layout {
  readonly tool: Tool;
  /** Folder of the reactor or of the root project. */
  readonly root: string;
  /** Folders of the modules with changed tests or sources, seen from the root; "." is the root itself. Sorted. */
  readonly modules: readonly string[];
}

const manifests: Readonly<Record<Tool, readonly string[]>> = {
  maven: ['pom.xml'],
  gradle: ['build.gradle', 'build.gradle.kts'],
};
const settings = ['settings.gradle', 'settings.gradle.kts'];

/** Every build that the changed files belong to, Maven first: where both are there, its poms name every version. */
export async function findLayouts(project: Project): Promise<readonly Layout[]> {
  const layouts = await Promise.all((['maven', 'gradle'] as const).map((tool) => findLayout(project, tool)));
  return layouts.filter((layout) => layout !== undefined);
}

async function findLayout(project: Project, tool: Tool): Promise<Layout | undefined> {
  const paths = new Set(project.paths);
  const changed = [...project.tests, ...project.support].filter((path) => /\/?src\/|\.java$/.test(path));
  const found = (changed.length > 0 ? changed : project.sources).flatMap(
    (path) => nearest(path, manifests[tool], paths) ?? [],
  );
  const roots = await Promise.all(found.map((module) => rootOf(module, tool, project)));
  const root = mostCommon(roots);
  if (root === undefined) return undefined;
  const own = found.filter((_, index) => roots[index] === root);
  return { tool, root, modules: [...new Set(own.map((module) => relativeTo(root, module)))].sort() };
}

/** Maven's modules are named by the pom above them; Gradle's root has the settings. */
async function rootOf(module: string, tool: Tool, project: Project): Promise<string> {
  const paths = new Set(project.paths);
  if (tool === 'gradle') {
    return folderAndAbove(module).find((folder) => settings.some((name) => paths.has(join(folder, name)))) ?? module;
  }
  let root = module;
  for (const folder of folderAndAbove(module).slice(1)) {
    const pom = await project.read(join(folder, 'pom.xml'));
    if (pom !== undefined && namesModule(pom, relativeTo(folder, root))) root = folder;
  }
  return root;
}

function namesModule(pom: string, module: string): boolean {
  const named = [...pom.matchAll(/<module>\s*([^<]+?)\s*<\/module>/g)].map(([, name]) =>
    name?.replace(/^\.\/|\/(pom\.xml)?$/g, ''),
  );
  return named.includes(module);
}

/** Manifests below the root: what decides about dependencies. */
export function manifestsOf({ tool, root }: Layout, project: Project): readonly string[] {
  const names =
    tool === 'maven'
      ? /(?:^|\/)(?:pom\.xml|\.mvn\/.*)$/
      : /(?:\.gradle|\.gradle\.kts|gradle\.properties|gradle\.lockfile|gradle-wrapper\.properties|\.versions\.toml)$/;
  return project.paths.filter(
    (path) => isBelow(root, path) && names.test(path) && !/(?:^|\/)src\//.test(relativeTo(root, path)),
  );
}
