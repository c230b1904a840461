import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { toDiskError } from '../../../domain/disk-error.ts';
import { compareText } from '../../../util/canonical-json.ts';
import { errorCode, UsageError } from '../../../util/errors.ts';
import type { DumpKind } from './to-records.ts';

export interface DumpFile {
  readonly path: string;
  readonly kind: DumpKind;
  /** "owner/name" for a file in such a folder. */
  readonly folder: string | undefined;
  readonly sizeBytes: number;
  readonly changedMs: number;
}

/** By the start of the file's name. */
const kinds: readonly (readonly [RegExp, DumpKind])[] = [
  [/^repositor/, 'repository'],
  [/^pull/, 'pull'],
  [/^(?:issue[-_])?comment/, 'comment'],
  [/^issue/, 'issue'],
  [/^commit/, 'commit'],
  [/^file/, 'file'],
  [/^(?:timeline|event)/, 'timeline'],
];

const isJsonl = /\.(?:jsonl|ndjson)(?:\.gz)?$/;

/** The JSONL files of a dump, sorted by path. Throws UsageError where there is none, or one whose name says nothing. */
export async function findDumpFiles(root: string): Promise<DumpFile[]> {
  const paths = await listFiles(root);
  if (paths.length === 0) {
    throw new UsageError(`${root} holds no dump: pulls.jsonl, issues.jsonl and so on are expected (see docs/mine.md)`);
  }
  return Promise.all(paths.map((path) => toDumpFile(path, root)));
}

async function listFiles(root: string): Promise<string[]> {
  try {
    if ((await stat(root)).isFile()) return [root];
    return (await walk(root)).filter((path) => isJsonl.test(path)).sort(compareText);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new UsageError(`there is no dump at ${root}`, { cause: error });
    throw toDiskError(`list ${root}`, error);
  }
}

/** A clone is not searched: it may be large, and what lies in it is not ours. */
async function walk(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.endsWith('.git')) paths.push(...(await walk(path)));
    if (entry.isFile()) paths.push(path);
  }
  return paths;
}

async function toDumpFile(path: string, root: string): Promise<DumpFile> {
  const name = basename(path);
  const kind = kinds.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1];
  if (kind === undefined) {
    const names = 'repositories, pulls, issues, comments, commits, files or timeline';
    throw new UsageError(`${path}: the name of a dump's file begins with ${names}; rename it, or move it away`);
  }
  const { size, mtimeMs } = await stat(path);
  const [owner, repository, ...rest] = relative(root, path).split(sep);
  const folder = rest.length > 0 ? `${owner}/${repository}` : undefined;
  return { path, kind, folder, sizeBytes: size, changedMs: mtimeMs };
}
