import type { Candidate } from '../../domain/candidate.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { Repositories, Repository } from '../../ports/repository.ts';
import type { Project, Stack } from '../../testbed/stack.ts';
import { toDependencyDate } from './dependency-date.ts';
import { openProject } from './project.ts';
import type { BuildRejection } from './reasons.ts';

export interface ProposeNeeds {
  readonly repositories: Repositories;
  /** Where the repository of a candidate is cloned from. */
  cloneUrl(repository: string, signal: AbortSignal): Promise<string>;
  readonly stacks: readonly Stack[];
  readonly now: () => number;
}

export interface Proposed {
  readonly repository: Repository;
  readonly project: Project;
  readonly recipes: readonly Recipe[];
  /** The day that versions are resolved for. */
  readonly date: string;
}

/** The clone, the project in it, and what its stacks would have done with it. */
export async function propose(
  candidate: Candidate,
  needs: ProposeNeeds,
  signal: AbortSignal,
): Promise<Proposed | BuildRejection> {
  const { baseCommit, language } = candidate;
  const name = candidate.repository;
  const cloneUrl = await needs.cloneUrl(name, signal);
  const repository = await needs.repositories.open({ name, cloneUrl }, signal);
  const commit = await repository?.commit(baseCommit, { number: candidate.pullRequest.number }, signal);
  if (!repository || !commit) return rejected('commit-missing', `${baseCommit} in ${name}`);
  const date = toDependencyDate(candidate.baseCommittedAt, needs.now());
  const project = await openProject(candidate, { repository, date }, signal);
  if (project === undefined) return rejected('patch-refused');
  const stacks = needs.stacks.filter(({ languages }) => languages.includes(language));
  const refusals: string[] = [];
  for (const stack of stacks) {
    const proposal = await stack.propose(project);
    if (proposal.kind === 'recipes') return { repository, project, recipes: proposal.recipes, date };
    if (proposal.kind === 'unsupported') refusals.push(`${stack.name}: ${proposal.why}`);
  }
  return refusals.length > 0 ? rejected('unsupported', refusals.join('; ')) : rejected('no-stack', language);
}

function rejected(reason: BuildRejection['reason'], detail?: string): BuildRejection {
  return { kind: 'rejected', reason, ...(detail && { detail }) };
}
