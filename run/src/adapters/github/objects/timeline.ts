import { z } from 'zod';
import type { IssueAddress } from '../../../domain/candidate.ts';
import type { HubClosing, HubRename } from '../../../ports/hub.ts';
import { addressOf } from './parts.ts';

const Event = z.object({
  /** GraphQL. */
  __typename: z.string().optional(),
  /** REST. */
  event: z.string().optional(),
  createdAt: z.string().nullish(),
  closer: z
    .object({ __typename: z.string().optional(), number: z.number().optional(), oid: z.string().optional() })
    .loose()
    .nullish(),
  commitId: z.string().nullish(),
  source: z.unknown().optional(),
  rename: z.object({ from: z.string(), to: z.string() }).nullish(),
  previousTitle: z.string().nullish(),
  currentTitle: z.string().nullish(),
});
type Event = z.infer<typeof Event>;

interface Timeline {
  readonly closings: readonly HubClosing[];
  readonly renames: readonly HubRename[];
  readonly crossReferences: readonly IssueAddress[];
  /** REST mixes comments in. */
  readonly comments: readonly unknown[];
}

/** What the events of an issue in `repository` say; kinds that we do not know are passed over. */
export function toTimeline(items: readonly unknown[], repository: string): Timeline {
  const comments = items.filter((item) => Event.safeParse(item).data?.event === 'commented');
  const events = items.flatMap((item) => Event.safeParse(item).data ?? []);
  return {
    closings: events.filter(isA('ClosedEvent', 'closed')).map((event) => toClosing(event, repository)),
    renames: events.filter(isA('RenamedTitleEvent', 'renamed')).flatMap(toRename),
    crossReferences: unique(
      events.filter(isA('CrossReferencedEvent', 'cross-referenced')).flatMap((event) => toSource(event) ?? []),
    ),
    comments,
  };
}

function isA(typename: string, name: string): (event: Event) => boolean {
  return (event) => event.__typename === typename || event.event === name;
}

function toClosing({ closer, commitId, createdAt }: Event, repository: string): HubClosing {
  const at = createdAt ?? '';
  const sha = closer?.oid ?? commitId;
  if (closer?.number !== undefined) {
    const address = addressOf(closer) ?? { repository, number: closer.number };
    return { at, closer: { kind: 'pull-request', address } };
  }
  return { at, closer: sha ? { kind: 'commit', sha } : null };
}

function toRename({ rename, previousTitle, currentTitle, createdAt }: Event): HubRename[] {
  const from = rename?.from ?? previousTitle;
  const to = rename?.to ?? currentTitle;
  return from != null && to != null ? [{ at: createdAt ?? '', from, to }] : [];
}

/** GraphQL: the issue or pull request itself; REST: below `issue`. */
function toSource({ source }: Event): IssueAddress | undefined {
  if (typeof source !== 'object' || source === null) return undefined;
  return addressOf('issue' in source ? source.issue : source);
}

function unique(addresses: readonly IssueAddress[]): IssueAddress[] {
  return [...new Map(addresses.map((address) => [`${address.repository}#${address.number}`, address])).values()];
}
