import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
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

/** One hour many times over: the time of an hour, beside gzip on the same file, and the memory of all. */
async function measureArchive(era: 'full' | 'slim'): Promise<void> {
  const first = join(root, `${era}-0.json.gz`);
  await writeArchive(first, { seed: era, events, era });
  const paths = Array.from({ length: hours }, (_, hour) => join(root, `${era}-${hour}.json.gz`));
  for (const path of paths.slice(1)) await copyFile(first, path);
  const unpacked = execFileSync('bash', ['-c', `gzip -dc '${first}' | wc -c`], { encoding: 'utf8' });
  console.log(`${era}: ${events} events, ${mb((await stat(first)).size)} MB packed, ${mb(Number(unpacked))} MB`);

  // Turn by turn, so that both meet the same load.
  const ratios = { cpu: [] as number[], wall: [] as number[] };
  for (const path of paths) {
    const counted = await timed(async () => execFileSync('bash', ['-c', `gzip -dc '${path}' | wc -l`]));
    const read = await timed(() => readHour(path));
    ratios.cpu.push(counted.cpuMs / read.cpuMs);
    ratios.wall.push(counted.wallMs / read.wallMs);
    console.log(`  gzip ${said(counted)}; read ${said(read)}, ${read.value} records, peak ${peakMb()} MB`);
  }
  console.log(
    `  median of ${hours}: ${median(ratios.cpu)} × gzip in processor time, ${median(ratios.wall)} in elapsed time`,
  );

  using store = await openRecordStore(join(root, `${era}.sqlite`));
  const filed = await timed(async () =>
    store.import(toArchiveBatches(await findArchiveFiles(paths), { say: console.log }), {}, signal),
  );
  console.log(`  read and file all: ${said(filed)}, peak ${peakMb()} MB`);
}

async function readHour(path: string): Promise<number> {
  let records = 0;
  for (const batch of toArchiveBatches(await findArchiveFiles([path]), { say: console.log })) {
    for await (const _ of batch.records(signal)) records++;
  }
  return records;
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

interface Timed<T> {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly value: T;
}

/** Processor time is that of this process and of the children that it waited for. */
async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const startMs = performance.now();
  const startCpuMs = await cpuMs();
  const value = await work();
  return { wallMs: performance.now() - startMs, cpuMs: (await cpuMs()) - startCpuMs, value };
}

/** From /proc, in ticks of 10 ms. */
async function cpuMs(): Promise<number> {
  const fields = (await readFile('/proc/self/stat', 'utf8')).replace(/^.*\) /, '').split(' ');
  return fields.slice(11, 15).reduce((ticks, field) => ticks + Number(field), 0) * 10;
}

function said({ wallMs, cpuMs }: Timed<unknown>): string {
  return `${cpuMs.toFixed(0)} ms of processor time, ${wallMs.toFixed(0)} ms elapsed`;
}

function median(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(2);
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function peakMb(): string {
  return (process.resourceUsage().maxRSS / 1000).toFixed(0);
}
