import type { FilePatch, Hunk, PatchLine } from './patch.ts';
import { readPaths } from './patch-paths.ts';

/** The text is not what `git diff` writes; the message says which line. */
export class PatchSyntaxError extends Error {
  override readonly name = 'PatchSyntaxError';
}

/** Lines with a place, so that readers can say where they stopped. */
interface Cursor {
  readonly lines: readonly string[];
  at: number;
}

const hunkHead = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/s;

/** The files of a patch in git's format. Throws PatchSyntaxError. */
export function parsePatch(text: string): FilePatch[] {
  if (text === '') return [];
  if (!text.endsWith('\n')) throw new PatchSyntaxError('the patch ends within a line');
  const cursor: Cursor = { lines: text.slice(0, -1).split('\n'), at: 0 };
  const files: FilePatch[] = [];
  while (cursor.at < cursor.lines.length) files.push(readFile(cursor));
  return files;
}

function readFile(cursor: Cursor): FilePatch {
  if (!peek(cursor)?.startsWith('diff --git ')) throw unexpected(cursor, 'a line "diff --git"');
  const header = takeWhile(cursor, (line, isFirst) => isFirst || !/^(?:diff --git |@@ |GIT binary patch$)/.test(line));
  const isBinary = peek(cursor) === 'GIT binary patch';
  const binary = isBinary ? takeWhile(cursor, (line) => !line.startsWith('diff --git ')) : undefined;
  const hunks: Hunk[] = [];
  while (peek(cursor)?.startsWith('@@ ')) hunks.push(readHunk(cursor));
  return { ...readPaths(header), ...readKind(header), header, binary, hunks };
}

function readKind(header: readonly string[]): Pick<FilePatch, 'change' | 'isSubmodule'> {
  const has = (pattern: RegExp) => header.some((line) => pattern.test(line));
  const change = has(/^new file mode /)
    ? 'added'
    : has(/^deleted file mode /)
      ? 'deleted'
      : has(/^(?:rename|copy) from /)
        ? 'renamed'
        : 'modified';
  return { change, isSubmodule: has(/^(?:(?:new|deleted) file mode|(?:old|new) mode|index \S+) 160000$/) };
}

function readHunk(cursor: Cursor): Hunk {
  const head = hunkHead.exec(peek(cursor) ?? '');
  if (head === null) throw unexpected(cursor, 'a hunk');
  const [, oldStart, oldCount, newStart, newCount, section = ''] = head;
  cursor.at++;
  const lines = readLines(cursor, { old: Number(oldCount ?? 1), new: Number(newCount ?? 1) });
  return { oldStart: Number(oldStart), newStart: Number(newStart), section, lines };
}

function readLines(cursor: Cursor, left: { old: number; new: number }): PatchLine[] {
  const lines: PatchLine[] = [];
  while (left.old > 0 || left.new > 0) {
    const line = readLine(cursor);
    if (line.sign !== '+') left.old--;
    if (line.sign !== '-') left.new--;
    if (left.old < 0 || left.new < 0) throw unexpected(cursor, 'the end of the hunk');
    lines.push(line);
  }
  return lines;
}

function readLine(cursor: Cursor): PatchLine {
  const line = peek(cursor);
  const sign = line?.[0];
  if (line === undefined || (sign !== ' ' && sign !== '+' && sign !== '-'))
    throw unexpected(cursor, 'a line of a hunk');
  cursor.at++;
  const isUnended = peek(cursor)?.startsWith('\\ ') ?? false;
  if (isUnended) cursor.at++;
  return { sign, text: line.slice(1), isUnended };
}

function takeWhile(cursor: Cursor, isPart: (line: string, isFirst: boolean) => boolean): string[] {
  const start = cursor.at;
  while (cursor.at < cursor.lines.length && isPart(cursor.lines[cursor.at] ?? '', cursor.at === start)) cursor.at++;
  return cursor.lines.slice(start, cursor.at);
}

function peek(cursor: Cursor): string | undefined {
  return cursor.lines[cursor.at];
}

function unexpected(cursor: Cursor, wanted: string): PatchSyntaxError {
  return new PatchSyntaxError(
    `line ${cursor.at + 1} of the patch is not ${wanted}: ${(peek(cursor) ?? '').slice(0, 80)}`,
  );
}
