import { z } from 'zod';
import type { HubPullRequest } from '../../../ports/hub.ts';
import { Account, addressOf, Commit, Count, Labels, listOf, Text, toAccount } from './parts.ts';
import { toPlainObject } from './plain.ts';

const Reference = z.object({ ref: z.string(), sha: z.string() }).partial().nullish();

/** A pull request in either spelling, after `toPlainObject`. */
const PullRequest = z.object({
  number: z.number().int().positive(),
  title: Text,
  body: Text,
  url: z.string().nullish(),
  htmlUrl: z.string().nullish(),
  user: Account,
  author: Account,
  labels: Labels,
  createdAt: z.string(),
  mergedAt: z.string().nullish(),
  base: Reference,
  head: Reference,
  baseRefName: z.string().nullish(),
  baseRefOid: z.string().nullish(),
  headRefOid: z.string().nullish(),
  mergeCommit: z.object({ oid: z.string(), message: z.string() }).partial().nullish(),
  mergeCommitSha: z.string().nullish(),
  commits: z.union([listOf(Commit), z.number()]).catch(undefined),
  commitsTotal: Count,
  closingIssuesReferences: listOf(z.unknown()),
  files: listOf(z.object({ path: z.string().optional(), filename: z.string().optional() })),
  filesTotal: Count,
  changedFiles: Count,
});

/** Our pull request from one of GitHub's, REST or GraphQL. Throws ZodError. */
export function toPullRequest(object: unknown): HubPullRequest {
  const plain = toPlainObject(object);
  const pull = PullRequest.parse(plain);
  const address = addressOf(plain);
  if (!address) throw new TypeError(`pull request ${pull.number} does not say its repository`);
  const mergedAt = pull.mergedAt ?? null;
  return {
    ...address,
    url: pull.htmlUrl ?? pull.url ?? '',
    title: pull.title,
    body: pull.body,
    author: toAccount(pull.author ?? pull.user),
    labels: pull.labels,
    createdAt: pull.createdAt,
    mergedAt,
    baseBranch: pull.baseRefName ?? pull.base?.ref ?? '',
    baseSha: pull.baseRefOid ?? pull.base?.sha ?? null,
    headSha: pull.headRefOid ?? pull.head?.sha ?? null,
    // Of an open pull request it is a trial merge, which says nothing.
    mergeSha: mergedAt === null ? null : (pull.mergeCommit?.oid ?? pull.mergeCommitSha ?? null),
    mergeMessage: mergedAt === null ? null : (pull.mergeCommit?.message ?? null),
    ...commitsOf(pull),
    closingIssues: (pull.closingIssuesReferences ?? []).flatMap((issue) => addressOf(issue) ?? []),
    ...filesOf(pull),
  };
}

type Parsed = z.infer<typeof PullRequest>;

function commitsOf({ commits, commitsTotal }: Parsed): Pick<HubPullRequest, 'commits' | 'areCommitsComplete'> {
  if (!Array.isArray(commits)) return { commits: [], areCommitsComplete: false };
  // A list of 250 without a total is what REST cuts at.
  const total = commitsTotal ?? (commits.length === 250 ? Number.POSITIVE_INFINITY : commits.length);
  return { commits, areCommitsComplete: total <= commits.length };
}

function filesOf({ files, filesTotal, changedFiles }: Parsed): Pick<HubPullRequest, 'files' | 'changedFiles'> {
  const paths = files?.flatMap((file) => file.path ?? file.filename ?? []) ?? null;
  return { files: paths, changedFiles: changedFiles ?? filesTotal ?? paths?.length ?? null };
}
