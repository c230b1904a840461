import { formatAddress, type IssueAddress } from '../../../domain/candidate.ts';
import type { HubPullRequest } from '../../../ports/hub.ts';
import { toPullRequest } from '../objects/pull-request.ts';
import { ConnectionPage } from './pages.ts';

/** Pull requests that came along with a listing, kept until they are looked up. */
export interface Prefetch {
  /** Keeps what came whole. */
  put(object: unknown): void;
  /** Gives it away. */
  take(address: IssueAddress): HubPullRequest | undefined;
}

/** Room for what a run holds between listing and work; the oldest goes first. */
const most = 500;

export function createPrefetch(): Prefetch {
  const held = new Map<string, HubPullRequest>();
  return {
    put(object) {
      const pull = toWhole(object);
      if (!pull) return;
      held.set(keyOf(pull), pull);
      const [oldest] = held.keys();
      if (held.size > most && oldest !== undefined) held.delete(oldest);
    },
    take(address) {
      const pull = held.get(keyOf(address));
      held.delete(keyOf(address));
      return pull;
    },
  };
}

function keyOf(address: IssueAddress): string {
  return formatAddress(address).toLowerCase();
}

/** Undefined where pages are missing, or where it does not fit: the look-up will say so. */
function toWhole(object: unknown): HubPullRequest | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  const { commits, files } = object as { commits?: unknown; files?: unknown };
  if (![commits, files].every((part) => ConnectionPage.safeParse(part).data?.pageInfo.hasNextPage === false))
    return undefined;
  try {
    return toPullRequest(object);
  } catch {
    return undefined;
  }
}
