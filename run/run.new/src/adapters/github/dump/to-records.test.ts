import { describe, expect, it } from 'vitest';
import { type DumpKind, toRecords } from './to-records.ts';

const api = 'https://api.github.com/repos/acme/tool';
const date = '2024-01-01T00:00:00Z';

function check(kind: DumpKind, value: object, expected: readonly object[]): void {
  expect(toRecords({ value, where: 'x.jsonl line 1' }, kind, 'in/folder')).toMatchObject(expected);
}

describe('toRecords', () => {
  it('files a pull request by its address, with what an index needs', () => {
    const place = { repository: 'acme/tool', number: 7, id: '' };
    const pull = { number: 7, url: `${api}/pulls/7`, merged_at: date, user: { login: 'ada' }, updated_at: date };
    check('pull', pull, [{ ...place, mergedAt: date, at: date, author: { login: 'ada', isBot: false } }]);
    check('pull', { number: 7, repository: { nameWithOwner: 'acme/tool' }, mergedAt: null }, [
      { ...place, mergedAt: null },
    ]);
  });

  it('files by folder what has no address of its own', () => {
    check('issue', { number: 3 }, [{ repository: 'in/folder', number: 3 }]);
  });

  it('files comments by GitHub’s own address of their issue', () => {
    check('comment', { id: 9, issue_url: `${api}/issues/3`, created_at: date }, [{ number: 3, id: '9', at: date }]);
    check('comment', { id: 'C_9', url: 'https://github.com/acme/tool/issues/3#issuecomment-9' }, [
      { number: 3, id: 'C_9' },
    ]);
  });

  it('keeps the order of a whole answer', () => {
    const answer = { pull_request_url: `${api}/pulls/7`, items: [{ sha: 'b' }, { sha: 'a' }] };
    check('commit', answer, [
      { number: 7, text: '{"sha":"b"}' },
      { number: 7, text: '{"sha":"a"}' },
    ]);
    const ids = toRecords({ value: answer, where: 'x' }, 'commit', undefined).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
  });

  it.each<[DumpKind, object, string]>([
    ['pull', { title: 'x' }, 'x.jsonl line 1 does not say its repository and number'],
    ['commit', { sha: 'a' }, 'add "issue_url" or "pull_request_url"'],
    ['repository', {}, 'full_name'],
  ])('asks for the address that a %s lacks', (kind, value, message) => {
    expect(() => toRecords({ value, where: 'x.jsonl line 1' }, kind, undefined)).toThrow(message);
  });
});
