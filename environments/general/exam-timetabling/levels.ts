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
  4: { size: 9, rules: 8, conditionals: 2, slack: 0.14, ...NARROW },
  5: { size: 12, rules: 10, conditionals: 2, slack: 0.09, ...INDIRECT },
  6: { size: 15, rules: 12, conditionals: 3, slack: 0.06, ...ALL },
  7: { size: 18, rules: 14, conditionals: 3, slack: 0.03, ...ALL },
  8: { size: 22, rules: 16, conditionals: 4, slack: 0.01, ...ALL },
};
