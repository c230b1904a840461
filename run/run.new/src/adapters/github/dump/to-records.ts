import { z } from 'zod';
import type { IssueAddress } from '../../../domain/candidate.ts';
import type { GithubRecord, RecordKind } from '../../../ports/github-record.ts';
import { UsageError } from '../../../util/errors.ts';
import { Account, addressOf, addressOfUrl, toAccount } from '../objects/parts.ts';
import { type PlainObject, toPlainObject } from '../objects/plain.ts';
import type { DumpLine } from './lines.ts';

export type DumpKind = Exclude<RecordKind, 'index'>;

const Dates = z.object({ updatedAt: z.string().nullish(), createdAt: z.string().nullish() });
const Pull = z.object({
  mergedAt: z.string().nullish(),
  merged: z.boolean().nullish(),
  user: Account,
  author: Account,
});

/** The records of one line in a file of `kind`; `folder` is "owner/name" where the file lies in such a folder. Throws UsageError where it is not clear what a line belongs to. */
export function toRecords({ value, where }: DumpLine, kind: DumpKind, folder: string | undefined): GithubRecord[] {
  const plain = toPlainObject(value) as PlainObject;
  if (kind === 'repository') return [{ ...owned(value, plain), kind, ...repositoryAddress(plain, where) }];
  if (kind === 'pull' || kind === 'issue') {
    const address = ownAddress(plain, folder) ?? unclear(where, 'its repository and number');
    return [{ ...owned(value, plain), kind, ...address, ...(kind === 'pull' && mergeOf(plain)) }];
  }
  const address = parentAddress(plain, folder) ?? unclear(where, parentAdvice);
  return itemsOf(value).map((item, index) => ({
    ...owned(item, toPlainObject(item) as PlainObject),
    kind,
    ...address,
    id: idOf(item, kind) ?? `${where} ${String(index).padStart(6, '0')}`,
  }));
}

const parentAdvice =
  'what it belongs to: add "issue_url" or "pull_request_url" with the address of the issue or pull request';

function owned(value: object, plain: PlainObject): Pick<GithubRecord, 'id' | 'at' | 'text'> {
  const dates = Dates.safeParse(plain).data;
  return { id: '', at: dates?.updatedAt ?? dates?.createdAt ?? '', text: JSON.stringify(value) };
}

function mergeOf(plain: PlainObject): Pick<GithubRecord, 'mergedAt' | 'author'> {
  const pull = Pull.safeParse(plain).data;
  const author = toAccount(pull?.author ?? pull?.user);
  return { mergedAt: pull?.mergedAt ?? (pull?.merged === true ? undefined : null), author };
}

function repositoryAddress(plain: PlainObject, where: string): IssueAddress {
  const repository = plain.fullName ?? plain.nameWithOwner;
  return typeof repository === 'string' ? { repository, number: 0 } : unclear(where, '"full_name" (or nameWithOwner)');
}

function ownAddress(plain: PlainObject, folder: string | undefined): IssueAddress | undefined {
  const own = addressOf(plain);
  if (own || folder === undefined || typeof plain.number !== 'number') return own;
  return { repository: folder, number: plain.number };
}

const parentNames = ['pullRequestUrl', 'issueUrl', 'htmlUrl', 'url'] as const;

/** By an address that we ask for, by GitHub's own (comments have one), or by the issue of a GraphQL comment. */
function parentAddress(plain: PlainObject, folder: string | undefined): IssueAddress | undefined {
  const parent = addressOf(plain.issue) ?? addressOf(plain.pullRequest);
  if (parent) return parent;
  for (const name of parentNames) {
    const url = plain[name];
    const address = typeof url === 'string' ? addressOfUrl(url) : undefined;
    if (address) return address;
  }
  const number = plain.pullNumber ?? plain.issueNumber;
  return folder !== undefined && typeof number === 'number' ? { repository: folder, number } : undefined;
}

/** A whole answer below `items`, or one object. */
function itemsOf(value: object): object[] {
  return 'items' in value && Array.isArray(value.items) ? value.items : [value];
}

/** Commits, files and events keep the order in which they came: only comments have an identity. */
function idOf(item: object, kind: DumpKind): string | undefined {
  if (kind !== 'comment') return undefined;
  const id = 'id' in item ? item.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function unclear(where: string, what: string): never {
  throw new UsageError(`${where} does not say ${what}`);
}
