import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHunks } from '../../../test/fakes/apply-hunks.ts';
import { diffFile } from '../../../test/fakes/line-diff.ts';
import type { Control, ControlName } from '../../domain/instance.ts';
import { parsePatch } from '../../engine/patch/parse-patch.ts';
import { isBreach, leaveHunksOut } from './controls.ts';

/** Thirty different lines, of which those at `changed` get another text. */
function lines(changed: readonly number[] = [], extra = 'new'): string {
  return Array.from({ length: 30 }, (_, at) => `line ${at}${changed.includes(at) ? ` ${extra}` : ''}\n`).join('');
}

/** A text after a patch of one file. */
function apply(text: string, patch: string, path: string): string | undefined {
  const file = parsePatch(patch).find((one) => one.path === path);
  return file ? applyHunks(text, file.hunks) : text;
}

describe('leaveHunksOut', () => {
  it('gives nothing for one hunk: that would be the empty patch', () => {
    expect(leaveHunksOut(diffFile('a.py', lines(), lines([5])), 3)).toEqual([]);
    expect(leaveHunksOut('', 3)).toEqual([]);
  });

  it('leaves the largest out first, and says which', () => {
    const patch = diffFile('a.py', lines(), lines([2, 14, 15, 16]));

    const trials = leaveHunksOut(patch, 5);

    expect(trials.map(({ detail }) => detail)).toEqual(['a.py:12', 'a.py:1']);
    expect(trials.map(({ answer }) => apply(lines(), answer.patch, 'a.py'))).toEqual([lines([2]), lines([14, 15, 16])]);
  });

  it('leaves out no more than it may', () => {
    expect(leaveHunksOut(diffFile('a.py', lines(), lines([2, 14, 26])), 2)).toHaveLength(2);
  });

  it('drops a file that had this hunk only', () => {
    const patch = diffFile('a.py', lines(), lines([2])) + diffFile('b.py', undefined, 'all of it\nis new\nto us\n');

    const [withoutNew] = leaveHunksOut(patch, 1);

    expect(withoutNew?.detail).toBe('b.py:0');
    expect(parsePatch(withoutNew?.answer.patch ?? '').map(({ path }) => path)).toEqual(['a.py']);
  });

  it('takes back one hunk and no other, whatever the patch', () => {
    const places = fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(places, (chosen) => {
        const changed = chosen.map((place) => 2 + place * 12);
        const texts = leaveHunksOut(diffFile('a.py', lines(), lines(changed)), 9).map(({ answer }) =>
          apply(lines(), answer.patch, 'a.py'),
        );
        const expected = changed.map((one) => lines(changed.filter((other) => other !== one)));
        expect(texts.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});

describe('isBreach', () => {
  it.each<[ControlName, 0 | 1, boolean]>([
    ['gold', 1, false],
    ['gold', 0, false],
    ['gold-less-hunk', 1, false],
    ['empty', 0, false],
    ['empty', 1, true],
    ['tests-only', 1, true],
    ['runner-hook', 1, true],
    ['forged-report', 1, true],
    ['stub-runner', 1, true],
  ])('of %s with score %d: %s', (control, score, expected) => {
    const given: Control = {
      control,
      score,
      detail: '',
      scope: 'files',
      dense: score,
      reasons: [],
      dropped: [],
      ms: 0,
    };

    expect(isBreach(given)).toBe(expected);
  });
});
