import type { FilePatch } from './patch.ts';

/** The paths that the header of a file names. Git says them up to three times; the plainest one wins. */
export function readPaths(header: readonly string[]): Pick<FilePatch, 'path' | 'oldPath'> {
  const from = valueAfter(header, /^(?:rename|copy) from /);
  const to = valueAfter(header, /^(?:rename|copy) to /);
  if (from !== undefined && to !== undefined) return { path: unquote(to), oldPath: unquote(from) };
  const before = sideOf(header, /^--- /, 'a/');
  const after = sideOf(header, /^\+\+\+ /, 'b/');
  const path = after ?? before ?? pathOfFirstLine(header[0] ?? '');
  return { path, oldPath: before ?? path };
}

function valueAfter(header: readonly string[], prefix: RegExp): string | undefined {
  const line = header.find((candidate) => prefix.test(candidate));
  return line?.replace(prefix, '');
}

/** Undefined for "/dev/null" and for a header without the line. */
function sideOf(header: readonly string[], prefix: RegExp, side: string): string | undefined {
  // Git ends a path that has a space with a tab.
  const value = valueAfter(header, prefix)?.replace(/\t$/, '');
  if (value === undefined || value === '/dev/null') return undefined;
  return unquote(value).slice(side.length);
}

/** Without "---" lines (empty or binary files, changes of mode) both sides have the same path. */
function pathOfFirstLine(line: string): string {
  const rest = line.slice('diff --git '.length);
  if (rest.startsWith('"')) return unquote(/^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0] ?? rest).slice(2);
  return rest.slice(2, (rest.length - 1) / 2);
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** Undoes git's quoting of unusual paths: "caf\303\251" in quotes. */
export function unquote(path: string): string {
  if (!path.startsWith('"') || !path.endsWith('"')) return path;
  const bytes: Buffer[] = [];
  for (const [part] of path.slice(1, -1).matchAll(/\\[0-3][0-7]{2}|\\.|[^\\]+/gs)) {
    if (!part.startsWith('\\')) bytes.push(Buffer.from(part));
    else bytes.push(Buffer.of(escapes[part[1] ?? ''] ?? Number.parseInt(part.slice(1), 8)));
  }
  return Buffer.concat(bytes).toString('utf8');
}
