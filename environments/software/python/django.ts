import type { Project } from '../../../src/testbed/stack.ts';
import type { CiFile } from '../shared/ci.ts';
import { folderOf, isBelow, join } from '../shared/paths.ts';

interface Needs {
  /** The texts of the changed tests. */
  readonly tests: readonly string[];
  readonly folder: string;
  readonly ci: readonly CiFile[];
  /** The options that pytest has by its configuration. */
  readonly pytest: Readonly<Record<string, string>>;
}

/** Where tests of Django are started from; manage.py last, since its settings may be those of a site. */
const STARTERS = [
  'runtests.py',
  'tests/runtests.py',
  'tox.ini',
  'Makefile',
  'noxfile.py',
  'setup.cfg',
  'pyproject.toml',
];
const MANAGERS = ['tests/manage.py', 'manage.py'];
const NAMED = /(?:DJANGO_SETTINGS_MODULE["']?\]?\s*[=,:]\s*|--settings[=\s]\s*)["']?([A-Za-z_][\w.]*)/g;

/**
 * The settings, a dotted module of the tree, under which Django's own runner is started: pytest-django runs its tests as well, once it knows them.
 * Undefined where no changed test is of Django, or where pytest is told by the project.
 */
export async function djangoSettings(
  project: Project,
  { tests, folder, ci, pytest }: Needs,
): Promise<string | undefined> {
  if (!tests.some((text) => /^\s*(?:from|import)\s+django\b/m.test(text))) return undefined;
  if (await isTold(project, { folder, pytest })) return undefined;
  const read = (names: readonly string[]) => Promise.all(names.map((name) => project.read(join(folder, name))));
  const texts = [...(await read(STARTERS)), ...ci.flatMap(({ commands }) => commands), ...(await read(MANAGERS))];
  const named = texts.flatMap((text = '') => [...text.matchAll(NAMED)].map(([, name = '']) => name));
  return named.find((name) => isThere(project, { folder, name }));
}

/** By its configuration, or by a conftest.py that does it itself. */
async function isTold(project: Project, { folder, pytest }: Pick<Needs, 'folder' | 'pytest'>): Promise<boolean> {
  const isOption = Object.keys(pytest).some((key) => key.toLowerCase() === 'django_settings_module');
  if (isOption || /(?:^|\s)--ds\b/.test(pytest.addopts ?? '')) return true;
  const conftests = project.paths.filter((path) => path.endsWith('conftest.py') && isBelow(folder, path));
  const above = conftests.filter((path) => project.tests.some((test) => isBelow(folderOf(path), test)));
  const texts = await Promise.all(above.map((path) => project.read(path)));
  return texts.some((text) => /\bsettings\.configure\(|DJANGO_SETTINGS_MODULE|\bdjango\.setup\(/.test(text ?? ''));
}

function isThere(project: Project, { folder, name }: { readonly folder: string; readonly name: string }): boolean {
  const path = name.replaceAll('.', '/');
  const places = ['', 'src'].flatMap((root) => [`${path}.py`, `${path}/__init__.py`].map((file) => join(root, file)));
  return places.some((place) => project.paths.includes(join(folder, place)));
}
