import type { Level } from '../../../src/domain/task.ts';
import type { LevelSpec } from '../../../src/stages/synthesize/pack.ts';

const OFF = { indirect: false, forbidGreedy: false, narrowTools: false };
const NARROW = { ...OFF, narrowTools: true };
const INDIRECT = { ...NARROW, indirect: true };
const ALL = { ...INDIRECT, forbidGreedy: true };

/** Size is the number of exams; each has two slots, a sitting and a duty. */
export const levels: Readonly<Record<Level, LevelSpec>> = {
  1: { size: 4, rules: 2, conditionals: 0, slack: 0.35, ...OFF },
  2: { size: 5, rules: 4, conditionals: 0, slack: 0.28, ...OFF },
  3: { size: 7, rules: 6, conditionals: 1, slack: 0.2, ...OFF },
  4: { size: 10, rules: 7, conditionals: 2, slack: 0.14, ...NARROW },
  5: { size: 13, rules: 9, conditionals: 2, slack: 0.1, ...INDIRECT },
  6: { size: 16, rules: 10, conditionals: 3, slack: 0.07, ...ALL },
  7: { size: 19, rules: 11, conditionals: 3, slack: 0.04, ...ALL },
  8: { size: 22, rules: 12, conditionals: 4, slack: 0.02, ...ALL },
};
