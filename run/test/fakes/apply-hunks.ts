import type { Hunk, PatchLine } from '../../src/engine/patch/patch.ts';

/** What `git apply` makes of `text`: exact lines, the nearest place, a hunk without context below only at the end. Undefined where it refuses. */
export function applyHunks(text: string, hunks: readonly Hunk[]): string | undefined {
  let lines: string[] | undefined = text === '' ? [] : text.split(/(?<=\n)/);
  let shift = 0;
  for (const hunk of hunks) {
    const before = hunk.lines.filter(({ sign }) => sign !== '+').map(toText);
    const after = hunk.lines.filter(({ sign }) => sign !== '-').map(toText);
    const place: number | undefined = findPlace(lines, hunk, { before, shift });
    if (place === undefined) return undefined;
    lines = [...lines.slice(0, place), ...after, ...lines.slice(place + before.length)];
    shift += after.length - before.length;
  }
  return lines.join('');
}

function toText({ text, isUnended }: PatchLine): string {
  return isUnended ? text : `${text}\n`;
}

function findPlace(
  lines: readonly string[],
  hunk: Hunk,
  { before, shift }: { before: readonly string[]; shift: number },
): number | undefined {
  const wanted = hunk.oldStart - (before.length > 0 ? 1 : 0) + shift;
  const isFirst = hunk.oldStart <= 1;
  const isLast = hunk.lines.at(-1)?.sign !== ' ';
  const places = [...Array(lines.length + 1).keys()].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  return places.find((place) => {
    if (isFirst && place !== 0) return false;
    if (isLast && place + before.length !== lines.length) return false;
    return before.every((line, at) => lines[place + at] === line);
  });
}
