import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BenchOptions } from '../options.ts';
import { type MemorySample, sampleMemory } from './memory.ts';

/** Memory at a moment of the run. */
export interface Sample extends MemorySample {
  /** Since the start of this part of the run. */
  readonly ms: number;
  /** Tasks that had passed or failed the audit by then, earlier parts included. */
  readonly audited: number;
}

/** One go at a run: a run that was interrupted and resumed has several. */
export interface Part {
  readonly command: string;
  readonly ms: number;
  /** Tasks kept in this part. */
  readonly kept: number;
  /** Outcomes that were found in the ledger. */
  readonly replayed: number;
  readonly jobs: number;
  readonly samples: readonly Sample[];
}

const SAMPLE_MS = 1000;

/** Runs `envmint synth` as a user would and looks at it from outside. Keeps what it measured in the run folder. */
export async function measureSynthesis(options: BenchOptions): Promise<string> {
  const folder = join(options.out, options.runId);
  const args = toArguments(options);
  const started = performance.now();
  const child = spawn(process.execPath, ['bin/envmint.mjs', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => child.kill(name));
  const count = { audited: 0, kept: 0, replayed: 0 };
  const samples: Sample[] = [];
  const timer = setInterval(() => {
    const memory = sampleMemory(child.pid as number);
    if (memory) samples.push({ ms: Math.round(performance.now() - started), audited: count.audited, ...memory });
  }, SAMPLE_MS);
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  for await (const line of createInterface({ input: child.stdout })) see(JSON.parse(line), count);
  const code = await ended;
  clearInterval(timer);
  const ms = performance.now() - started;
  const command = `envmint ${args.join(' ')}`;
  addPart(folder, { command, ms, kept: count.kept, replayed: count.replayed, jobs: options.jobs, samples });
  if (code !== 0) throw new Error(`envmint ${args.join(' ')} ended with ${code}; the same command goes on`);
  return folder;
}

interface Seen {
  readonly type: string;
  readonly stage?: string;
  readonly outcome?: { readonly kind: string };
  readonly isReplayed?: boolean;
  readonly replayed?: number;
}

function see(event: Seen, count: { audited: number; kept: number; replayed: number }): void {
  if (event.type === 'summary') count.replayed = event.replayed ?? 0;
  if (event.type !== 'item' || event.stage !== 'audit') return;
  count.audited++;
  if (event.outcome?.kind === 'kept' && !event.isReplayed) count.kept++;
  if (count.audited % 100 === 0) process.stderr.write(`${count.audited} tasks audited\n`);
}

function toArguments({
  domains,
  environments,
  tasksPerEnvironment,
  levels,
  seed,
  jobs,
  out,
  runId,
  python,
}: BenchOptions): string[] {
  const flags = {
    environments,
    'tasks-per-environment': tasksPerEnvironment,
    levels,
    seed,
    jobs,
    out,
    'run-id': runId,
    python,
  };
  return ['synth', ...domains, ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])];
}

const partsFile = (folder: string): string => join(folder, 'bench.json');

/** The parts of a run that were measured, the first one first; none where it was made without a look at it. */
export function readParts(folder: string): Part[] {
  return existsSync(partsFile(folder)) ? JSON.parse(readFileSync(partsFile(folder), 'utf8')) : [];
}

/** A part in which everything was replayed has nothing to tell. */
function addPart(folder: string, part: Part): void {
  if (part.kept > 0) writeFileSync(partsFile(folder), JSON.stringify([...readParts(folder), part]));
}
