import { join, resolve } from 'node:path';
import type { GithubRecord, RecordBatch } from '../../../ports/github-record.ts';
import type { Hub, PullRequestSource } from '../../../ports/hub.ts';
import { contentHash } from '../../../util/canonical-json.ts';
import { createStoreHub } from '../store/hub.ts';
import { createStoreSource, type Selection } from '../store/source.ts';
import { type ImportOptions, openRecordStore } from '../store/store.ts';
import { findClones } from './clones.ts';
import { type DumpFile, findDumpFiles } from './files.ts';
import { readDumpLines } from './lines.ts';
import { toRecords } from './to-records.ts';

export interface DumpOptions extends ImportOptions {
  /** A folder of JSONL files, or one such file. */
  readonly path: string;
  /** Where the index is kept, so that a second run need not read the dump again. */
  readonly cache: string;
  readonly selection: Selection;
}

export interface Dump extends Disposable {
  readonly hub: Hub;
  readonly source: PullRequestSource;
}

/** Opens a dump of GitHub's objects. Throws UsageError where it is none. */
export async function openDump(options: DumpOptions, signal: AbortSignal): Promise<Dump> {
  const root = resolve(options.path);
  const files = await findDumpFiles(root);
  const identity = contentHash(files.map(({ path, sizeBytes, changedMs }) => [path, sizeBytes, changedMs]));
  const store = await openRecordStore(join(options.cache, 'dump', `${identity.slice(0, 16)}.sqlite`));
  using stack = new DisposableStack();
  stack.use(store);
  await store.import(files.map(toBatch), options, signal);
  const clones = await findClones(files, signal);
  const hub = createStoreHub(store, { name: 'the dump', cloneOf: (name) => clones.get(name.toLowerCase()) });
  const source = createStoreSource(store, {
    selection: options.selection,
    decoders: { pull: 'dump', index: 'dump' },
    isChanging: true,
  });
  const opened = stack.move();
  return { hub, source, [Symbol.dispose]: () => opened.dispose() };
}

function toBatch(file: DumpFile): RecordBatch {
  return {
    name: file.path,
    async *records(signal): AsyncGenerator<GithubRecord> {
      for await (const line of readDumpLines(file.path, signal)) yield* toRecords(line, file.kind, file.folder);
    },
  };
}
