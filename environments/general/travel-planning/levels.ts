import type { Level } from '../../../src/domain/task.ts';
import type { LevelSpec } from '../../../src/stages/synthesize/pack.ts';

const level = (size: number, rules: number, conditionals: number, slack: number) => ({ size, rules, conditionals, slack });

/** Size is the number of days; from four days on the way there, onward and back is part of the answer. */
export const levels: Readonly<Record<Level, LevelSpec>> = {
  1: { ...level(2, 2, 0, 0.35), indirect: false, forbidGreedy: false, narrowTools: false },
  2: { ...level(3, 3, 1, 0.28), indirect: false, forbidGreedy: false, narrowTools: false },
  3: { ...level(3, 5, 1, 0.2), indirect: false, forbidGreedy: false, narrowTools: false },
  4: { ...level(4, 7, 2, 0.14), indirect: false, forbidGreedy: false, narrowTools: true },
  5: { ...level(5, 9, 2, 0.09), indirect: true, forbidGreedy: false, narrowTools: true },
  6: { ...level(6, 11, 3, 0.05), indirect: true, forbidGreedy: true, narrowTools: true },
  7: { ...level(7, 14, 4, 0.03), indirect: true, forbidGreedy: true, narrowTools: true },
  8: { ...level(8, 17, 5, 0.01), indirect: true, forbidGreedy: true, narrowTools: true },
};
