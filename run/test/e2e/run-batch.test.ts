import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runBatch } from '../../src/cli/run-batch.ts';
import { parseLedgerLine } from '../../src/domain/ledger.ts';
import { createFakeDeps } from '../fakes/cli.ts';
import { createToyBatch } from './toy-batch.ts';

const count = 60;
const script = fileURLToPath(new URL('./toy-batch.ts', import.meta.url));
let out = '';

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'envmint-e2e-'));
});
afterEach(() => rmSync(out, { recursive: true }));

/** Path → content of everything in the run that two runs of one config have in common. */
function readRun(folder: string): Record<string, string> {
  const [run = ''] = readdirSync(folder);
  const paths = readdirSync(join(folder, run), { recursive: true }).map(String);
  const files = paths.filter((path) => statSync(join(folder, run, path)).isFile() && !/ledger|events/.test(path));
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(folder, run, path), 'utf8')]));
}

async function runWhole(folder: string, jobs = 3) {
  const deps = createFakeDeps();
  const options = { out: folder, jobs, retryFailed: false, json: false };
  const code = await runBatch(
    createToyBatch(count, async () => {}),
    options,
    { ...deps, exitWith: () => {} },
  );
  return { code, ...deps.said() };
}

/** Runs until so many numbers have been begun. */
function runAndStop(folder: string, signal: 'SIGKILL' | 'SIGINT', after: number): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, folder, String(count), signal, String(after)], { stdio: 'ignore' });
    child.on('exit', resolve);
  });
}

describe('runBatch', () => {
  it('writes the same bytes at any concurrency, and a funnel', async () => {
    const { code, stdout } = await runWhole(join(out, 'a'), 1);
    await runWhole(join(out, 'b'), 7);

    expect(code).toBe(0);
    expect(stdout).toContain('make rejected 12: round');
    expect(readRun(join(out, 'b'))).toEqual(readRun(join(out, 'a')));
    expect(Object.keys(readRun(join(out, 'a')))).toHaveLength(2 + 48 * 2);
  });

  it.each(['SIGKILL', 'SIGINT'] as const)(
    'gives the bytes of an uninterrupted run after %s at several moments',
    async (signal) => {
      await runWhole(join(out, 'whole'));
      const codes: (number | null)[] = [];
      for (const after of [1, 10, 25]) codes.push(await runAndStop(join(out, 'cut'), signal, after));

      const { code, stderr } = await runWhole(join(out, 'cut'));

      expect(codes).toEqual(codes.map(() => (signal === 'SIGINT' ? 130 : null)));
      expect(stderr).toContain('resumed with');
      expect(code).toBe(0);
      expect(readRun(join(out, 'cut'))).toEqual(readRun(join(out, 'whole')));
    },
  );

  it('works every input once over all interruptions that are asked politely', async () => {
    for (const after of [10, 30]) await runAndStop(join(out, 'cut'), 'SIGINT', after);
    await runWhole(join(out, 'cut'));

    const [run = ''] = readdirSync(join(out, 'cut'));
    const lines = readFileSync(join(out, 'cut', run, 'ledger.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(parseLedgerLine);
    const ids = lines.map((line) => `${line?.stage} ${line?.key}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(60 + 48);
  });
});
