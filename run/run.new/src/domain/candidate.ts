import { z } from 'zod';
import { Language } from './language.ts';

/** "owner/name" as the host spells it today, after renames. */
export const RepositoryName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/);

/** 40 hex digits (SHA-1) or 64 (SHA-256). */
export const CommitSha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);

/** How the text of a candidate came to us; recorded in each, because they differ in what they can know. */
export const Decoder = z.enum(['github', 'archive-full', 'archive-slim', 'dump']);
export type Decoder = z.infer<typeof Decoder>;

/** An issue or pull request by its address. */
export const IssueAddress = z.object({ repository: RepositoryName, number: z.number().int().positive() });
export type IssueAddress = z.infer<typeof IssueAddress>;

/** The first three are strong: one is enough. The others are weak: two different ones are needed. */
export const LinkMethod = z.enum([
  'closing-event',
  'closing-reference',
  'keyword-title-body',
  'keyword-commit',
  'cross-reference',
]);
export type LinkMethod = z.infer<typeof LinkMethod>;

/** One reason to believe that a pull request answers an issue. */
export const LinkEvidence = z.object({
  issue: IssueAddress,
  method: LinkMethod,
  strength: z.enum(['strong', 'weak']),
  /** Where it was found: "title", "body", "commit 1a2b3c4", "timeline". */
  where: z.string(),
  /** The words or the event that say it, as they stand there, cut at 200 characters. */
  text: z.string(),
});
export type LinkEvidence = z.infer<typeof LinkEvidence>;

const RedactionKind = z.enum([
  'later-edit',
  'later-title',
  'pull-request-link',
  'commit-link',
  'sha',
  'fixed-in',
  'pasted-diff',
]);
export type RedactionKind = z.infer<typeof RedactionKind>;

/** Something taken out of the problem statement or the hints because it gives the fix away. */
export const Redaction = z.object({
  kind: RedactionKind,
  /** "owner/name#12" for the issue itself, with " comment <id>" for a comment. */
  where: z.string(),
  /** What was taken out, cut at 200 characters. */
  text: z.string(),
});
export type Redaction = z.infer<typeof Redaction>;

export const FileClass = z.enum(['source', 'test', 'test-support', 'docs', 'generated', 'vendored']);
export type FileClass = z.infer<typeof FileClass>;

const ChangedFile = z.object({
  path: z.string(),
  class: FileClass,
  change: z.enum(['added', 'deleted', 'modified', 'renamed']),
  added: z.number().int().nonnegative(),
  deleted: z.number().int().nonnegative(),
  isBinary: z.boolean(),
  /** Set where hunks of one file went to both patches: inline tests. */
  isSplit: z.boolean(),
});
export type ChangedFile = z.infer<typeof ChangedFile>;

/** How the pull request landed. */
export const MergeMethod = z.enum(['merge', 'squash', 'rebase', 'fast-forward']);
export type MergeMethod = z.infer<typeof MergeMethod>;

const LinkedIssue = IssueAddress.extend({
  title: z.string(),
  url: z.string(),
  createdAt: z.string(),
  labels: z.array(z.string()),
});

/** A mined issue–pull request pair, unproven. Times are ISO 8601, UTC; patches are `git diff` text that applies to `baseCommit`. */
export const Candidate = z.object({
  v: z.literal(1),
  /** "owner__name-number". */
  id: z.string(),
  repository: RepositoryName,
  /** SPDX id, null where the host knows none. */
  license: z.string().nullable(),
  language: Language,
  pullRequest: z.object({
    number: z.number().int().positive(),
    url: z.string(),
    title: z.string(),
    author: z.string().nullable(),
    createdAt: z.string(),
    mergedAt: z.string(),
    baseBranch: z.string(),
    headCommit: CommitSha.nullable(),
    mergeCommit: CommitSha.nullable(),
    mergeMethod: MergeMethod,
  }),
  issues: z.array(LinkedIssue).min(1),
  links: z.array(LinkEvidence).min(1),
  /** The merge-base of the pull request and its target branch. */
  baseCommit: CommitSha,
  /** When `baseCommit` was committed: the date that dependencies are pinned to. */
  baseCommittedAt: z.string(),
  /** Source, docs, generated and vendored files. */
  goldPatch: z.string(),
  /** Tests and test support. */
  testPatch: z.string(),
  files: z.array(ChangedFile).min(1),
  /** Paths of submodules of the base tree. */
  submodules: z.array(z.string()),
  problemStatement: z.string(),
  /** Comments written before the first commit of the fix. */
  hints: z.string(),
  redactions: z.array(Redaction),
  decoder: Decoder,
});
export type Candidate = z.infer<typeof Candidate>;

/** A candidate that lies in the run's artifacts; small, for the ledger. */
export const CandidateRef = z.object({
  id: z.string(),
  repository: RepositoryName,
  number: z.number().int().positive(),
  /** Of the artifact. */
  path: z.string(),
  /** The content hash of the candidate. */
  hash: z.string(),
});
export type CandidateRef = z.infer<typeof CandidateRef>;

export function candidateId(repository: string, number: number): string {
  return `${repository.replace('/', '__')}-${number}`;
}

export function formatAddress({ repository, number }: IssueAddress): string {
  return `${repository}#${number}`;
}
