import type { LevelSpec } from '../../../src/stages/synthesize/pack.ts';

/** Size is the number of jobs: 7, 11, 14, 18 and 21 operations for 2 to 6 jobs, two slots each. */
export const levels = {
  1: { size: 2, rules: 2, conditionals: 0, slack: 0.35, indirect: false, forbidGreedy: false, narrowTools: false },
  2: { size: 3, rules: 4, conditionals: 0, slack: 0.25, indirect: false, forbidGreedy: false, narrowTools: false },
  3: { size: 3, rules: 5, conditionals: 1, slack: 0.2, indirect: false, forbidGreedy: false, narrowTools: false },
  4: { size: 4, rules: 7, conditionals: 1, slack: 0.14, indirect: false, forbidGreedy: false, narrowTools: true },
  5: { size: 5, rules: 9, conditionals: 2, slack: 0.1, indirect: true, forbidGreedy: false, narrowTools: true },
  6: { size: 5, rules: 11, conditionals: 2, slack: 0.06, indirect: true, forbidGreedy: true, narrowTools: true },
  7: { size: 6, rules: 12, conditionals: 3, slack: 0.03, indirect: true, forbidGreedy: true, narrowTools: true },
  8: { size: 6, rules: 13, conditionals: 4, slack: 0.01, indirect: true, forbidGreedy: true, narrowTools: true },
} as const satisfies Record<number, LevelSpec>;
