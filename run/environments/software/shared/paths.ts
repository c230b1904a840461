/** The folder of a path, "" for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function join(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

export function isBelow(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** `path` as it is named from `folder`, which is above it; "." for the folder itself. */
export function relativeTo(folder: string, path: string): string {
  if (folder === '') return path === '' ? '.' : path;
  return path === folder ? '.' : path.slice(folder.length + 1);
}

/** The folder and every folder above it, nearest first, "" last. */
export function folderAndAbove(folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== ''; ) {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
}

/** The nearest folder, from `path` upwards, that holds a file of one of these names. */
export function nearest(path: string, names: readonly string[], paths: ReadonlySet<string>): string | undefined {
  return folderAndAbove(folderOf(path)).find((folder) => names.some((name) => paths.has(join(folder, name))));
}

/** The folder that most of the given ones are, the shortest of equals. */
export function mostCommon(folders: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const folder of folders) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || a.length - b.length || (a < b ? -1 : 1))[0]?.[0];
}
