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
  it('asks for another value in what the test patch adds, and leaves alone what is known, as long as it can', () => {
    const [first = '', second = '', ...others] = negate(`${old}${row}`, [4, 5, 6]);

    expect(first).toMatch(/f\(1\) == 1\n[\s\S]+ x == [^2]\n/);
    expect(second).toMatch(/f\(1\) == [^1]\n[\s\S]+ x == [^2]\n/);
    expect(others).toEqual([]);
  });

  it('negates where no value is asked for, all of a file where the test patch adds no assertion', () => {
    const text = `${old}${row.replace('== 2', '== y')}`;

    const negated = text.replace('assert x', 'assert not x');
    expect(negate(text, [6])).toEqual([
      negated,
      expect.stringMatching(/f\(1\) == [^1]\n[\s\S]+assert not x/),
      expect.stringMatching(/f\(1\) == [^1]\n[\s\S]+assert x == y/),
    ]);
    expect(negate(text, [5])).toHaveLength(2);
  });

  it('has another sign in a line of expected output', () => {
    const [patch = ''] = negateTests([{ path: 'a.html', text: '<p>a</p>', added: new Set([1]), isExpected: true }]);

    expect(patch).toMatch(/\n-<p>a<\/p>\n\\ No newline at end of file\n\+<\w>\w<\/\w>\n/);
  });

  it('asks for another expected value in a variable before it asks for the opposite', () => {
    const text = 'def test_new():\n    expected = True\n    assert f(2) == expected\n';

    expect(negate(text, [1, 2, 3])).toEqual([text.replace('True', 'False'), text.replace('assert f', 'assert not f')]);
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
      `# first\n${applyHunks(row, file?.hunks ?? [])}${canary}`,
    );
  });
});
