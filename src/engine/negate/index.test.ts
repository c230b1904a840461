import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHunks } from '../../../test/fakes/apply-hunks.ts';
import { diffFile } from '../../../test/fakes/line-diff.ts';
import { parsePatch } from '../patch/parse-patch.ts';
import { addedLines, negateAlike, negateTests } from './index.ts';

const path = 'tests/test_a.py';
const old = ['def test_old():', '    assert f(1) == 1', '', ''].join('\n');
const row = 'def test_new():\n    x = f(2)\n    assert x == 2\n';

/** The texts that the patches make of it, where `added` are the lines that nobody has seen. */
function negate(text: string, added: readonly number[]): string[] {
  return negateTests([{ path, text, added: new Set(added), isExpected: false }]).map((patch) => {
    const [file] = parsePatch(patch);
    return applyHunks(text, file?.hunks ?? []) ?? 'refused';
  });
}

describe('negateTests', () => {
  const other = row.replace('x == 2', 'x == 5');

  it('asks for another value in what the test patch adds, and leaves alone what is known, as long as it can', () => {
    expect(negate(`${old}${row}`, [4, 5, 6])).toEqual([`${old}${other}`, `${old.replace('== 1', '== 4')}${other}`]);
  });

  it('negates where no value is asked for, all of a file where the test patch adds no assertion', () => {
    const text = `${old}${row.replace('== 2', '== y')}`;

    expect(negate(text, [6])).toEqual([
      text.replace('assert x', 'assert not x'),
      text.replace('assert x', 'assert not x').replace('== 1', '== 4'),
    ]);
    expect(negate(text, [5])).toHaveLength(1);
  });

  it('has another sign in a line of expected output', () => {
    const [patch = ''] = negateTests([{ path: 'a.html', text: '<p>a</p>', added: new Set([1]), isExpected: true }]);

    expect(patch).toContain('\n-<p>a</p>\n\\ No newline at end of file\n+<p>a</e>\n');
  });

  it.each([
    ['without assertions', { path, text: 'x = 1\n', added: new Set([1]), isExpected: false }],
    ['of another kind', { path: 'data/a.txt', text: 'assert x == 1\n', added: new Set([1]), isExpected: false }],
    [
      'with a name that git would quote',
      { path: 'tests/test a.py', text: 'assert x == 1\n', added: new Set([1]), isExpected: false },
    ],
  ])('has nothing of a file %s', (_, test) => expect(negateTests([test])).toEqual([]));

  it('applies to the text, whatever it is, and changes lines with assertions only', () => {
    const line = fc.constantFrom(
      '    assert a == b',
      '    assert a == 1',
      'x = 1',
      '',
      '    self.assertIn(a, b)',
      '\t# assert c',
    );
    const numbers = fc.array(fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), numbers, fc.boolean(), (lines, added, isEnded) => {
        const text = lines.join('\n') + (isEnded ? '\n' : '');
        const before = text.split('\n');
        for (const negated of negate(text, added)) {
          const after = negated.split('\n');
          expect(after).toHaveLength(before.length);
          const changed = before.filter((one, at) => one !== after[at]);
          expect(changed.length).toBeGreaterThan(0);
          expect(changed.every((one) => /^\s+(?:assert|self)/.test(one))).toBe(true);
        }
      }),
    );
  });
});

describe('addedLines', () => {
  it('counts lines as they are after the patch', () => {
    const [file] = parsePatch(diffFile(path, old, `import f\n${old}${row}`));

    expect([...addedLines(file ?? { hunks: [] })]).toEqual([1, 5, 6, 7]);
  });
});

describe('negateAlike', () => {
  it('does the same to a text that has more lines', () => {
    const [file] = parsePatch(
      negateTests([{ path, text: row, added: new Set([1, 2, 3]), isExpected: false }])[0] ?? '',
    );
    const canary = '\n\ndef test_word():\n    assert 1 == 2\n';

    expect(negateAlike(`# first\n${row}${canary}`, file ?? { hunks: [] })).toBe(
      `# first\n${row.replace('== 2', '== 5')}${canary}`,
    );
  });
});
