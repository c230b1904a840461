import type { Hub } from '../../ports/hub.ts';

/** Asks `first`, and `second` for what is gone there. */
export function createFallbackHub(first: Hub, second: Hub): Hub {
  return {
    // Licence and size are those of today where somebody knows them.
    async repository(name, signal) {
      const found = await second.repository(name, signal);
      return found.kind === 'found' ? found : first.repository(name, signal);
    },
    async pullRequest(address, signal) {
      const found = await first.pullRequest(address, signal);
      return found.kind === 'found' ? found : second.pullRequest(address, signal);
    },
    async issue(address, signal) {
      const found = await first.issue(address, signal);
      return found.kind === 'gone' ? second.issue(address, signal) : found;
    },
    mergeBase: (commits, signal) => second.mergeBase(commits, signal),
  };
}
