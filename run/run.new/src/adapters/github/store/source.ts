import type { Decoder } from '../../../domain/candidate.ts';
import type { PullRequestSource } from '../../../ports/hub.ts';
import type { FiledPull, RecordStore } from './store.ts';

/** Which pull requests are wanted; nothing given means all. */
export interface Selection {
  /** "owner/name". */
  readonly repositories?: readonly string[] | undefined;
  /** ISO 8601: merged at or after. */
  readonly since?: string | undefined;
  /** ISO 8601: merged before. */
  readonly until?: string | undefined;
}

interface SourceOptions {
  readonly selection: Selection;
  readonly decoders: Readonly<Record<FiledPull['kind'], Decoder>>;
  /** Whether the store may say something else of a repository next time: its pull requests are then worked again. */
  readonly isChanging: boolean;
}

/** The pull requests of `store`, by repository and number. What is not known to lie outside of the selection is inside. */
export function createStoreSource(
  store: RecordStore,
  { selection, decoders, isChanging }: SourceOptions,
): PullRequestSource {
  const isWanted = wantedBy(selection);
  const editions = new Map<string, string>();
  const editionOf = (repository: string): string => {
    const name = repository.toLowerCase();
    const edition = editions.get(name) ?? store.edition(repository);
    editions.set(name, edition);
    return edition;
  };
  return {
    async *refs(signal) {
      for (const pull of store.pulls()) {
        signal.throwIfAborted();
        if (!isWanted(pull)) continue;
        const { kind, repository, number, mergedAt, author } = pull;
        const isMerged = mergedAt === undefined ? undefined : mergedAt !== null;
        const ref = { repository, number, decoder: decoders[kind], isMerged, author };
        yield isChanging ? { ...ref, edition: editionOf(repository) } : ref;
      }
    },
  };
}

function wantedBy({ repositories, since, until }: Selection): (pull: FiledPull) => boolean {
  const names = repositories && new Set(repositories.map((name) => name.toLowerCase()));
  const [from, to] = [toMs(since) ?? Number.NEGATIVE_INFINITY, toMs(until) ?? Number.POSITIVE_INFINITY];
  return ({ repository, mergedAt }) => {
    if (names && !names.has(repository.toLowerCase())) return false;
    const ms = toMs(mergedAt);
    return ms === undefined || (ms >= from && ms < to);
  };
}

function toMs(at: string | null | undefined): number | undefined {
  return at == null ? undefined : Date.parse(at);
}
