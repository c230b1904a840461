import type { Recipe } from '../../domain/recipe.ts';
import { type AsOf, type Opened, type OpenNeeds, openProject } from '../../testbed/open-project.ts';
import type { Stack } from '../../testbed/stack.ts';
import type { BuildRejection } from './reasons.ts';

export interface ProposeNeeds extends OpenNeeds {
  readonly stacks: readonly Stack[];
}

export interface Proposed extends Extract<Opened, { kind: 'opened' }> {
  readonly recipes: readonly Recipe[];
}

/** The clone, the project in it, and what its stacks would have done with it. */
export async function propose(
  asOf: AsOf,
  needs: ProposeNeeds,
  signal: AbortSignal,
): Promise<Proposed | BuildRejection> {
  const opened = await openProject(asOf, needs, signal);
  if (opened.kind === 'rejected') return opened;
  const { language } = asOf.candidate;
  const refusals: string[] = [];
  for (const stack of needs.stacks.filter(({ languages }) => languages.includes(language))) {
    const proposal = await stack.propose(opened.project);
    if (proposal.kind === 'recipes') return { ...opened, recipes: proposal.recipes };
    if (proposal.kind === 'unsupported') refusals.push(`${stack.name}: ${proposal.why}`);
  }
  return refusals.length > 0
    ? { kind: 'rejected', reason: 'unsupported', detail: refusals.join('; ') }
    : { kind: 'rejected', reason: 'no-stack', detail: language };
}
