import { BoundaryError } from '../../../domain/boundary.ts';
import type { IssueAddress } from '../../../domain/candidate.ts';
import type { Hub, HubIssueLookup, HubPullRequest, HubRepository, Lookup } from '../../../ports/hub.ts';
import { isPullRequest, toIssue } from '../objects/issue.ts';
import { toPullRequest } from '../objects/pull-request.ts';
import { toRepository } from '../objects/repository.ts';
import type { RecordStore } from './store.ts';

export interface StoreHubOptions {
  /** What people call the source: "the dump", "the archive". */
  readonly name: string;
  /** The folder of the local clone of a repository, where there is one. */
  cloneOf(repository: string): string | undefined;
}

/** A code host that knows what `store` holds, and nothing else. */
export function createStoreHub(store: RecordStore, { name, cloneOf }: StoreHubOptions): Hub {
  const absent = { kind: 'gone', why: `not in ${name}` } as const;
  return {
    async repository(asked) {
      return understood(`repository ${asked}`, () => findRepository(asked));
    },
    async pullRequest(address) {
      return understood(`pull request ${address.repository}#${address.number}`, () => findPull(address));
    },
    async issue(address) {
      return understood(`issue ${address.repository}#${address.number}`, () => findIssue(address));
    },
    // Records hold no history.
    async mergeBase() {
      return undefined;
    },
  };

  function findRepository(asked: string): Lookup<HubRepository> {
    const [own] = store.texts('repository', asked, 0);
    const value = own === undefined ? unknownRepository(asked) : toRepository(JSON.parse(own));
    return { kind: 'found', value: { ...value, cloneUrl: cloneOf(asked) ?? value.cloneUrl } };
  }

  function findPull({ repository, number }: IssueAddress): Lookup<HubPullRequest> {
    const [own] = store.texts('pull', repository, number);
    if (own === undefined) return absent;
    const pull = JSON.parse(own);
    const value = toPullRequest({ ...withRepository(pull, repository), ...partsOf(pull, { repository, number }) });
    return { kind: 'found', value: { ...value, repository } };
  }

  function partsOf(pull: object, { repository, number }: IssueAddress): Record<string, unknown> {
    const [commits, files] = [parsed('commit', repository, number), parsed('file', repository, number)];
    const total = 'commits' in pull && typeof pull.commits === 'number' ? pull.commits : undefined;
    return {
      ...(commits.length > 0 && { commits: { nodes: commits, ...(total !== undefined && { totalCount: total }) } }),
      ...(files.length > 0 && { files }),
    };
  }

  function findIssue({ repository, number }: IssueAddress): HubIssueLookup {
    const [own] = store.texts('issue', repository, number);
    if (own === undefined) return store.has('pull', repository, number) ? { kind: 'pull-request' } : absent;
    const issue = JSON.parse(own);
    if (isPullRequest(issue)) return { kind: 'pull-request' };
    const comments = parsed('comment', repository, number);
    const value = toIssue({
      ...withRepository(issue, repository),
      ...(comments.length > 0 && { comments }),
      timeline: parsed('timeline', repository, number),
    });
    return { kind: 'found', value: { ...value, repository } };
  }

  function parsed(kind: 'commit' | 'file' | 'comment' | 'timeline', repository: string, number: number): unknown[] {
    return store.texts(kind, repository, number).map((text) => JSON.parse(text));
  }
}

/** The record's place says the repository where the object does not. */
function withRepository(object: object, repository: string): object {
  return { repository: { full_name: repository }, ...object };
}

/** Nothing said: the filters that need to know will reject by name. */
function unknownRepository(name: string): HubRepository {
  return toRepository({ full_name: name });
}

function understood<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw misread(what, error);
  }
}

function misread(what: string, cause: unknown): BoundaryError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new BoundaryError('github', `read ${what}: its record is not as GitHub's schema says: ${message}`, { cause });
}
