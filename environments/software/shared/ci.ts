import { parseAllDocuments } from 'yaml';
import type { Project } from '../../../src/testbed/stack.ts';
import { type CiStep, stepsOf } from './ci-steps.ts';

/** What a continuous-integration file of the repository says, without running or fully understanding it. */
export interface CiFile {
  readonly path: string;
  /** Shell commands, one a line. */
  readonly commands: readonly string[];
  /** Every scalar by the name of its key, in lower case: "python-version" → ["3.8", "3.9"]. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Those of a GitHub workflow. */
  readonly steps: readonly CiStep[];
}

const PATHS = /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.travis\.yml|\.circleci\/config\.yml|azure-pipelines\.yml)$/;
const COMMAND_KEYS = new Set(['run', 'script', 'install', 'before_install', 'before_script', 'command', 'bash']);

/** The project's CI files. One that is not YAML says nothing. */
export async function readCi(project: Project): Promise<readonly CiFile[]> {
  const files = project.paths.filter((path) => PATHS.test(path));
  return Promise.all(files.map(async (path) => parseCi(path, (await project.read(path)) ?? '')));
}

export function parseCi(path: string, text: string): CiFile {
  const commands: string[] = [];
  const values = new Map<string, string[]>();
  const steps: CiStep[] = [];
  // The failsafe schema keeps 3.10 from becoming 3.1.
  for (const document of parseAllDocuments(text, { schema: 'failsafe' })) {
    if (document.errors.length > 0) continue;
    const plain = toPlain(document);
    walk(plain, '', { commands, values });
    steps.push(...stepsOf(plain));
  }
  return { path, commands, values, steps };
}

/** Undefined for an alias of nothing, and for too many of them. */
function toPlain(document: { toJS(options: { maxAliasCount: number }): unknown }): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

/** The scalars that any of the files has under any of the keys. */
export function ciValues(files: readonly CiFile[], keys: readonly string[]): readonly string[] {
  return [...new Set(files.flatMap((file) => keys.flatMap((key) => file.values.get(key) ?? [])))];
}

/** Debian packages that the commands install, as they are named there. */
export function aptPackages(files: readonly CiFile[]): readonly string[] {
  const words = files.flatMap(({ commands }) =>
    commands.flatMap((command) =>
      [...command.matchAll(/\bapt(?:-get)?\s+(?:-\S+\s+)*install\s+([^&|;\n]*)/g)].flatMap(([, list]) =>
        (list ?? '').split(/\s+/).filter((word) => /^[a-z0-9][a-z0-9+.-]+$/.test(word)),
      ),
    ),
  );
  return [...new Set(words)].sort();
}

interface Found {
  readonly commands: string[];
  readonly values: Map<string, string[]>;
}

function walk(node: unknown, key: string, found: Found): void {
  if (typeof node === 'string') {
    if (COMMAND_KEYS.has(key)) found.commands.push(...toLines(node));
    const known = found.values.get(key);
    if (known === undefined) found.values.set(key, [node]);
    else known.push(node);
    return;
  }
  if (Array.isArray(node)) {
    for (const item of node) walk(item, key, found);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) walk(value, name.toLowerCase(), found);
}

function toLines(script: string): readonly string[] {
  return script
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
