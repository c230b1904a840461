import { z } from 'zod';
import type { IssueAddress } from '../../../domain/candidate.ts';
import type { HubAccount, HubCommit, HubEdit } from '../../../ports/hub.ts';

/** The parts that several of GitHub's objects share, after `toPlainObject`. */
export const Account = z
  .object({ login: z.string(), type: z.string().optional(), __typename: z.string().optional() })
  .nullish()
  .catch(null);

/** Null for a deleted account ("ghost"). */
export function toAccount(account: z.infer<typeof Account>): HubAccount | null {
  if (!account) return null;
  const isBot = account.type === 'Bot' || account.__typename === 'Bot' || account.login.endsWith('[bot]');
  return { login: account.login, isBot };
}

/** A text that may be absent or null where GitHub has none. */
export const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

export const Labels = z
  .array(z.union([z.string(), z.object({ name: z.string() })]))
  .nullish()
  .catch([])
  .transform((labels) => (labels ?? []).map((label) => (typeof label === 'string' ? label : label.name)));

/** A list; what is no list (REST gives counts under the same names) is none. */
export function listOf<T extends z.ZodType>(element: T) {
  return z.array(element).optional().catch(undefined);
}

export const Count = z.number().int().nonnegative().nullish().catch(null);

export const Edit = z.object({
  editedAt: z.string().nullish(),
  createdAt: z.string().nullish(),
  deletedAt: z.string().nullish(),
  diff: z.string().nullish(),
});

interface Edited {
  readonly edits: readonly z.infer<typeof Edit>[] | undefined;
  readonly total?: number | null | undefined;
  readonly includesCreatedEdit?: boolean | null | undefined;
  readonly lastEditedAt: string | null;
  readonly original: HubEdit;
}

/** Every version, oldest first; null where the list is cut or does not begin with the original. */
export function toEdits({ edits, total, includesCreatedEdit, lastEditedAt, original }: Edited): HubEdit[] | null {
  if (edits === undefined) return null;
  if (edits.length === 0) return lastEditedAt === null ? [original] : null;
  if ((total ?? edits.length) > edits.length || includesCreatedEdit === false) return null;
  return edits
    .map((edit) => ({ at: edit.editedAt ?? edit.createdAt ?? '', text: edit.deletedAt ? null : (edit.diff ?? null) }))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const CommitBody = z.object({
  message: Text,
  author: z.object({ date: z.string() }).partial().nullish(),
  committer: z.object({ date: z.string() }).partial().nullish(),
  authoredDate: z.string().nullish(),
  committedDate: z.string().nullish(),
});

/** REST: `{ sha, commit }`; GraphQL: `{ oid, message, … }`, or that below `commit`. */
export const Commit = z
  .object({ sha: z.string().optional(), oid: z.string().optional(), commit: z.unknown().optional() })
  .loose()
  .transform((value, context): HubCommit => {
    const inner = typeof value.commit === 'object' && value.commit !== null ? value.commit : value;
    const body = CommitBody.safeParse(inner);
    const sha = value.sha ?? value.oid ?? ('oid' in inner ? String(inner.oid) : undefined);
    if (!body.success || sha === undefined) {
      context.addIssue({ code: 'custom', message: 'a commit has a sha (or oid) and a message' });
      return z.NEVER;
    }
    const { message, author, committer, authoredDate, committedDate } = body.data;
    const authoredAt = authoredDate ?? author?.date ?? '';
    return { sha, message, authoredAt, committedAt: committedDate ?? committer?.date ?? authoredAt };
  });

const NumberedThing = z.object({
  number: z.number().int().positive(),
  repository: z.object({ nameWithOwner: z.string().optional(), fullName: z.string().optional() }).nullish(),
  url: z.string().nullish(),
  htmlUrl: z.string().nullish(),
  repositoryUrl: z.string().nullish(),
  base: z
    .object({ repo: z.object({ fullName: z.string() }).nullish() })
    .nullish()
    .catch(null),
});

/** The repository and number of an issue or pull request; undefined where it does not say. */
export function addressOf(value: unknown): IssueAddress | undefined {
  const parsed = NumberedThing.safeParse(value);
  if (!parsed.success) return undefined;
  const { number, repository, base, url, htmlUrl, repositoryUrl } = parsed.data;
  const named =
    repository?.nameWithOwner ??
    repository?.fullName ??
    base?.repo?.fullName ??
    repositoryOfUrl(htmlUrl ?? undefined) ??
    repositoryOfUrl(url ?? undefined) ??
    repositoryUrl?.match(/\/repos\/([^/]+\/[^/]+)$/)?.[1];
  return named === undefined ? undefined : { repository: named, number };
}

/** "owner/name" in the address of an issue or pull request, of the site or of the API. */
export function repositoryOfUrl(url: string | undefined): string | undefined {
  return url?.match(/\/([^/]+\/[^/]+)\/(?:pull|pulls|issues)\/\d+/)?.[1];
}

/** The issue or pull request that an address leads to, of the site or of the API. */
export function addressOfUrl(url: string | undefined): IssueAddress | undefined {
  const found = url?.match(/\/([^/]+\/[^/]+)\/(?:pull|pulls|issues)\/(\d+)(?=[/?#]|$)/);
  return found ? { repository: String(found[1]), number: Number(found[2]) } : undefined;
}
