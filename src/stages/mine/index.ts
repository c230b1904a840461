import { CandidateRef, formatAddress } from '../../domain/candidate.ts';
import type { Stage } from '../../domain/stage.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { PullRequestRef } from '../../ports/hub.ts';
import { canonicalJson, contentHash } from '../../util/canonical-json.ts';
import { examine, type MineNeeds } from './examine.ts';

export { examine, type MineNeeds } from './examine.ts';
export { explainReport } from './explain.ts';
export { mineReasons } from './reasons.ts';

/** Raise it whenever the same pull request may give another candidate. */
const version = '4';

/** Looks a pull request up, links it to its issues and parts its diff; what it keeps lies in the artifacts. */
export function createMineStage(needs: MineNeeds & { artifacts: Artifacts }): Stage<PullRequestRef, CandidateRef> {
  return {
    name: 'mine',
    version: `${version}+${needs.screen.version}`,
    // The same pull request from two sources is one; one that its dump tells otherwise by now is not.
    key: ({ repository, number, edition }) =>
      contentHash({ repository: repository.toLowerCase(), number, ...(edition !== undefined && { edition }) }),
    label: formatAddress,
    output: CandidateRef,
    async work(ref, signal) {
      const { verdict } = await examine(ref, needs, signal);
      if (!('candidate' in verdict)) return { kind: 'rejected', ...verdict };
      const { candidate } = verdict;
      const { number } = candidate.pullRequest;
      const path = `candidates/${candidate.repository.replace('/', '__')}/${number}.json`;
      await needs.artifacts.writeFile(path, `${canonicalJson(candidate)}\n`);
      const hash = contentHash(candidate);
      return { kind: 'kept', output: { id: candidate.id, repository: candidate.repository, number, path, hash } };
    },
  };
}
