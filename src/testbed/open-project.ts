import type { Candidate } from '../domain/candidate.ts';
import type { Repositories, Repository } from '../ports/repository.ts';
import { readProject } from './project.ts';
import type { Project } from './stack.ts';

export interface OpenNeeds {
  readonly repositories: Repositories;
  /** Where the repository of a candidate is cloned from. */
  cloneUrl(repository: string, signal: AbortSignal): Promise<string>;
}

export type Opened =
  | {
      readonly kind: 'opened';
      readonly repository: Repository;
      readonly project: Project;
    }
  | { readonly kind: 'rejected'; readonly reason: 'commit-missing' | 'patch-refused'; readonly detail: string };

/** A candidate, and the day that versions are resolved for. */
export interface AsOf {
  readonly candidate: Candidate;
  readonly date: string;
}

/** The clone of a candidate's repository and the project at its base commit. */
export async function openProject({ candidate, date }: AsOf, needs: OpenNeeds, signal: AbortSignal): Promise<Opened> {
  const { baseCommit, repository: name, pullRequest } = candidate;
  const cloneUrl = await needs.cloneUrl(name, signal);
  const repository = await needs.repositories.open({ name, cloneUrl }, signal);
  const commit = await repository?.commit(baseCommit, { number: pullRequest.number }, signal);
  if (!repository || !commit) {
    return { kind: 'rejected', reason: 'commit-missing', detail: `${baseCommit} of ${name} at ${cloneUrl}` };
  }
  const project = await readProject(candidate, { repository, date }, signal);
  if (project === undefined) return { kind: 'rejected', reason: 'patch-refused', detail: 'the test patch' };
  return { kind: 'opened', repository, project };
}
