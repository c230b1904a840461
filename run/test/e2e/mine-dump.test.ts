import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/index.ts';
import { Candidate } from '../../src/domain/candidate.ts';
import { Summary } from '../../src/domain/summary.ts';
import { envmint } from '../fakes/cli.ts';
import { makeCrawl } from '../fakes/crawl.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'envmint-mine-'));
  await makeCrawl(join(root, 'crawl'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

function mine(runId: string, over: { args?: string[]; signal?: AbortSignal } = {}) {
  const places = ['--dump', join(root, 'crawl'), '--out', join(root, 'runs'), '--cache', join(root, 'cache')];
  const argv = ['mine', ...places, '--run-id', runId, '--jobs', '2', ...(over.args ?? [])];
  const signal = over.signal ?? new AbortController().signal;
  return envmint(argv, { env: { PATH: process.env.PATH }, clock: systemClock, signal });
}

const read = (runId: string, file: string) => readFile(join(root, 'runs', runId, file), 'utf8');

/** Interrupts a run once it has told of that many outcomes. */
async function stopAt(outcome: number, runId: string): Promise<number> {
  const stop = new AbortController();
  let outcomes = 0;
  const stdout = {
    write(text: string) {
      if (text.startsWith('{"type":"item"') && ++outcomes === outcome) stop.abort();
    },
  };
  const places = ['--dump', join(root, 'crawl'), '--out', join(root, 'runs'), '--cache', join(root, 'cache')];
  const argv = ['mine', ...places, '--run-id', runId, '--jobs', '1', '--json'];
  return (await envmint(argv, { env: { PATH: process.env.PATH }, clock: systemClock, signal: stop.signal, stdout }))
    .code;
}

describe('mine --dump', () => {
  it('writes the candidates of a crawl, and says why the rest is none', async () => {
    const { code, stdout } = await mine('one');
    const lines = (await read('one', 'candidates.jsonl')).trimEnd().split('\n');
    const candidates = lines.map((line) => Candidate.parse(JSON.parse(line)));
    const summary = Summary.parse(JSON.parse(await read('one', 'summary.json')));

    expect({ code, ids: candidates.map(({ id }) => id) }).toEqual({ code: 0, ids: ['acme__tool-3', 'acme__tool-4'] });
    expect(candidates[0]).toMatchObject({ decoder: 'dump', license: 'MIT', language: 'python' });
    expect(candidates[0]?.goldPatch).toContain('src/total.py');
    expect(candidates[0]?.goldPatch).not.toContain('tests/');
    expect(candidates[0]?.testPatch).toContain('tests/test_total.py');
    expect(candidates[0]?.problemStatement).toContain('Привет 👋');
    expect(candidates[0]?.hints).toContain('with version two');
    expect(summary.stages.map(({ stage, inputs, kept }) => [stage, inputs, kept])).toEqual([
      ['mine', 5, 2],
      ['judge', 2, 2],
      ['distinct', 2, 2],
    ]);
    expect(summary.stages[0]?.rejected).toEqual({ 'no-link': 1, 'no-tests': 1, 'not-merged': 1 });
    expect(stdout).toContain('mine rejected 1: no-link');
  });

  it('gives the same bytes after an interruption at any outcome', async () => {
    await mine('whole');
    const whole = await read('whole', 'candidates.jsonl');

    for (let outcome = 1; outcome <= 9; outcome++) {
      const runId = `stopped-${outcome}`;
      expect(await stopAt(outcome, runId)).toBe(130);
      expect((await mine(runId)).code).toBe(0);
      expect(await read(runId, 'candidates.jsonl')).toBe(whole);
      expect(await read(runId, 'summary.json')).toBe(await read('whole', 'summary.json'));
    }
  });

  it('gives the same bytes after a ledger was cut at any byte', async () => {
    await mine('whole');
    const [whole, ledger] = [await read('whole', 'candidates.jsonl'), await read('whole', 'ledger.jsonl')];

    for (const share of [0, 0.21, 0.5, 0.83, 0.999]) {
      await cp(join(root, 'runs/whole'), join(root, 'runs/cut'), { recursive: true });
      await rm(join(root, 'runs/cut/candidates.jsonl'));
      await writeFile(join(root, 'runs/cut/ledger.jsonl'), ledger.slice(0, Math.floor(ledger.length * share)));
      expect((await mine('cut')).code).toBe(0);
      expect(await read('cut', 'candidates.jsonl')).toBe(whole);
      await rm(join(root, 'runs/cut'), { recursive: true });
    }
  });

  it('works again what the dump tells otherwise by now, and only that', async () => {
    await mine('same');
    const said = async () => {
      const { stdout } = await mine('same', { args: ['--json'] });
      return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    };
    expect(await said()).toMatchObject({ type: 'summary', replayed: 9 });

    const issues = join(root, 'crawl/acme/tool/issues.jsonl');
    await writeFile(issues, (await readFile(issues, 'utf8')).replaceAll('👋', '🙂'));

    // The other candidate came out the same: it was judged, and compared, before.
    expect((await said()).replayed).toBe(2);
    expect(await read('same', 'candidates.jsonl')).toContain('Привет 🙂');
  });

  it('explains one pull request', async () => {
    const { code, stdout } = await mine('x', { args: ['--explain', 'acme/tool#3'] });

    expect(code).toBe(0);
    expect(stdout).toContain('acme/tool#3 (from dump)');
    expect(stdout).toContain('judged: passes every rule');
    const other = await mine('x', { args: ['--explain', 'acme/tool#5'] });
    expect(other.stdout).toContain('rejected: no-link');
  });

  it('narrows a dump to repositories and days', async () => {
    await mine('none', { args: ['--repo', 'acme/other'] });
    expect(await read('none', 'candidates.jsonl')).toBe('');
    const { stdout } = await mine('late', { args: ['--since', '2024-01-01'] });
    expect(stdout).toMatch(/mine\s+1\s/);
  });

  it.each([
    [['--dump', '/no/such/place'], 'there is no dump at /no/such/place'],
    [['--archive', 'x.json.gz'], 'choose one source'],
    [['--set', 'minWord=3'], 'there is no such setting'],
    [['--repo', 'tool'], 'give it as owner/name'],
    [['--since', 'yesterday'], 'give a day such as'],
    [['--explain', 'acme/tool'], 'owner/name#12'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await mine('x', { args });

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
