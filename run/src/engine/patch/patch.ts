/** A line of a hunk. `text` is without the sign and the line feed; a carriage return stays in it. */
export interface PatchLine {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
  /** Whether "\ No newline at end of file" follows. */
  readonly isUnended: boolean;
}

export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  /** What git writes behind the second "@@", with its space. */
  readonly section: string;
  readonly lines: readonly PatchLine[];
}

/** One file of a patch. */
export interface FilePatch {
  /** The path after the change, or before it for a deletion; without "a/" and "b/", unquoted. */
  readonly path: string;
  /** Differs from `path` for a rename or a copy. */
  readonly oldPath: string;
  readonly change: 'added' | 'deleted' | 'modified' | 'renamed';
  readonly isSubmodule: boolean;
  /** From "diff --git" to the last line before hunks or binary data, as they stand. */
  readonly header: readonly string[];
  /** "GIT binary patch" and what follows, as it stands; undefined for text. */
  readonly binary: readonly string[] | undefined;
  readonly hunks: readonly Hunk[];
}

export function countLines(file: FilePatch): { added: number; deleted: number } {
  const lines = file.hunks.flatMap(({ lines }) => lines);
  const count = (sign: string) => lines.filter((line) => line.sign === sign).length;
  return { added: count('+'), deleted: count('-') };
}

/** The text of `files`, as git wrote it: `printPatch(parsePatch(text)) = text`. */
export function printPatch(files: readonly FilePatch[]): string {
  return files.map(printFile).join('');
}

function printFile(file: FilePatch): string {
  const rest = file.binary ?? file.hunks.flatMap(printHunk);
  return [...file.header, ...rest].map((line) => `${line}\n`).join('');
}

function printHunk(hunk: Hunk): string[] {
  const oldCount = hunk.lines.filter(({ sign }) => sign !== '+').length;
  const newCount = hunk.lines.filter(({ sign }) => sign !== '-').length;
  const ranges = `-${printRange(hunk.oldStart, oldCount)} +${printRange(hunk.newStart, newCount)}`;
  return [
    `@@ ${ranges} @@${hunk.section}`,
    ...hunk.lines.flatMap(({ sign, text, isUnended }) =>
      isUnended ? [`${sign}${text}`, '\\ No newline at end of file'] : [`${sign}${text}`],
    ),
  ];
}

/** Git leaves out a count of one. */
function printRange(start: number, count: number): string {
  return count === 1 ? `${start}` : `${start},${count}`;
}
