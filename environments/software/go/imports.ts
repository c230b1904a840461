import type { Project } from '../../../src/testbed/stack.ts';
import { folderOf, nameOf } from '../shared/paths.ts';

export interface Imports {
  /** The path under which the repository's own packages are imported. */
  readonly module: string;
  /** What it imports of others, sorted. */
  readonly foreign: readonly string[];
}

/** The go command passes these folders by, or has others' code in them. */
const PASSED_BY = /(?:^|\/)(?:vendor|Godeps|testdata|[._][^/]*)\//;

/** What the tree and the changed tests import: what a go.mod would say, where there is none. */
export async function readImports(project: Project): Promise<Imports> {
  const own = project.paths.filter((path) => path.endsWith('.go') && !PASSED_BY.test(path));
  const changed = project.tests.filter((path) => path.endsWith('.go'));
  const texts = await Promise.all([
    ...own.map((path) => project.read(path)),
    ...changed.map((path) => project.readTest(path)),
  ]);
  const all = texts.flatMap((text) => importsOf(text ?? ''));
  const named = own.map((path, index) => (folderOf(path) === '' ? commentOf(texts[index] ?? '') : undefined));
  const module = named.find((path) => path !== undefined) ?? chooseModule(project, all);
  const isForeign = (path: string) => /^[^/]+\.[^/]+\//.test(path) && path !== module && !path.startsWith(`${module}/`);
  return { module, foreign: [...new Set(all.filter(isForeign))].sort() };
}

/** Of the import declarations in front of everything else. */
export function importsOf(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^import\s*(?:\(([^)]*)\)|((?:[\w.]+\s+)?"[^"]+"))/gm)];
  return blocks.flatMap(([, many = '', one = '']) =>
    [...`${many}${one}`.replace(/\/\/.*$/gm, '').matchAll(/"([\w./~-]+)"/g)].map(([, path = '']) => path),
  );
}

function commentOf(text: string): string | undefined {
  return /^package\s+\w+\s*(?:\/\/|\/\*)\s*import\s+"([^"]+)"/m.exec(text)?.[1];
}

/** The repository may have been renamed since, or be known by another host: what it calls its own packages decides. */
function chooseModule({ repository, paths }: Project, imports: readonly string[]): string {
  const name = nameOf(repository).replace(/[.]/g, '\\.');
  const folders = new Set(paths.filter((path) => path.endsWith('.go')).map(folderOf));
  const counts = new Map<string, number>();
  for (const path of imports) {
    const [, module, rest = ''] =
      new RegExp(`^([^/]+\\.[^/]+(?:/[^/]+)*?/${name}(?:\\.v\\d+)?)(?:/(.*))?$`, 'i').exec(path) ?? [];
    if (module !== undefined && folders.has(rest)) counts.set(module, (counts.get(module) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return first?.[0] ?? `github.com/${repository}`;
}
