import { z } from 'zod';
import type { GithubRecord } from '../../ports/github-record.ts';

const Name = z.string().nullable();

/** What the query gives for one event. Texts are JSON. */
export const EventRow = z.object({
  type: Name,
  at: Name,
  repository: Name,
  action: Name,
  number: z.coerce.number().nullable(),
  pull: Name,
  full_repository: Name,
  merged_at: Name,
  login: Name,
  account_type: Name,
  issue: Name,
  comment: Name,
  comment_id: Name,
});
export type EventRow = z.infer<typeof EventRow>;

/** The records that an event gives, by the decoder of its era; none for a line that is no event. */
export function decode(row: EventRow): GithubRecord[] {
  const { type, at, repository, number } = row;
  if (at === null || repository === null || number === null) return [];
  const place: Place = { repository, number, at };
  if (type === 'PullRequestEvent') return row.pull === null ? decodeSlim(row, place) : decodeFull(row.pull, row, place);
  const issues = row.issue === null ? [] : [toRecord('issue', row.issue, place)];
  const comments =
    row.comment === null ? [] : [{ ...toRecord('comment', row.comment, place), id: row.comment_id ?? '' }];
  return [...issues, ...comments];
}

type Place = Pick<GithubRecord, 'repository' | 'number' | 'at'>;

/** Events up to 2025-10-06 carry the whole pull request. */
function decodeFull(pull: string, row: EventRow, place: Place): GithubRecord[] {
  const author = row.login === null ? null : { login: row.login, isBot: isBot(row.login, row.account_type) };
  const merged = { ...toRecord('pull', pull, place), mergedAt: row.merged_at, author };
  if (row.full_repository === null) return [merged];
  return [merged, { ...toRecord('repository', row.full_repository, place), number: 0 }];
}

/** Events since 2025-10-07 say which pull request it was; "merged" is an action there, and "closed" may mean it. */
function decodeSlim({ action }: EventRow, place: Place): GithubRecord[] {
  const mergedAt = action === 'merged' ? place.at : undefined;
  return [{ ...toRecord('index', '', place), mergedAt }];
}

function toRecord(kind: GithubRecord['kind'], text: string, place: Place): GithubRecord {
  return { kind, ...place, id: '', text };
}

function isBot(login: string, accountType: string | null): boolean {
  return accountType === 'Bot' || login.endsWith('[bot]');
}
