import { type Finding, toTestNames } from './finding.ts';
import { fromPoetryVersion } from './specifier.ts';
import { asTable, at, optional, strings, type Table } from './table.ts';

/** What `[tool.poetry]` says: its groups are no extras, so no installer but Poetry reads them. */
export function readPoetry(poetry: Table): Omit<Finding, 'path'> {
  if (Object.keys(poetry).length === 0) return {};
  const python = at(poetry, 'dependencies').python;
  const groups = at(poetry, 'group');
  const names = toTestNames(Object.keys(groups));
  const tables = [at(poetry, 'dev-dependencies'), ...names.map((name) => at(groups, name, 'dependencies'))];
  return {
    isPackage: poetry['package-mode'] !== false,
    ...optional('projectName', poetry.name),
    ...(typeof python === 'string' ? { requiresPython: fromPoetryVersion(python) } : {}),
    extras: toTestNames(Object.keys(at(poetry, 'extras'))),
    requirements: [
      ...(poetry['package-mode'] === false ? requirementsOf(at(poetry, 'dependencies')) : []),
      ...tables.flatMap(requirementsOf),
    ],
  };
}

function requirementsOf(table: Table): readonly string[] {
  return Object.entries(table).flatMap(([name, value]) => {
    if (name.toLowerCase() === 'python') return [];
    // Several constraints for several Pythons: the last is, by custom, the newest.
    const last = Array.isArray(value) ? value.at(-1) : value;
    const fields = typeof last === 'string' ? { version: last } : asTable(last);
    if (typeof fields.version !== 'string') return [];
    return [`${name}${extrasOf(fields)}${fromPoetryVersion(fields.version)}${markerOf(fields)}`];
  });
}

function extrasOf(fields: Table): string {
  const extras = strings(fields.extras);
  return extras.length === 0 ? '' : `[${extras.join(',')}]`;
}

function markerOf(fields: Table): string {
  const { markers, python } = fields;
  const parts = [
    ...(typeof markers === 'string' ? [`(${markers})`] : []),
    ...(typeof python === 'string' ? fromPoetryVersion(python).split(',').map(toMarker) : []),
  ];
  return parts.length === 0 ? '' : `; ${parts.join(' and ')}`;
}

function toMarker(clause: string): string {
  const [, operator = '', version = ''] = /^([<>=!~]+)(.*)$/.exec(clause) ?? [];
  return `python_version ${operator} "${version}"`;
}
