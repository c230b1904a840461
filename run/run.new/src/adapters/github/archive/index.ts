import { join } from 'node:path';
import type { RecordBatch } from '../../../ports/github-record.ts';
import type { Hub, PullRequestSource } from '../../../ports/hub.ts';
import { contentHash } from '../../../util/canonical-json.ts';
import { createStoreHub } from '../store/hub.ts';
import { createStoreSource, type Selection } from '../store/source.ts';
import { type ImportOptions, openRecordStore } from '../store/store.ts';

export interface ArchiveIndexOptions extends ImportOptions {
  readonly batches: readonly RecordBatch[];
  /** Where the index is kept, so that a second run need not read the archive again. */
  readonly cache: string;
  readonly selection: Selection;
}

export interface ArchiveIndex extends Disposable {
  /** Knows what full events carried; slim ones have to be looked up elsewhere. */
  readonly hub: Hub;
  readonly source: PullRequestSource;
}

/** Files the records of an archive, or finds them filed. What an interrupted run filed stays. */
export async function openArchiveIndex(options: ArchiveIndexOptions, signal: AbortSignal): Promise<ArchiveIndex> {
  const { batches, cache, selection } = options;
  const identity = contentHash(batches.map(({ name }) => name));
  const store = await openRecordStore(join(cache, 'archive', `${identity.slice(0, 16)}.sqlite`));
  using stack = new DisposableStack();
  stack.use(store);
  await store.import(batches, options, signal);
  const hub = createStoreHub(store, { name: 'the archive', cloneOf: () => undefined });
  const source = createStoreSource(store, {
    selection,
    decoders: { pull: 'archive-full', index: 'archive-slim' },
    isChanging: false,
  });
  const opened = stack.move();
  return { hub, source, [Symbol.dispose]: () => opened.dispose() };
}
