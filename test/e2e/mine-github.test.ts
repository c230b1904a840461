import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/index.ts';
import { envmint } from '../fakes/cli.ts';
import { type Crawl, makeCrawl } from '../fakes/crawl.ts';
import { startGithubWorld } from '../fakes/github-world.ts';

let root: string;
let crawl: Crawl;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'envmint-mine-'));
  crawl = await makeCrawl(join(root, 'crawl'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

interface Over {
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  /** What is mined. */
  readonly what?: readonly string[];
  readonly cache?: string;
}

function mine(
  site: string,
  runId: string,
  {
    signal = new AbortController().signal,
    env = { GITHUB_TOKEN: 'x' },
    what = ['--repo', 'acme/tool'],
    cache = `cache-${runId}`,
  }: Over = {},
) {
  const places = ['--out', join(root, 'runs'), '--cache', join(root, cache), '--run-id', runId];
  const argv = ['mine', ...what, '--github-url', site, '--no-pace', '--jobs', '1', ...places];
  return envmint(argv, { env: { PATH: process.env.PATH, ...env }, clock: systemClock, signal });
}

const candidates = (runId: string) => readFile(join(root, 'runs', runId, 'candidates.jsonl'), 'utf8');

describe('mine --repo', () => {
  it('gives the same candidates as a dump of the same things', async () => {
    await using github = await startGithubWorld(crawl);
    const { code } = await mine(github.site, 'live');
    const dump = [
      '--dump',
      crawl.folder,
      '--out',
      join(root, 'runs'),
      '--cache',
      join(root, 'cache'),
      '--run-id',
      'dump',
    ];
    await envmint(['mine', ...dump], { env: { PATH: process.env.PATH }, clock: systemClock });

    expect(code).toBe(0);
    expect((await candidates('live')).replaceAll('"decoder":"github"', '"decoder":"dump"')).toBe(
      await candidates('dump'),
    );
    expect(github.asked.filter((name) => name === 'PullRequest')).toEqual([]);
  });

  it('gives the same bytes after an interruption at any request', async () => {
    await using whole = await startGithubWorld(crawl);
    await mine(whole.site, 'live');
    const expected = await candidates('live');
    expect(whole.asked.length).toBeGreaterThan(4);

    for (let request = 1; request <= whole.asked.length; request++) {
      const stop = new AbortController();
      const runId = `stopped-${request}`;
      // The address is one of the settings, so both parts of a run ask the same server.
      await using github = await startGithubWorld(crawl, (count) => count === request && stop.abort());
      const first = await mine(github.site, runId, { signal: stop.signal });
      expect(first.code).toBe(130);
      expect((await mine(github.site, runId)).code).toBe(0);
      expect(await candidates(runId)).toBe(expected);
    }
  });

  it('gives the same in two runs that share a cache at the same time', async () => {
    await using github = await startGithubWorld(crawl);
    const codes = await Promise.all(['one', 'two'].map((runId) => mine(github.site, runId, { cache: 'shared' })));

    expect(codes.map(({ code }) => code)).toEqual([0, 0]);
    expect(await candidates('one')).toBe(await candidates('two'));
    expect(await candidates('one')).not.toBe('');
  });

  it('takes repositories from a file, pasted as addresses or by name, and the token of gh', async () => {
    await using github = await startGithubWorld(crawl);
    const list = join(root, 'names.txt');
    await writeFile(list, `# mine\r\n${github.site}/acme/tool.git # twice\r\nacme/tool\r\n\r\n`);
    const hosts = `${new URL(github.site).host}:\n    user: ada\n    oauth_token: kept-by-gh\n`;
    await writeFile(join(root, 'hosts.yml'), hosts);
    const { code } = await mine(github.site, 'list', { what: ['--repos', list], env: { GH_CONFIG_DIR: root } });
    await mine(github.site, 'named');

    expect(code).toBe(0);
    expect(github.tokens).toEqual(new Set(['token kept-by-gh', 'token x']));
    expect(await candidates('list')).toBe(await candidates('named'));
  });

  it('explains one pull request', async () => {
    await using github = await startGithubWorld(crawl);
    const { code, stdout } = await mine(github.site, 'x', { what: ['--explain', 'acme/tool#3'] });

    expect(code).toBe(0);
    expect(stdout).toContain('acme/tool#3 (from github)');
    expect(stdout).toContain('judged: passes every rule');
  });

  it('says so where there is no pull request to explain', async () => {
    await using github = await startGithubWorld(crawl);
    const { code, stdout } = await mine(github.site, 'x', { what: ['--explain', 'acme/tool#999'] });

    expect(code).toBe(0);
    expect(stdout).toContain('rejected: pull-request-gone: the host has no such pull request any more');
  });

  it('says what to set where there is no token', async () => {
    const { code, stderr } = await mine('https://github.com', 'none', { env: {} });

    expect(code).toBe(2);
    expect(stderr).toContain('set GITHUB_TOKEN');
  });
});
