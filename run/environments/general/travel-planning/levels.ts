import type { Level } from '../../../src/domain/task.ts';
import type { LevelSpec } from '../../../src/stages/synthesize/pack.ts';

const WITH_SEARCH = { indirect: false, forbidGreedy: false, narrowTools: false };
const NARROW = { indirect: false, forbidGreedy: false, narrowTools: true };
const INDIRECT = { indirect: true, forbidGreedy: false, narrowTools: true };
const GUARDED = { indirect: true, forbidGreedy: true, narrowTools: true };

/** Size is the number of days; from four days on the journeys there, onward and back are part of the answer. */
export const levels: Readonly<Record<Level, LevelSpec>> = {
  1: { size: 2, rules: 2, conditionals: 0, slack: 0.35, ...WITH_SEARCH },
  2: { size: 3, rules: 3, conditionals: 1, slack: 0.28, ...WITH_SEARCH },
  3: { size: 3, rules: 5, conditionals: 1, slack: 0.2, ...WITH_SEARCH },
  4: { size: 4, rules: 7, conditionals: 2, slack: 0.14, ...NARROW },
  5: { size: 5, rules: 9, conditionals: 2, slack: 0.09, ...INDIRECT },
  6: { size: 6, rules: 11, conditionals: 3, slack: 0.05, ...GUARDED },
  7: { size: 7, rules: 14, conditionals: 4, slack: 0.03, ...GUARDED },
  8: { size: 8, rules: 17, conditionals: 5, slack: 0.01, ...GUARDED },
};
