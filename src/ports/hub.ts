import type { Decoder, IssueAddress } from '../domain/candidate.ts';

/** What is known of a pull request before it is looked up: an address, and whatever the index said beside it. */
export interface PullRequestRef extends IssueAddress {
  readonly decoder: Decoder;
  /** False ends the work without a look-up; undefined where the index does not say. */
  readonly isMerged?: boolean | undefined;
  readonly author?: HubAccount | null | undefined;
  /** Changes when what the source knows of the repository does; undefined where the source is asked anew or never changes. */
  readonly edition?: string | undefined;
}

export interface HubAccount {
  readonly login: string;
  readonly isBot: boolean;
}

/** Something looked up on the host. A private thing cannot be told from a missing one, so both are `gone`. */
export type Lookup<T> =
  | { readonly kind: 'found'; readonly value: T }
  /** `why` is for people: "deleted", "private or missing", "transferred to owner/name#3". */
  | { readonly kind: 'gone'; readonly why: string };

export interface HubRepository {
  /** The name of today; differs from the one asked for after a rename. */
  readonly name: string;
  /** SPDX id; null for none or one that the host does not know. */
  readonly license: string | null;
  /** Main language in the host's words, in lower case. */
  readonly language: string | null;
  readonly defaultBranch: string | null;
  readonly stars: number;
  readonly sizeKb: number;
  readonly isFork: boolean;
  readonly isArchived: boolean;
  readonly cloneUrl: string;
}

export interface HubCommit {
  readonly sha: string;
  readonly message: string;
  /** ISO 8601, UTC, as all times here. */
  readonly authoredAt: string;
  readonly committedAt: string;
}

export interface HubPullRequest extends IssueAddress {
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly author: HubAccount | null;
  readonly labels: readonly string[];
  readonly createdAt: string;
  /** Null for a pull request that was never merged. */
  readonly mergedAt: string | null;
  readonly baseBranch: string;
  /** The tip of the target branch as the host last saw it: not the merge-base. */
  readonly baseSha: string | null;
  readonly headSha: string | null;
  /** The commit by which it landed: merge commit, squash, or the last of the rebased ones. */
  readonly mergeSha: string | null;
  /** Its message; null where the host does not tell it. */
  readonly mergeMessage: string | null;
  /** Oldest first. */
  readonly commits: readonly HubCommit[];
  /** False where the host cut the list (GitHub: 250 commits). */
  readonly areCommitsComplete: boolean;
  /** `closingIssuesReferences`; empty for pull requests to other than the default branch, so empty is not "none". */
  readonly closingIssues: readonly IssueAddress[];
  /** Changed paths where the host told them: lets us reject without a clone. Null where unknown. */
  readonly files: readonly string[] | null;
  /** Of the whole pull request, also where `files` was cut (GitHub: 3,000). */
  readonly changedFiles: number | null;
}

/** A text that replaced an earlier one. */
export interface HubEdit {
  readonly at: string;
  /** The whole text from then on; null where that version was deleted. */
  readonly text: string | null;
}

export interface HubComment {
  readonly id: string;
  readonly author: HubAccount | null;
  readonly body: string;
  readonly createdAt: string;
  /** When the body last changed; null for never. */
  readonly lastEditedAt: string | null;
  /** Every version, oldest first, beginning with the original; null where the host does not tell (REST). */
  readonly edits: readonly HubEdit[] | null;
  /** Hidden by a moderator: spam, off-topic, outdated. */
  readonly isMinimized: boolean;
}

export interface HubRename {
  readonly at: string;
  readonly from: string;
  readonly to: string;
}

/** An issue was closed; `closer` is null when somebody pressed the button. */
export interface HubClosing {
  readonly at: string;
  readonly closer:
    | { readonly kind: 'pull-request'; readonly address: IssueAddress }
    | { readonly kind: 'commit'; readonly sha: string }
    | null;
}

export interface HubIssue extends IssueAddress {
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly author: HubAccount | null;
  readonly labels: readonly string[];
  readonly createdAt: string;
  readonly closedAt: string | null;
  /** "completed", "not_planned", "duplicate"; null where not said. */
  readonly stateReason: string | null;
  readonly lastEditedAt: string | null;
  /** As for comments. */
  readonly edits: readonly HubEdit[] | null;
  readonly renames: readonly HubRename[];
  /** Oldest first. */
  readonly comments: readonly HubComment[];
  readonly closings: readonly HubClosing[];
  /** Pull requests and issues that mention this issue, by the host's own events. */
  readonly crossReferences: readonly IssueAddress[];
}

/** A number that turned out to be a pull request is not an issue. */
export type HubIssueLookup = Lookup<HubIssue> | { readonly kind: 'pull-request' };

export interface CommitPair {
  readonly repository: string;
  readonly base: string;
  readonly head: string;
}

/** A code host, live or from a dump. Every method throws BoundaryError('github'); batching and caching are the adapter's. */
export interface Hub {
  repository(name: string, signal: AbortSignal): Promise<Lookup<HubRepository>>;
  pullRequest(address: IssueAddress, signal: AbortSignal): Promise<Lookup<HubPullRequest>>;
  issue(address: IssueAddress, signal: AbortSignal): Promise<HubIssueLookup>;
  /** Where two commits parted, by the host's own history; undefined where it does not tell. */
  mergeBase(commits: CommitPair, signal: AbortSignal): Promise<string | undefined>;
}

/** Where pull requests come from, in an order that is the same in every run. */
export interface PullRequestSource {
  refs(signal: AbortSignal): AsyncIterable<PullRequestRef>;
}
