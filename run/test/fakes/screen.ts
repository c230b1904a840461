import type { Screen } from '../../src/ports/screen.ts';

/** Lets everything pass. */
export const judgeNothing: Screen = {
  version: '1',
  ref: async () => [],
  pullRequest: async () => [],
  repository: async () => [],
  candidate: async () => [],
};
