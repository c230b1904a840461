import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findClosings } from './keywords.ts';
import { maskCommitMessage, maskMarkdown } from './mask.ts';

const place = { repository: 'acme/widgets', host: 'github.com' };

/** `expected` without a repository is of this one: "7", "other/name#7". */
function check(text: string, expected: readonly string[]): void {
  const found = findClosings(maskMarkdown(text), place).map(({ address }) =>
    address.repository === place.repository ? `${address.number}` : `${address.repository}#${address.number}`,
  );
  expect(found).toEqual(expected);
}

describe('findClosings', () => {
  it.each([
    ['Fixes #1', ['1']],
    ['close #1, closes #2, closed #3', ['1', '2', '3']],
    ['fix #1; fixes #2; fixed #3', ['1', '2', '3']],
    ['RESOLVE #1 Resolves #2 resolved #3', ['1', '2', '3']],
    ['Fixes: #1', ['1']],
    ['Fixes : #1', ['1']],
    ['Fixes #1, #2', ['1', '2']],
    ['Fixes #1, #2 and #3', ['1', '2', '3']],
    ['Fixes #1, #2, and other/name#3.', ['1', '2', 'other/name#3']],
    ['Fixes #1 #2', ['1', '2']],
    ['Fixes #1 & #2', ['1', '2']],
    ['Fixes:\n- #1\n- #2\n\n#3 is another matter', ['1', '2']],
    ['- Fixes #1\r\n- Fixes #2\r\n', ['1', '2']],
    ['Resolves: owner/repo#3', ['owner/repo#3']],
    ['Closes GH-7', ['7']],
    ['closes https://github.com/owner/repo/issues/4', ['owner/repo#4']],
    ['closes https://www.github.com/owner/repo/issues/4#issuecomment-1', ['owner/repo#4']],
    ['closes <https://github.com/owner/repo/issues/4>', ['owner/repo#4']],
    ['Fixes [#12](https://github.com/acme/widgets/issues/12), [#13](https://example.org)', ['12', '13']],
    ['fixes **#9**', ['9']],
    ['fixes #1 (see #2)', ['1']],
    ['fix: crash on start (#5)', []],
    ['fix #5.', ['5']],
    ['(closes #5)', ['5']],
    ['Fixes issue #5', ['5']],
    ['fixes issues #5 and #6', ['5', '6']],
    ['fix for #5', ['5']],
    ['This is a fix for issue #5.', ['5']],
    ['Closes the bug: #5', ['5']],
    ['This fixes GH #5 and #6.', ['5', '6']],
    ['Fix issue 5, hide the icon', ['5']],
    ['fix issue#5', ['5']],
    ['closes issue/5', ['5']],
    ['fix[#5]: more', ['5']],
    ['fix(#5): more', ['5']],
    ['closes ticket https://github.com/owner/repo/issues/4', ['owner/repo#4']],
    ['Closes acme#5 Fixes acme#6', ['5', '6']],
    ['fix: Acme#5 an empty set', ['5']],
  ])('finds in %j: %j', check);

  it.each([
    ['fixes#1'],
    ['prefix #1'],
    ['hotfix #1'],
    ['bug-fixes #1'],
    ['fixing #1'],
    ['fixes #1a'],
    ['fixes #0'],
    ['fixes 1'],
    ['fixes a#1'],
    ['fixes PR#1'],
    ['fix issue on 32-bit systems'],
    ['fix issue 32-bit systems'],
    ['fix issue 1.2'],
    ['fix bug 5'],
    ['fix issues with #5'],
    ['fix(core): more (#5)'],
    ['does not fix issue #1'],
    ['see #1'],
    ['closes https://example.org/owner/repo/issues/4'],
    ['This does not fix #1'],
    ["it doesn't fully fix #1"],
    ['it doesn’t close #1'],
    ['partially fixes #1'],
    ['`fixes #1`'],
    ['``a ` fixes #1``'],
    ['```\nfixes #1\n```'],
    ['~~~js\nfixes #1\n```\n~~~\n'],
    ['```\nfixes #1 (never closed)'],
    ['text\n\n    fixes #1\n'],
    ['> fixes #1'],
    ['<!-- fixes #1 -->'],
    ['<!--\nfixes #1\n'],
    ['<code>fixes #1</code>'],
    ['<blockquote>\nfixes #1\n</blockquote>'],
    ['~~fixes #1~~'],
  ])('finds nothing in %j', (text) => check(text, []));

  it.each([
    ['`a` fixes #1 `b`', ['1']],
    ['```\ncode\n```\nfixes #1', ['1']],
    ['a ` lone tick\n\nfixes #1 `', ['1']],
    ['- a list\n\n    fixes #1', ['1']],
    ['<!-- hint -->\nfixes #1', ['1']],
    ['<code> without an end fixes #1', ['1']],
    ['> quoted\n\nfixes #1', ['1']],
  ])('finds what stands beside code, quotes and comments: %j', check);

  it('keeps the words that say it', () => {
    expect(findClosings('This Fixes: #1, #2', place).map(({ text }) => text)).toEqual(['Fixes #1', 'Fixes #2']);
  });

  it('reads the address of another host only there', () => {
    const enterprise = { repository: 'acme/widgets', host: 'git.example.org:8443' };

    expect(findClosings('fixes https://git.example.org:8443/a/b/issues/3', enterprise)).toHaveLength(1);
    expect(findClosings('fixes https://github.com/a/b/issues/3', enterprise)).toEqual([]);
  });

  it('finds no keyword in the title of what a commit reverts', () => {
    expect(findClosings(maskCommitMessage('Revert "Fixes #1"\n\nThis closes #2'), place)).toMatchObject([
      { address: { number: 2 } },
    ]);
  });

  it('finds every list that is written in a form of GitHub, whatever stands around it', () => {
    const number = fc.integer({ min: 1, max: 999_999 });
    const form = fc.constantFrom<(n: number) => string>(
      (n) => `#${n}`,
      (n) => `GH-${n}`,
      (n) => `acme/widgets#${n}`,
      (n) => `https://github.com/acme/widgets/issues/${n}`,
    );
    const keyword = fc.constantFrom(
      'close',
      'Closes',
      'CLOSED',
      'fix',
      'Fixes',
      'fixed',
      'resolve',
      'resolves',
      'Resolved',
    );
    const words = fc.constantFrom('', 'A change. ', 'Some `code` and ', '- [x] ', '> quoted\n\n');
    fc.assert(
      fc.property(
        fc.record({
          keyword,
          colon: fc.boolean(),
          numbers: fc.array(number, { minLength: 1, maxLength: 4 }),
          form,
          words,
          separator: fc.constantFrom(', ', ' and ', ' & ', ', and '),
        }),
        ({ keyword: word, colon, numbers, form: write, words: before, separator }) => {
          check(`${before}${word}${colon ? ':' : ''} ${numbers.map(write).join(separator)}\n`, numbers.map(String));
        },
      ),
    );
  });

  it('never throws, and masks nothing away but characters', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '`',
        '```\n',
        '<!--',
        '-->',
        '<pre>',
        '</pre>',
        '\n',
        '> ',
        '    ',
        '~~',
        'fixes #1',
        '#',
        '\r\n',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const masked = maskMarkdown(text);

        findClosings(masked, place);
        expect(masked.length).toBe(text.length);
        expect([...masked].every((char, at) => char === ' ' || char === [...text][at])).toBe(true);
      }),
    );
  });

  it.each([['`'], ['<pre>'], ['<!--'], ['~~~~\n```\n'], ['fixes '], ['a-'], ['a/'], ['~~a'], ['> '], ['[#1](']])(
    'takes no time for a hundred thousand characters of %j',
    (piece) => {
      const started = performance.now();

      findClosings(maskMarkdown(piece.repeat(100_000 / piece.length)), place);

      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});
