import { join } from '../shared/paths.ts';

/** Modules of which pip, setuptools or wheel carry copies, or once did, and their own. */
const CARRIED =
  'appdirs autocommand backports cachecontrol certifi chardet colorama contextlib2 dependency_groups distlib distro fastjsonschema html5lib idna importlib_metadata importlib_resources inflect ipaddress jaraco lockfile more_itertools msgpack nspektr ordered_set packaging pep517 pip pkg_resources platformdirs progress pygments pyparsing pyproject_hooks pytoml requests resolvelib retrying rich setuptools six tenacity toml tomli tomli_w truststore typeguard typing_extensions urllib3 validate_pyproject webencodings wheel zipp'.split(
    ' ',
  );
/** What several distributions bring a part of, so that no file says that it is a package. */
const SHARED = ['backports', 'jaraco'];

/** Whether a tree is that of a project that pip, setuptools or wheel carry a copy of: a release of theirs from after the commit may hold the fix. */
export function isCarried(
  paths: readonly string[],
  { folder, roots }: { readonly folder: string; readonly roots: readonly string[] },
): boolean {
  const prefixes = roots.map((root) => (root === '.' ? folder : join(folder, root)));
  const names = paths.flatMap((path) =>
    prefixes.flatMap((prefix) => (prefix === '' || path.startsWith(`${prefix}/`) ? moduleAt(path, prefix) : [])),
  );
  return names.some((name) => CARRIED.includes(name));
}

/** The module that a file below `prefix` makes importable, if it is the file that does. */
function moduleAt(path: string, prefix: string): string | [] {
  const below = prefix === '' ? path : path.slice(prefix.length + 1);
  const [, name = '', rest = ''] = /^(\w+)(\/.*)?\.py$/.exec(below) ?? [];
  return rest === '' || rest === '/__init__' || SHARED.includes(name) ? name : [];
}
