import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const sha = 'abcdef0123456789abcdef0123456789abcdef01';
const other = '0011223344556677889900aabbccddeeff001122';
const fix = { place: { repository: 'acme/widgets', host: 'github.com' }, number: 12, shas: [sha] };

function check(text: string, expected: string, kinds: readonly string[]): void {
  const { text: redacted, removed } = redact(text, fix);
  expect(redacted).toBe(expected);
  expect(removed.map(({ kind }) => kind)).toEqual(kinds);
}

describe('redact', () => {
  it.each([
    ['See #12 and #13.', 'See […] and #13.', ['pull-request-link']],
    ['acme/widgets#12, other/one#12', '[…], other/one#12', ['pull-request-link']],
    ['at https://github.com/acme/widgets/pull/12/files here', 'at […] here', ['pull-request-link']],
    ['at https://github.com/acme/widgets/pull/13 here', 'at https://github.com/acme/widgets/pull/13 here', []],
    [`in https://github.com/acme/widgets/commit/${other} it`, 'in […] it', ['commit-link']],
    ['by https://github.com/acme/widgets/compare/main...fix-1', 'by […]', ['commit-link']],
    [`in ${other} it`, 'in […] it', ['sha']],
    [`in ${sha.slice(0, 8)} it`, 'in […] it', ['sha']],
    ['in 0011223 it', 'in 0011223 it', []],
    [
      `see https://github.com/acme/widgets/blob/${other}/a.py#L1`,
      `see https://github.com/acme/widgets/blob/${other}/a.py#L1`,
      [],
    ],
    [`see https://github.com/acme/widgets/blob/${sha}/a.py#L1`, 'see […]', ['commit-link']],
    ['Good. This was fixed in #99. Thanks', 'Good.[…]. Thanks', ['fixed-in']],
    ['It is resolved by commit 1234567, try it', '[…] try it', ['fixed-in']],
    ['already fixed on main', '[…]', ['fixed-in']],
    ['I fixed it in my own copy', 'I fixed it in my own copy', []],
    ['a\n```diff\n- a\n+ b\n```\nb', 'a\n[…]\nb', ['pasted-diff']],
    ['a\n```\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n```\nb', 'a\n[…]\nb', ['pasted-diff']],
    ['a\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n\nb', 'a\n[…]\n\nb', ['pasted-diff']],
    ['```suggestion\n+ b\n```', '[…]', ['pasted-diff']],
    ['```diff\n- Expected\n+ Received\n\n- 1\n+ 2\n```', '```diff\n- Expected\n+ Received\n\n- 1\n+ 2\n```', []],
    ['```python\n- a\n```', '```python\n- a\n```', []],
    ['nothing to hide, 1.2.3', 'nothing to hide, 1.2.3', []],
  ])('makes of %j %j', check);

  it('changes nothing the second time', () => {
    const piece = fc.constantFrom(
      '#12',
      'acme/widgets#12',
      sha,
      other,
      'fixed in ',
      'text ',
      '\n',
      '. ',
      '```diff\n',
      '+ a\n',
      '```\n',
      'https://github.com/acme/widgets/',
      'pull/12',
      'commit/abcdef0',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const once = redact(pieces.join(''), fix).text;

        expect(redact(once, fix).text).toBe(once);
      }),
    );
  });

  it('leaves no reference to the pull request and no name of its commits', () => {
    const piece = fc.constantFrom(
      ' #12 ',
      '(#12)',
      ' acme/widgets#12,',
      ` ${sha} `,
      ` ${sha.slice(0, 7)}.`,
      ' text',
      '\n',
      'https://github.com/acme/widgets/pull/12 ',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { text } = redact(pieces.join(''), fix);

        expect(text).not.toMatch(/#12\b|pull\/12\b|\babcdef0/);
      }),
    );
  });

  it.each([['fixed in '], ['a-'], ['x'], ['```\n'], ['#12 '], ['https://github.com/a/'], ['fixed in 1.2 ']])(
    'takes no time for the longest text of %j that a host takes',
    (piece) => {
      const started = performance.now();

      redact(piece.repeat(65_536 / piece.length), fix);

      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});
