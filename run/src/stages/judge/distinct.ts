import { CandidateRef } from '../../domain/candidate.ts';
import type { Stage } from '../../domain/stage.ts';
import { contentHash } from '../../util/canonical-json.ts';
import type { Judged } from './judged.ts';
import type { Twin } from './near/twins.ts';

/** A candidate and the earlier one that it repeats: what `findTwins` found once all candidates of the run were known. */
export interface Comparison {
  readonly judged: Judged;
  readonly twin: Twin | null;
}

/** Records what `findTwins` found: the only step that needs all candidates at once is outside of it. */
export function createDistinctStage(): Stage<Comparison, CandidateRef> {
  return {
    name: 'distinct',
    version: '1',
    key: ({ judged, twin }) => contentHash({ id: judged.id, hash: judged.hash, twin }),
    label: ({ judged }) => judged.id,
    output: CandidateRef,
    async work({ judged, twin }) {
      if (twin !== null) {
        const detail = `${twin.of}, similarity ${twin.similarity.toFixed(2)}`;
        return { kind: 'rejected', reason: `duplicate-${twin.kind}`, detail };
      }
      const { id, repository, number, path, hash } = judged;
      return { kind: 'kept', output: { id, repository, number, path, hash } };
    },
  };
}
