import type { Candidate } from '../domain/candidate.ts';
import type { HubPullRequest, HubRepository, PullRequestRef } from './hub.ts';

/** Why something is not wanted: a reason of the judge's closed list, and the value that decided. */
export interface Refusal {
  readonly reason: string;
  readonly detail: string;
}

/**
 * What can be judged before the costly steps: each method sees a little more than the one before. Everything that is refused is listed, the deciding
 * one first; an empty list lets pass. By rules or by a model's word; a model's failure is a BoundaryError('model').
 */
export interface Screen {
  /** Changes with whatever may change a verdict. */
  readonly version: string;
  ref(ref: PullRequestRef, signal: AbortSignal): Promise<readonly Refusal[]>;
  pullRequest(pull: HubPullRequest, signal: AbortSignal): Promise<readonly Refusal[]>;
  repository(repository: HubRepository, signal: AbortSignal): Promise<readonly Refusal[]>;
  candidate(candidate: Candidate, signal: AbortSignal): Promise<readonly Refusal[]>;
}
