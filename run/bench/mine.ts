import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findArchiveFiles, toArchiveBatches } from '../src/adapters/duckdb/index.ts';
import { openRecordStore } from '../src/adapters/github/store/store.ts';
import { openJsonlLedger } from '../src/adapters/ledger/index.ts';
import { formatLedgerLine } from '../src/domain/ledger.ts';
import { contentHash } from '../src/util/canonical-json.ts';
import { writeArchive } from '../test/fakes/archive.ts';

// npx node bench/mine.ts [hours] [events an hour] [lines of the ledger]
const [hours = 4, events = 180_000, lines = 1_000_000] = process.argv.slice(2).map(Number);
const signal = new AbortController().signal;
const root = await mkdtemp(join(tmpdir(), 'envmint-bench-'));
try {
  for (const era of ['full', 'slim'] as const) await measureArchive(era);
  await measureLedger();
} finally {
  await rm(root, { recursive: true });
}

/** One hour many times over: the time of an hour and the memory of all. */
async function measureArchive(era: 'full' | 'slim'): Promise<void> {
  const first = join(root, `${era}-0.json.gz`);
  await writeArchive(first, { seed: era, events, era });
  const paths = Array.from({ length: hours }, (_, hour) => join(root, `${era}-${hour}.json.gz`));
  for (const path of paths.slice(1)) await copyFile(first, path);
  const bytes = (await stat(first)).size;

  const unpacked = timed(() => execFileSync('bash', ['-c', `gzip -dc '${first}' | wc -c`], { encoding: 'utf8' }));
  const counted = timed(() => execFileSync('bash', ['-c', `gzip -dc '${first}' | wc -l`]));
  const rows: string[] = [];
  for (const path of paths) {
    const startMs = performance.now();
    let records = 0;
    for (const batch of toArchiveBatches(await findArchiveFiles([path]), { say: console.log })) {
      for await (const _ of batch.records(signal)) records++;
    }
    const ms = performance.now() - startMs;
    rows.push(`  ${ms.toFixed(0)} ms, ${(counted.ms / ms).toFixed(2)} × gzip, ${records} records, peak ${peakMb()} MB`);
  }
  console.log(
    `${era}: ${events} events, ${mb(bytes)} MB packed, ${mb(Number(unpacked.value))} MB; gzip -dc | wc -l: ${counted.ms.toFixed(0)} ms`,
  );
  console.log(`read each of ${hours} hours:\n${rows.join('\n')}`);

  const startMs = performance.now();
  using store = await openRecordStore(join(root, `${era}.sqlite`));
  await store.import(toArchiveBatches(await findArchiveFiles(paths), { say: console.log }), {}, signal);
  const ms = performance.now() - startMs;
  console.log(
    `read and file all: ${ms.toFixed(0)} ms, ${((hours * counted.ms) / ms).toFixed(2)} × gzip, peak ${peakMb()} MB`,
  );
}

/** How long a run with that many outcomes takes to be ready again, and to find each of them. */
async function measureLedger(): Promise<void> {
  const path = join(root, 'ledger.jsonl');
  const file = await open(path, 'w');
  let text = '';
  for (let index = 0; index < lines; index++) {
    text += ledgerLine(index);
    if (text.length > 2 ** 22 || index === lines - 1) {
      await file.appendFile(text);
      text = '';
    }
  }
  await file.close();
  const openMs = performance.now();
  await using ledger = await openJsonlLedger(path);
  const readyMs = performance.now();
  for (let index = 0; index < lines; index++) await ledger.find('mine', keyOf(index));
  const doneMs = performance.now();
  console.log(
    `ledger of ${ledger.size} candidates, ${mb((await stat(path)).size)} MB: ready after ${(readyMs - openMs).toFixed(0)} ms, all replayed after ${(doneMs - openMs).toFixed(0)} ms, peak ${peakMb()} MB`,
  );
}

function keyOf(index: number): string {
  return contentHash({ repository: 'acme/tool', number: index + 1 });
}

function ledgerLine(index: number): string {
  const [key, number] = [keyOf(index), index + 1];
  const id = `acme__tool-${number}`;
  const output = { id, repository: 'acme/tool', number, path: `candidates/acme__tool/${number}.json`, hash: key };
  const outcome = { kind: 'kept', output } as const;
  const at = '2024-01-01T00:00:00.000Z';
  return formatLedgerLine({
    v: 1,
    stage: 'mine',
    version: '1',
    key,
    item: `acme/tool#${number}`,
    outcome,
    ms: 1,
    attempts: 1,
    at,
  });
}

function timed<T>(work: () => T): { readonly ms: number; readonly value: T } {
  const startMs = performance.now();
  const value = work();
  return { ms: performance.now() - startMs, value };
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function peakMb(): string {
  return (process.resourceUsage().maxRSS / 1000).toFixed(0);
}
