import { z } from 'zod';
import type { HubComment, HubIssue } from '../../../ports/hub.ts';
import { Account, addressOf, Count, Edit, Labels, listOf, Text, toAccount, toEdits } from './parts.ts';
import { toPlainObject } from './plain.ts';
import { toTimeline } from './timeline.ts';

const Edited = {
  lastEditedAt: z.string().nullish(),
  includesCreatedEdit: z.boolean().nullish(),
  userContentEdits: listOf(Edit),
  userContentEditsTotal: Count,
};

const Comment = z.object({
  id: z.union([z.string(), z.number()]),
  databaseId: z.number().nullish(),
  fullDatabaseId: z.union([z.string(), z.number()]).nullish(),
  user: Account,
  author: Account,
  body: Text,
  createdAt: z.string(),
  updatedAt: z.string().nullish(),
  isMinimized: z.boolean().nullish(),
  ...Edited,
});

const Issue = z.object({
  number: z.number().int().positive(),
  title: Text,
  body: Text,
  url: z.string().nullish(),
  htmlUrl: z.string().nullish(),
  user: Account,
  author: Account,
  labels: Labels,
  createdAt: z.string(),
  closedAt: z.string().nullish(),
  stateReason: z.string().nullish(),
  comments: listOf(z.unknown()),
  timelineItems: listOf(z.unknown()),
  timeline: listOf(z.unknown()),
  ...Edited,
});

/** Whether an object of the issues API is a pull request: there, it says so. */
export function isPullRequest(object: unknown): boolean {
  if (typeof object !== 'object' || object === null) return false;
  return ('pull_request' in object && Boolean(object.pull_request)) || typenameOf(object) === 'PullRequest';
}

/** Our issue from one of GitHub's, REST or GraphQL, with the comments and events that it carries. Throws ZodError. */
export function toIssue(object: unknown): HubIssue {
  const plain = toPlainObject(object);
  const issue = Issue.parse(plain);
  const address = addressOf(plain);
  if (!address) throw new TypeError(`issue ${issue.number} does not say its repository`);
  const lastEditedAt = issue.lastEditedAt ?? null;
  const timeline = toTimeline([...(issue.timelineItems ?? []), ...(issue.timeline ?? [])], address.repository);
  return {
    ...address,
    url: issue.htmlUrl ?? issue.url ?? '',
    title: issue.title,
    body: issue.body,
    author: toAccount(issue.author ?? issue.user),
    labels: issue.labels,
    createdAt: issue.createdAt,
    closedAt: issue.closedAt ?? null,
    stateReason: issue.stateReason?.toLowerCase() ?? null,
    lastEditedAt,
    edits: editsOf(issue, lastEditedAt),
    renames: timeline.renames,
    comments: [...(issue.comments ?? []), ...timeline.comments].map(toComment).sort(byTime),
    closings: timeline.closings,
    crossReferences: timeline.crossReferences,
  };
}

function toComment(value: unknown): HubComment {
  const comment = Comment.parse(value);
  // REST tells no edits, but that there was one.
  const touchedAt = comment.updatedAt && comment.updatedAt !== comment.createdAt ? comment.updatedAt : null;
  const lastEditedAt = comment.userContentEdits === undefined ? touchedAt : (comment.lastEditedAt ?? null);
  return {
    id: String(comment.fullDatabaseId ?? comment.databaseId ?? comment.id),
    author: toAccount(comment.author ?? comment.user),
    body: comment.body,
    createdAt: comment.createdAt,
    lastEditedAt,
    edits: editsOf(comment, lastEditedAt),
    isMinimized: comment.isMinimized ?? false,
  };
}

type WithEdits = Pick<
  z.infer<typeof Comment>,
  'userContentEdits' | 'userContentEditsTotal' | 'includesCreatedEdit' | 'createdAt' | 'body'
>;

function editsOf(edited: WithEdits, lastEditedAt: string | null) {
  return toEdits({
    edits: edited.userContentEdits,
    total: edited.userContentEditsTotal,
    includesCreatedEdit: edited.includesCreatedEdit,
    lastEditedAt,
    original: { at: edited.createdAt, text: edited.body },
  });
}

function byTime(a: HubComment, b: HubComment): number {
  return Date.parse(a.createdAt) - Date.parse(b.createdAt);
}

function typenameOf(object: object): unknown {
  return '__typename' in object ? object.__typename : undefined;
}
