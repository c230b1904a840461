import type { Candidate } from '../../domain/candidate.ts';
import type { HubPullRequest, HubRepository, PullRequestRef } from '../../ports/hub.ts';
import type { Refusal } from '../../ports/screen.ts';
import type { Range } from './base-commit.ts';
import type { SplitPatch } from './files/split-patch.ts';
import type { Links } from './link/find-links.ts';
import type { Rejection } from './reasons.ts';

/** All that was found out about one pull request, up to where the work ended. */
export interface Report {
  readonly ref: PullRequestRef;
  pull?: HubPullRequest;
  repository?: HubRepository;
  links?: Links;
  range?: Range;
  split?: SplitPatch;
  verdict?: Rejection | Refusal | { readonly candidate: Candidate };
}
