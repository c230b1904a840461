import { atBoundary } from '../../domain/boundary.ts';
import { Candidate, type CandidateRef } from '../../domain/candidate.ts';
import type { Stage } from '../../domain/stage.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { Screen } from '../../ports/screen.ts';
import { Judged, toJudged } from './judged.ts';

export { joinContamination, parseContamination } from './contamination.ts';
export { type Comparison, createDistinctStage } from './distinct.ts';
export { explainRefusals } from './explain.ts';
export type { Judged } from './judged.ts';
export { findTwins } from './near/twins.ts';
export { publishedBenchmarks } from './published-benchmarks.ts';
export { judgeReasons } from './reasons.ts';
export { createScreen } from './screen.ts';
export { describeSettings, type JudgeSettings, parseSettings } from './settings.ts';

interface JudgeNeeds {
  readonly artifacts: Artifacts;
  readonly screen: Screen;
}

/** Judges candidates that lie in the artifacts: the first refusal is the reason. */
export function createJudgeStage({ artifacts, screen }: JudgeNeeds): Stage<CandidateRef, Judged> {
  return {
    name: 'judge',
    version: `1+${screen.version}`,
    key: ({ hash }) => hash,
    label: ({ id }) => id,
    output: Judged,
    async work(ref, signal) {
      const candidate = await readCandidate(artifacts, ref);
      const [refusal] = await screen.candidate(candidate, signal);
      return refusal ? { kind: 'rejected', ...refusal } : { kind: 'kept', output: toJudged(ref, candidate) };
    },
  };
}

/** The candidate that `ref` stands for. Throws BoundaryError('disk') where the artifact is gone or damaged. */
export function readCandidate(artifacts: Artifacts, { id, path }: CandidateRef): Promise<Candidate> {
  return atBoundary('disk', `read the candidate ${id} from ${path}`, async () =>
    Candidate.parse(JSON.parse(new TextDecoder().decode(await artifacts.readFile(path)))),
  );
}
