import { type Hunk, type PatchLine, printPatch } from '../../src/engine/patch/patch.ts';

/** `git diff` for small texts: one file, three lines of context. Undefined text is an absent file. Empty where nothing differs. */
export function diffFile(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const change = before === undefined ? 'added' : after === undefined ? 'deleted' : 'modified';
  const hunks = diffHunks(toLines(before ?? ''), toLines(after ?? ''));
  const mode = { added: ['new file mode 100644'], deleted: ['deleted file mode 100644'], modified: [] }[change];
  const sides = [
    `--- ${before === undefined ? '/dev/null' : `a/${path}`}`,
    `+++ ${after === undefined ? '/dev/null' : `b/${path}`}`,
  ];
  const header = [`diff --git a/${path} b/${path}`, ...mode, ...(hunks.length > 0 ? sides : [])];
  return printPatch([{ path, oldPath: path, change, isSubmodule: false, header, binary: undefined, hunks }]);
}

interface Line {
  readonly text: string;
  readonly isUnended: boolean;
}

function toLines(text: string): Line[] {
  if (text === '') return [];
  const lines = text.split('\n');
  const isEnded = lines.at(-1) === '';
  if (isEnded) lines.pop();
  return lines.map((line, at) => ({ text: line, isUnended: !isEnded && at === lines.length - 1 }));
}

/** Hunks with three lines of context, joined where they would touch. */
export function diffHunks(before: readonly Line[], after: readonly Line[]): Hunk[] {
  const rows = script(before, after);
  const changed = rows.flatMap((row, at) => (row.sign === ' ' ? [] : [at]));
  const ranges: [number, number][] = [];
  for (const at of changed) {
    const last = ranges.at(-1);
    if (last && at - 3 <= last[1] + 1) last[1] = Math.min(at + 3, rows.length - 1);
    else ranges.push([Math.max(0, at - 3), Math.min(at + 3, rows.length - 1)]);
  }
  return ranges.map(([from, to]) => toHunk(rows, from, to));
}

function toHunk(rows: readonly PatchLine[], from: number, to: number): Hunk {
  const count = (list: readonly PatchLine[], without: string) => list.filter(({ sign }) => sign !== without).length;
  const [above, lines] = [rows.slice(0, from), rows.slice(from, to + 1)];
  return {
    oldStart: count(above, '+') + (count(lines, '+') > 0 ? 1 : 0),
    newStart: count(above, '-') + (count(lines, '-') > 0 ? 1 : 0),
    section: '',
    lines,
  };
}

type Same = (i: number, j: number) => boolean;

/** The shortest edit script by longest common subsequence, deletions before additions. */
function script(before: readonly Line[], after: readonly Line[]): PatchLine[] {
  const same: Same = (i, j) => before[i]?.text === after[j]?.text && before[i]?.isUnended === after[j]?.isUnended;
  const left = commonLengths(same, before.length, after.length);
  const rows: PatchLine[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [old, fresh] = [before[i], after[j]];
    if (old && fresh && same(i, j)) {
      rows.push({ sign: ' ', ...old });
      i++;
      j++;
    } else if (old && (!fresh || left(i + 1, j) >= left(i, j + 1))) {
      rows.push({ sign: '-', ...old });
      i++;
    } else if (fresh) {
      rows.push({ sign: '+', ...fresh });
      j++;
    } else return rows;
  }
}

/** How many lines the rests of both texts share. */
function commonLengths(same: Same, rows: number, columns: number): (i: number, j: number) => number {
  const lengths = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      (lengths[i] as number[])[j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}
