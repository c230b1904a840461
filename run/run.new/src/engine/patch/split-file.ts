import type { Hunk, PatchLine } from './patch.ts';

/** Which patch a changed line belongs to. */
export type Side = 'gold' | 'test';

/** The side of a changed line; `oldLine` and `newLine` count from 1, and the one that the line does not have is where it would stand. */
export type SideOf = (line: PatchLine, oldLine: number, newLine: number) => Side;

export type SplitFile =
  | { readonly kind: 'split'; readonly gold: readonly Hunk[]; readonly test: readonly Hunk[] }
  /** Changed lines of both sides touch each other: whichever is applied first, the other no longer fits. `line` is of the new file. */
  | { readonly kind: 'entangled'; readonly line: number };

interface Row extends PatchLine {
  readonly oldLine: number;
  readonly newLine: number;
  /** Undefined for context. */
  readonly side: Side | undefined;
}

/** The hunks of one file, each cut where the side changes. Both lists apply to the same base, in either order. */
export function splitHunks(hunks: readonly Hunk[], sideOf: SideOf): SplitFile {
  const pieces: (Hunk & { readonly side: Side })[] = [];
  for (const hunk of hunks) {
    const rows = numberRows(hunk, sideOf);
    const touching = rows.find((row, at) => isOther(row.side, rows[at + 1]?.side));
    if (touching) return { kind: 'entangled', line: touching.newLine };
    pieces.push(...cutHunk(hunk, rows));
  }
  return { kind: 'split', gold: renumber(pieces, 'gold'), test: renumber(pieces, 'test') };
}

function isOther(a: Side | undefined, b: Side | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function numberRows(hunk: Hunk, sideOf: SideOf): Row[] {
  // A hunk without old lines names the line before it.
  let oldLine = hunk.oldStart + (hunk.lines.some(({ sign }) => sign !== '+') ? 0 : 1);
  let newLine = hunk.newStart + (hunk.lines.some(({ sign }) => sign !== '-') ? 0 : 1);
  const rows = hunk.lines.map((line) => {
    const row = { ...line, oldLine, newLine, side: line.sign === ' ' ? undefined : sideOf(line, oldLine, newLine) };
    if (line.sign !== '+') oldLine++;
    if (line.sign !== '-') newLine++;
    return row;
  });
  return adoptBlanks(rows);
}

/** A blank line has no side of its own: it goes with the change that it stands in. */
function adoptBlanks(rows: readonly Row[]): Row[] {
  const adopted: Row[] = [];
  for (const [at, row] of rows.entries()) {
    const isBlank = row.side !== undefined && row.text.trim() === '';
    const before = adopted[at - 1]?.side;
    adopted.push(isBlank ? { ...row, side: before ?? sideBelow(rows, at) ?? row.side } : row);
  }
  return adopted;
}

function sideBelow(rows: readonly Row[], at: number): Side | undefined {
  const next = rows.slice(at).find(({ side, text }) => side === undefined || text.trim() !== '');
  return next?.side;
}

/** Between two changes of different sides, both pieces get the whole gap as context, and nothing beyond it. */
function cutHunk(hunk: Hunk, rows: readonly Row[]): (Hunk & { readonly side: Side })[] {
  const pieces: (Hunk & { readonly side: Side })[] = [];
  let start = 0;
  let side: Side | undefined;
  let lastChange = -1;
  for (const [at, row] of rows.entries()) {
    if (isOther(side, row.side)) {
      pieces.push(toPiece(hunk, rows.slice(start, at)));
      start = lastChange + 1;
    }
    if (row.side !== undefined) {
      side = row.side;
      lastChange = at;
    }
  }
  return [...pieces, toPiece(hunk, rows.slice(start))];
}

function toPiece(hunk: Hunk, rows: readonly Row[]): Hunk & { readonly side: Side } {
  const first = rows[0];
  const lines = rows.map(({ sign, text, isUnended }) => ({ sign, text, isUnended }));
  const hasOld = lines.some(({ sign }) => sign !== '+');
  const oldStart = first === undefined ? hunk.oldStart : first.oldLine - (hasOld ? 0 : 1);
  const side = rows.find((row) => row.side !== undefined)?.side ?? 'gold';
  return { oldStart, newStart: 0, section: hunk.section, lines, side };
}

/** New starts as they are when only the pieces of `side` are applied. */
function renumber(pieces: readonly (Hunk & { readonly side: Side })[], side: Side): Hunk[] {
  let shift = 0;
  return pieces
    .filter((piece) => piece.side === side)
    .map(({ oldStart, section, lines }) => {
      const oldCount = lines.filter(({ sign }) => sign !== '+').length;
      const newCount = lines.filter(({ sign }) => sign !== '-').length;
      const newStart = oldStart + (oldCount === 0 ? 1 : 0) + shift - (newCount === 0 ? 1 : 0);
      shift += newCount - oldCount;
      return { oldStart, newStart, section, lines };
    });
}
