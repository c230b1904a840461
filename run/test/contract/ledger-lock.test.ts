import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJsonlLedger } from '../../src/adapters/ledger/index.ts';
import { formatLedgerLine, type LedgerLine } from '../../src/domain/ledger.ts';
import { UsageError } from '../../src/util/errors.ts';

const line: LedgerLine = {
  v: 1,
  stage: 's',
  version: '1',
  key: 'k',
  item: 'i',
  outcome: { kind: 'kept', output: 'x'.repeat(700) },
  ms: 0,
  attempts: 1,
  at: '2026-01-01T00:00:00.000Z',
};
let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'envmint-lock-'));
  path = join(folder, 'ledger.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('openJsonlLedger', () => {
  it('refuses a second writer of this process, and lets it in once the first is done', async () => {
    const first = await openJsonlLedger(path);

    await expect(openJsonlLedger(path)).rejects.toThrow(UsageError);
    await first[Symbol.asyncDispose]();
    await using second = await openJsonlLedger(path);

    expect(second.size).toBe(0);
  });

  it('names the living process that holds the lock', async () => {
    const other = spawn('sleep', ['60']);
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: other.pid, host: hostname(), birth: null, token: 't' }));

    await expect(openJsonlLedger(path)).rejects.toThrow(`in use by process ${other.pid}`);

    other.kill('SIGKILL');
  });

  it('believes a lock of another machine', async () => {
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: 1, host: 'elsewhere', birth: null, token: 't' }));

    await expect(openJsonlLedger(path)).rejects.toThrow('process 1 on elsewhere');
  });

  it.each([
    [
      'of a dead process',
      () => JSON.stringify({ pid: spawnSync('true').pid, host: hostname(), birth: null, token: 't' }),
    ],
    [
      'of a process whose id another one has now',
      () => JSON.stringify({ pid: process.ppid, host: hostname(), birth: '1', token: 't' }),
    ],
    [
      'of an earlier process with our id',
      () => JSON.stringify({ pid: process.pid, host: hostname(), birth: '1', token: 't' }),
    ],
    ['that is torn', () => '{"pid":'],
    ['that is empty', () => ''],
  ])('takes over a lock %s', async (_, lock) => {
    writeFileSync(`${path}.lock`, lock());
    {
      await using ledger = await openJsonlLedger(path);
      await ledger.append(line);
      expect(JSON.parse(readFileSync(`${path}.lock`, 'utf8')).pid).toBe(process.pid);
    }

    expect(readdirSync(folder)).toEqual(['ledger.jsonl']);
  });

  it('says what to do where the file cannot be opened, and leaves no lock', async () => {
    const bad = join(folder, 'file', 'ledger.jsonl');
    writeFileSync(join(folder, 'file'), '');

    await expect(openJsonlLedger(bad)).rejects.toMatchObject({
      boundary: 'disk',
      message: expect.stringContaining('--out'),
    });
    await expect(openJsonlLedger(folder)).rejects.toMatchObject({ boundary: 'disk' });
    await using ledger = await openJsonlLedger(path);
    expect(readdirSync(folder).sort()).toEqual(['file', 'ledger.jsonl', 'ledger.jsonl.lock']);
    expect(ledger.skippedLines).toBe(0);
  });

  it('loses nothing when the disk takes half a line: the rest is owed and the next run goes on', async () => {
    const script = fileURLToPath(new URL('./toys/fill-ledger.ts', import.meta.url));
    // The limit is in KiB; an ignored SIGXFSZ makes it an error of the write, in the middle of a line.
    const filled = spawnSync('bash', [
      '-c',
      'trap "" XFSZ; ulimit -f 8; exec "$0" "$@"',
      process.execPath,
      script,
      path,
      '30',
    ]);
    const said = filled.stdout.toString();
    expect(said).toMatch(/^\d+ appended, then disk: .*run the same command again/);

    await using ledger = await openJsonlLedger(path);

    const appended = Number.parseInt(said, 10);
    expect(appended).toBeGreaterThan(3);
    expect([ledger.size, ledger.skippedLines]).toEqual([appended, 1]);
    await ledger.append({ ...line, key: 'next' });
    expect(await ledger.find('s', 'next')).toMatchObject({ item: 'i' });
  });

  it('opens a hundred thousand lines within seconds', async () => {
    const count = 100_000;
    const text = Array.from({ length: count }, (_, index) =>
      formatLedgerLine({ ...line, key: `k${index}`, outcome: { kind: 'kept', output: 1 } }),
    );
    writeFileSync(path, text.join(''));
    const start = performance.now();

    await using ledger = await openJsonlLedger(path);

    expect(ledger.size).toBe(count);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(await ledger.find('s', 'k77777')).toMatchObject({ key: 'k77777' });
  });
});
