import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHunks } from '../../../test/fakes/apply-hunks.ts';
import { diffFile } from '../../../test/fakes/line-diff.ts';
import { parsePatch } from './parse-patch.ts';
import type { Hunk } from './patch.ts';
import { type Side, type SideOf, splitHunks } from './split-file.ts';

/** Lines that say their side themselves: "t…" is a test. */
const byLetter: SideOf = ({ text }) => (text.startsWith('t') ? 'test' : 'gold');

const line = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => `k${n}`) },
  { weight: 1, arbitrary: fc.constantFrom('t1', 't2', 'g1', 'g2', '') },
);

/** Two texts that share most lines. */
const edited = fc
  .record({
    base: fc.array(line, { maxLength: 60 }),
    edits: fc.array(fc.tuple(fc.nat(60), fc.nat(2), fc.array(line, { maxLength: 3 })), { maxLength: 6 }),
  })
  .map(({ base, edits }) => {
    const after = [...base];
    for (const [at, removed, added] of edits) after.splice(Math.min(at, after.length), removed, ...added);
    return { before: toText(base), after: toText(after) };
  });

function toText(lines: readonly string[]): string {
  return lines.map((text) => `${text}\n`).join('');
}

function hunksOf(before: string, after: string): readonly Hunk[] {
  return parsePatch(diffFile('x', before, after))[0]?.hunks ?? [];
}

/** Undoes the split: pieces that overlap in their old lines were one hunk. */
function joinHunks(gold: readonly Hunk[], test: readonly Hunk[]): Hunk[] {
  const oldCount = ({ lines }: Hunk) => lines.filter(({ sign }) => sign !== '+').length;
  const joined: Hunk[] = [];
  for (const piece of [...gold, ...test].sort((a, b) => a.oldStart - b.oldStart)) {
    const last = joined.at(-1);
    const overlap = last ? last.oldStart + oldCount(last) - piece.oldStart : 0;
    if (last && overlap > 0) joined.splice(-1, 1, { ...last, lines: [...last.lines, ...piece.lines.slice(overlap)] });
    else joined.push(piece);
  }
  return joined;
}

describe('splitHunks', () => {
  it('joins to what was split', () => {
    fc.assert(
      fc.property(edited, ({ before, after }) => {
        const hunks = hunksOf(before, after);
        const parts = splitHunks(hunks, byLetter);
        if (parts.kind === 'entangled') return;

        const joined = joinHunks(parts.gold, parts.test);

        const bare = (list: readonly Hunk[]) => list.map(({ oldStart, lines }) => ({ oldStart, lines }));
        expect(bare(joined)).toEqual(bare(hunks));
      }),
    );
  });

  it('gives two patches that apply to the base alone and in both orders, and give the fix together', () => {
    fc.assert(
      fc.property(edited, ({ before, after }) => {
        const parts = splitHunks(hunksOf(before, after), byLetter);
        if (parts.kind === 'entangled') return;

        const withGold = applyHunks(before, parts.gold);
        const withTest = applyHunks(before, parts.test);

        expect(withGold).toBeDefined();
        expect(withTest).toBeDefined();
        // Twin lines may draw a patch to another place: git has the same weakness, and the trees are compared later.
        if (hasTwins(before) || hasTwins(after)) return;
        expect(applyHunks(withGold ?? '', parts.test)).toBe(after);
        expect(applyHunks(withTest ?? '', parts.gold)).toBe(after);
      }),
    );
  });

  it('puts every changed line on its side, blank ones aside', () => {
    fc.assert(
      fc.property(edited, ({ before, after }) => {
        const parts = splitHunks(hunksOf(before, after), byLetter);
        if (parts.kind === 'entangled') return;

        for (const side of ['gold', 'test'] as const satisfies readonly Side[]) {
          const changed = parts[side].flatMap(({ lines }) =>
            lines.filter(({ sign, text }) => sign !== ' ' && text !== ''),
          );
          expect(changed.every((row) => byLetter(row, 0, 0) === side)).toBe(true);
        }
      }),
    );
  });

  it('cuts between two changes and gives each the lines between as context', () => {
    const parts = splitHunks(hunksOf('k1\nk2\nk3\n', 'g1\nk1\nk2\nk3\nt1\n'), byLetter);

    expect(parts.kind === 'split' && parts.gold[0]?.lines.map(({ sign, text }) => sign + text)).toEqual([
      '+g1',
      ' k1',
      ' k2',
      ' k3',
    ]);
    expect(parts.kind === 'split' && parts.test[0]?.lines.map(({ sign, text }) => sign + text)).toEqual([
      ' k1',
      ' k2',
      ' k3',
      '+t1',
    ]);
  });

  it('numbers the lines of each patch as if it were alone', () => {
    const keep = Array.from({ length: 20 }, (_, n) => `k${n}`);
    const parts = splitHunks(hunksOf(toText(keep), toText(['g1', 'g2', ...keep, 't1'])), byLetter);

    expect(parts).toMatchObject({ gold: [{ oldStart: 1, newStart: 1 }], test: [{ oldStart: 18, newStart: 18 }] });
  });

  it('lets a blank line go with the change that it stands in', () => {
    const parts = splitHunks(hunksOf('k1\nk2\n', 'k1\nt1\n\nt2\nk2\n'), byLetter);

    expect(parts).toMatchObject({ kind: 'split', gold: [] });
  });

  it('says where source and tests touch', () => {
    expect(splitHunks(hunksOf('k1\nk2\n', 'k1\ng1\nt1\nk2\n'), byLetter)).toEqual({ kind: 'entangled', line: 2 });
  });
});

function hasTwins(text: string): boolean {
  const lines = text.split('\n').slice(0, -1);
  return new Set(lines).size < lines.length;
}
