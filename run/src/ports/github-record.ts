/** One of GitHub's objects, filed under the issue or pull request that it belongs to. */
export interface GithubRecord {
  readonly kind: RecordKind;
  /** "owner/name". */
  readonly repository: string;
  /** Of the issue or pull request; 0 for a repository. */
  readonly number: number;
  /** Tells records of one kind and number apart: the id of a comment, empty where there is only one. */
  readonly id: string;
  /** When the object looked like this, ISO 8601: of two records with one identity the later one stays. */
  readonly at: string;
  /** Of a pull request: when it was merged, null for never, undefined for unknown. */
  readonly mergedAt?: string | null | undefined;
  /** Of a pull request. */
  readonly author?: { readonly login: string; readonly isBot: boolean } | null | undefined;
  /** The object as JSON; empty for an index entry. */
  readonly text: string;
}

/** `index` says that a pull request exists, and nothing else. */
export type RecordKind = 'repository' | 'pull' | 'index' | 'issue' | 'comment' | 'commit' | 'file' | 'timeline';

/** A part of what is imported: all of it is filed, or nothing. */
export interface RecordBatch {
  readonly name: string;
  records(signal: AbortSignal): AsyncIterable<GithubRecord>;
}
