import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../../../util/errors.ts';
import type { DumpFile } from './files.ts';
import { type DumpLine, readDumpLines } from './lines.ts';

/** Folders by the repository's name in lower case: `repository.git` beside the files of one repository, or what its own line names by "clone". */
export async function findClones(files: readonly DumpFile[], signal: AbortSignal): Promise<Map<string, string>> {
  const clones = new Map<string, string>();
  for (const { path, folder } of files) {
    const beside = join(dirname(path), 'repository.git');
    if (folder !== undefined && (await isFolder(beside))) clones.set(folder.toLowerCase(), beside);
  }
  for (const { path } of files.filter(({ kind }) => kind === 'repository')) {
    for await (const line of readDumpLines(path, signal)) {
      const named = toNamed(line);
      if (named)
        clones.set(named.repository.toLowerCase(), await checkedClone(resolve(dirname(path), named.clone), line));
    }
  }
  return clones;
}

const Cloned = z.object({ full_name: z.string().optional(), nameWithOwner: z.string().optional(), clone: z.string() });

function toNamed({ value }: DumpLine): { readonly repository: string; readonly clone: string } | undefined {
  const named = Cloned.safeParse(value).data;
  const repository = named?.full_name ?? named?.nameWithOwner;
  return named && repository !== undefined ? { repository, clone: named.clone } : undefined;
}

async function checkedClone(folder: string, { where }: DumpLine): Promise<string> {
  if (await isFolder(folder)) return folder;
  throw new UsageError(`${where}: there is no clone at ${folder}; "clone" is a path relative to this file`);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
