import { parseJson } from '../shared/json.ts';
import { type Finding, requirementName } from './finding.ts';
import { parseToml } from './pyproject.ts';
import { asTable, at, type Table } from './table.ts';

export const LOCK_FILES = ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock'];

/** Versions that a lock file fixes. A package with several versions, by marker or by fork, is left to the resolver. */
export function readLock(path: string, text: string): Finding | undefined {
  const packages = path.endsWith('Pipfile.lock') ? pipfilePackages(text) : tomlPackages(text);
  if (packages.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const [name] of packages) counts.set(name, (counts.get(name) ?? 0) + 1);
  const pins = packages.filter(([name]) => counts.get(name) === 1).map(([name, version]) => `${name}==${version}`);
  return { path, pins: pins.sort() };
}

type Pin = readonly [name: string, version: string];

function tomlPackages(text: string): readonly Pin[] {
  const root = parseToml(text);
  const list = root?.package ?? root?.packages;
  return Array.isArray(list) ? list.map(asTable).flatMap((item) => (isFromRegistry(item) ? [toPin(item)] : [])) : [];
}

function isFromRegistry(item: Table): boolean {
  const source = at(item, 'source');
  const isElsewhere = ['git', 'url', 'path', 'editable', 'virtual', 'directory'].some(
    (kind) => kind in source || source.type === kind || kind in item,
  );
  return !isElsewhere && typeof item.name === 'string' && typeof item.version === 'string';
}

function toPin(item: Table): Pin {
  return [requirementName(String(item.name)), String(item.version)];
}

function pipfilePackages(text: string): readonly Pin[] {
  const root = asTable(parseJson(text));
  const entries = [...Object.entries(at(root, 'develop')), ...Object.entries(at(root, 'default'))];
  const pins = entries.flatMap(([name, value]): readonly Pin[] => {
    const { version } = asTable(value);
    return typeof version === 'string' ? [[requirementName(name), version.replace(/^==/, '')]] : [];
  });
  return [...new Map(pins.map((pin) => [pin.join('=='), pin])).values()];
}
