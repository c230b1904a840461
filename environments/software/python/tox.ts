import { type Finding, parseRequirement, requirementName, splitList } from './finding.ts';
import { type Ini, linesOf, parseIni } from './ini.ts';
import { pytestOf } from './setup-cfg.ts';

/** Environments of tox that check something else than tests. */
export const OTHERS =
  /lint|readme|flake|style|docs?\b|mypy|typing|types|pre-commit|release|build|package|coverage|manifest|black|format|check|bench|publish|pylint|pyright/;

/** What tox.ini says. Requirement files are named as "-r path". */
export function readTox(path: string, text: string): Finding & { readonly files: readonly string[] } {
  const ini = parseIni(text);
  const names = [...ini.keys()].filter((name) => /^testenv(?::|$)/.test(name) && !OTHERS.test(name));
  const deps = names.flatMap((name) => linesOf(expand(ini, [name, 'deps']))).map(withoutFactor);
  const extras = names.flatMap((name) =>
    linesOf(expand(ini, [name, 'extras']))
      .map(withoutFactor)
      .flatMap(splitList),
  );
  const parsed = deps.map(parseRequirement);
  return {
    path,
    files: deps.flatMap((line) => /^-r\s*(?:\{toxinidir\}\/?)?(\S+)$/.exec(line)?.[1] ?? []),
    pythons: pythonsOf(ini),
    extras: [...new Set([...extras, ...parsed.flatMap((item) => item.extras)])].filter((name) =>
      /^[A-Za-z0-9][\w.-]*$/.test(name),
    ),
    requirements: withoutRivals(parsed.flatMap(({ requirement }) => requirement ?? [])),
    ...pytestOf(ini, ['pytest']),
  };
}

/** Environments ask for rival versions ("django22: Django>=2.2,<3"): a requirement that is there twice is left to the project. */
function withoutRivals(requirements: readonly string[]): readonly string[] {
  const unique = [...new Set(requirements)];
  const names = unique.map(requirementName);
  return unique.filter((_, at) => names.filter((name) => name === names[at]).length === 1);
}

/** "py38: mock" → "mock"; marks of pip are no factors. */
function withoutFactor(line: string): string {
  return line.replace(/^[\w{},!.-]+\s*:\s*(?!\/)/, '');
}

/** A value with its references to other sections read: "{[testenv]deps}"; `depth` bounds those that refer to each other. */
function expand(ini: Ini, [section, key]: readonly [string, string], depth = 4): string {
  const value = ini.get(section)?.get(key) ?? '';
  if (depth === 0) return '';
  const plain = value.replaceAll(/\{env:\w+(?::([^{}]*))?\}/g, (_, fallback?: string) => fallback ?? '');
  return plain.replaceAll(/\{\[([^\]]+)\](\w+)\}/g, (_, other: string, name: string) =>
    expand(ini, [other, name], depth - 1),
  );
}

function pythonsOf(ini: Ini): readonly string[] {
  const list = ini.get('tox')?.get('envlist') ?? ini.get('tox')?.get('env_list') ?? '';
  const bare = [...list.matchAll(/\bpy\{([\d,\s]+)\}/g)].flatMap(([, digits]) => splitList(digits ?? ''));
  const whole = [...list.matchAll(/\bpy(\d{2,3})\b/g)].map(([, digits]) => digits ?? '');
  return [...new Set([...bare, ...whole])]
    .filter((digits) => digits.startsWith('3'))
    .map((digits) => `3.${digits.slice(1)}`);
}
