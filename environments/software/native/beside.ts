import type { Step } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { folderOf, isBelow, join } from '../shared/paths.ts';
import { quote } from '../shared/shell.ts';

const CODE = /\.(?:c|cc|cpp|cxx|h|hh|hpp)$/i;
/** So many files of tests are read. */
const READ = 60;
/** What else lies beside the build folder. */
const TAKEN = new Set(['build', 'cmake', 'envmint', 'fetchcontent', 'venv']);

/** Tests that open "../test/data" mean a build folder in the tree. Ours is outside, so that the folders that they name are linked beside it. */
export async function linkBeside(project: Project, folder: string): Promise<readonly Step[]> {
  const homes = new Set(project.tests.map(folderOf));
  const beside = project.paths.filter((path) => CODE.test(path) && homes.has(folderOf(path)) && isBelow(folder, path));
  const changed = project.tests.filter((path) => CODE.test(path));
  const texts = await Promise.all(
    [...new Set([...changed, ...beside])].slice(0, READ).map((path) => project.readTest(path)),
  );
  const named = texts.flatMap((text) => foldersNamed(text ?? ''));
  const known = [...new Set(named)].filter(
    (name) => !TAKEN.has(name) && project.paths.some((path) => path.startsWith(`${join(folder, name)}/`)),
  );
  const links = known.toSorted().map((name) => `ln -sn "$PWD"/${quote(name)} /opt/${quote(name)}`);
  return links.length === 0 ? [] : [{ name: 'beside', run: links.join('\n') }];
}

/** In quotes, but not where a header is included. */
function foldersNamed(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
  return lines.flatMap((line) => [...line.matchAll(/"\.\.\/(\w[\w.-]*)\/?/g)].map(([, name = '']) => name));
}
