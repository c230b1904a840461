import { nameOf } from '../shared/paths.ts';

const NAMES = new Set([
  'conftest.py',
  'pytest.ini',
  '.pytest.ini',
  'pytest.toml',
  '.pytest.toml',
  'tox.ini',
  'setup.cfg',
  'setup.py',
  'pyproject.toml',
  'noxfile.py',
  'runtests.py',
  '.coveragerc',
  // Python runs these by itself at every start.
  'sitecustomize.py',
  'usercustomize.py',
]);
/** Installed code, metadata through which plugins are found, and compiled modules, which hide their sources. */
const FOLDERS = /(?:^|\/)(?:\.venv|venv|\.tox|\.nox|site-packages|__pycache__|[^/]+\.egg-info|[^/]+\.dist-info)\//;
const FILES = /\.(?:pth|pyc|pyo|egg-link|egg)$/;

export function isProtected(path: string): boolean {
  return NAMES.has(nameOf(path)) || FOLDERS.test(path) || FILES.test(path);
}
