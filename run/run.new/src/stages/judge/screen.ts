import type { IssueAddress } from '../../domain/candidate.ts';
import type { Screen } from '../../ports/screen.ts';
import { contentHash } from '../../util/canonical-json.ts';
import { type Contamination, findContamination } from './contamination.ts';
import type { RuleRefusal } from './reasons.ts';
import { judgeCandidate } from './rules-of-candidate.ts';
import { judgeAge, judgeAuthor, judgeFileCount, judgeRepository, judgeTitle } from './rules-of-host.ts';
import type { JudgeSettings } from './settings.ts';

/** Raise it whenever a rule may give another verdict under the same settings. */
const rulesVersion = '1';

/** The judge by rules. `lists` holds all that is contaminated, published benchmarks included where they count. */
export function createScreen(settings: JudgeSettings, lists: Contamination): Screen {
  const judgeContamination = (address: IssueAddress): RuleRefusal[] => {
    const found = findContamination(address, lists);
    return found === undefined ? [] : [{ reason: 'contaminated', detail: found }];
  };
  return {
    version: `${rulesVersion}.${contentHash({ settings, lists: [...lists] }).slice(0, 8)}`,
    ref: async (ref) => [...judgeAuthor(ref.author, settings), ...judgeContamination(ref)],
    pullRequest: async (pull) => [
      ...judgeAuthor(pull.author, settings),
      ...judgeTitle(pull, settings),
      ...judgeAge(pull.mergedAt, settings),
      // Once more: the address that was asked for may have been one of before a rename.
      ...judgeContamination(pull),
      ...judgeFileCount(pull, settings),
    ],
    repository: async (home) => judgeRepository(home, settings),
    candidate: async (candidate) => judgeCandidate(candidate, settings),
  };
}
