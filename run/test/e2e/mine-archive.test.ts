import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/index.ts';
import { Candidate } from '../../src/domain/candidate.ts';
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

const read = (runId: string, file: string) => readFile(join(root, 'runs', runId, file), 'utf8');

async function idsOf(runId: string): Promise<[string, string][]> {
  const lines = (await read(runId, 'candidates.jsonl')).split('\n').filter((line) => line !== '');
  return lines.map((line) => Candidate.parse(JSON.parse(line))).map(({ id, decoder }) => [id, decoder]);
}

function mine(runId: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const places = ['--archive', join(root, 'hours'), '--out', join(root, 'runs'), '--cache', join(root, 'cache')];
  const argv = ['mine', ...places, '--run-id', runId, '--jobs', '1', ...args];
  return envmint(argv, { env: { PATH: process.env.PATH, ...env }, clock: systemClock });
}

/** Files an hour of events, one event a line. */
async function writeHour(name: string, events: readonly object[]): Promise<void> {
  await mkdir(join(root, 'hours'), { recursive: true });
  await writeFile(
    join(root, 'hours', `${name}.json.gz`),
    gzipSync(events.map((event) => `${JSON.stringify(event)}\n`).join('')),
  );
}

function toEvent(type: string, payload: object): object {
  return { type, created_at: '2024-01-02T00:00:00Z', repo: { name: 'acme/tool' }, payload };
}

function issueEvents(): object[] {
  return crawl.issues.map((issue) => toEvent('IssuesEvent', { action: 'opened', issue }));
}

/** As events were until October 2025: with the whole pull request and the repository in it. */
function fullEvents(): object[] {
  const repo = { ...crawl.repository, clone_url: crawl.clone };
  return crawl.pulls.map((pull) => {
    const { base, number } = pull as { base: object; number: number };
    return toEvent('PullRequestEvent', {
      action: 'closed',
      number,
      pull_request: { ...pull, base: { ...base, repo } },
    });
  });
}

/** As they have been since: merged, but with neither title nor text. */
function slimEvents(): object[] {
  return crawl.pulls.map((pull) => {
    const { merged_at, number } = pull as { merged_at: string | null; number: number };
    const action = merged_at === null ? 'closed' : 'merged';
    return toEvent('PullRequestEvent', { action, number, pull_request: { number, id: number } });
  });
}

describe('mine --archive', () => {
  it('makes candidates of full events without asking anybody', async () => {
    await writeHour('2024-01-02-0', issueEvents());
    await writeHour('2024-01-02-1', fullEvents());

    const { code, stderr } = await mine('full');

    expect(code).toBe(0);
    expect(stderr).toContain('no GITHUB_TOKEN');
    expect(await idsOf('full')).toEqual([
      ['acme__tool-3', 'archive-full'],
      ['acme__tool-4', 'archive-full'],
    ]);
  });

  it('looks up what slim events only name', async () => {
    await using github = await startGithubWorld(crawl);
    await writeHour('2025-11-02-1', slimEvents());

    const { code } = await mine('slim', ['--github-url', github.site, '--no-pace'], { GITHUB_TOKEN: 'x' });

    expect(code).toBe(0);
    expect(await idsOf('slim')).toEqual([
      ['acme__tool-3', 'archive-slim'],
      ['acme__tool-4', 'archive-slim'],
    ]);
  });

  it('rejects slim events by name where nobody can be asked', async () => {
    await writeHour('2025-11-02-1', slimEvents());

    const { code } = await mine('alone');

    expect(code).toBe(0);
    expect(await idsOf('alone')).toEqual([]);
    expect(JSON.parse(await read('alone', 'summary.json')).stages[0].rejected).toMatchObject({
      'pull-request-gone': 5,
    });
  });

  it('replays a second run and gives the same bytes', async () => {
    await writeHour('2024-01-02-1', [...issueEvents(), ...fullEvents()]);
    await mine('again');
    const first = await read('again', 'candidates.jsonl');

    const { stdout } = await mine('again', ['--json']);

    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ type: 'summary', replayed: 8 });
    expect(await read('again', 'candidates.jsonl')).toBe(first);
  });
});
