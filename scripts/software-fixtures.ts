import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** repository.json of a fixture. */
interface Fixture {
  readonly repository: string;
  readonly language: string;
  readonly license: string;
  /** When the base commit was made, ISO 8601. */
  readonly committedAt: string;
  /** A folder that another repository would be in, which nobody has. */
  readonly submodule?: string;
  readonly issue: { readonly number: number; readonly title: string; readonly body: string };
  readonly pull: { readonly number: number; readonly title: string; readonly body: string };
}

const languages: Readonly<Record<string, string>> = {
  c: 'C',
  cpp: 'C++',
  go: 'Go',
  java: 'Java',
  javascript: 'JavaScript',
  php: 'PHP',
  python: 'Python',
  typescript: 'TypeScript',
};

/** Makes a dump of the fixtures in `from`: a clone with history and GitHub's objects for each; the same commits each time. */
export async function makeFixtureDump(from: string, to: string, only: readonly string[] = []): Promise<void> {
  await rm(to, { recursive: true, force: true });
  for (const name of (await readdir(from)).sort()) {
    if (only.length > 0 && !only.includes(name)) continue;
    await makeOne(join(from, name), to);
  }
}

async function makeOne(from: string, to: string): Promise<void> {
  const fixture = JSON.parse(await readFile(join(from, 'repository.json'), 'utf8')) as Fixture;
  const home = join(to, fixture.repository);
  const work = join(to, 'work');
  const commits = await makeHistory(fixture, { from, work });
  await mkdir(home, { recursive: true });
  execFileSync('git', ['clone', '--quiet', '--bare', work, join(home, 'repository.git')]);
  await rm(work, { recursive: true });
  await writeObjects(fixture, home, commits);
}

interface Folders {
  readonly from: string;
  readonly work: string;
}

interface Commits {
  readonly head: string;
  readonly merge: string;
}

/** A first commit with the documents alone, the base, the pull request, its merge, and a commit after it. */
async function makeHistory(fixture: Fixture, { from, work }: Folders): Promise<Commits> {
  await mkdir(work, { recursive: true });
  const git = createGit(work, Date.parse(fixture.committedAt) / 1000 - 86_400);
  git('init', '--quiet', '--initial-branch=main', '.');
  await cp(join(from, 'before'), work, { recursive: true });
  const commit = (message: string, ...paths: string[]) => {
    git('add', '--force', ...(paths.length > 0 ? ['--', ...paths] : ['--all']));
    git('commit', '--quiet', '--allow-empty', '--message', message);
  };
  commit('Say what this is', ...(await readdir(work)).filter((name) => /^(?:LICENSE|README)/.test(name)));
  if (fixture.submodule !== undefined) {
    await mkdir(join(work, fixture.submodule), { recursive: true });
    git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},${fixture.submodule}`);
  }
  commit('Begin');
  git('switch', '--quiet', '--create', 'fix');
  await cp(join(from, 'after'), work, { recursive: true });
  for (const path of await removedPaths(from)) await rm(join(work, path));
  commit(fixture.pull.title);
  const head = git('rev-parse', 'HEAD');
  git('switch', '--quiet', 'main');
  git('merge', '--quiet', '--no-ff', '--message', `Merge pull request #${fixture.pull.number}`, 'fix');
  const merge = git('rev-parse', 'HEAD');
  await writeFile(join(work, 'CHANGES'), `${fixture.pull.title}\n`);
  commit('Note the change');
  git('branch', '--quiet', '-D', 'fix');
  git('update-ref', `refs/pull/${fixture.pull.number}/head`, head);
  return { head, merge };
}

async function removedPaths(from: string): Promise<string[]> {
  const text = await readFile(join(from, 'removed.txt'), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

function createGit(cwd: string, first: number): (...args: string[]) => string {
  let second = first;
  const who = { NAME: 'Ada', EMAIL: 'ada@example.org' };
  return (...args) => {
    second += 3600;
    const date = `${second} +0000`;
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: who.NAME,
      GIT_AUTHOR_EMAIL: who.EMAIL,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: who.NAME,
      GIT_COMMITTER_EMAIL: who.EMAIL,
      GIT_COMMITTER_DATE: date,
    };
    return execFileSync('git', ['-c', 'core.autocrlf=false', ...args], { cwd, env, encoding: 'utf8' }).trim();
  };
}

/** REST objects, as docs/mine.md has them. */
async function writeObjects(fixture: Fixture, home: string, { head, merge }: Commits): Promise<void> {
  const { repository, issue, pull, license, language, committedAt } = fixture;
  const day = (offset: number) => new Date(Date.parse(committedAt) + offset * 86_400_000).toISOString();
  const objects = {
    'repository.jsonl': {
      full_name: repository,
      license: { spdx_id: license },
      language: languages[language] ?? language,
      size: 10,
    },
    'issues.jsonl': { ...issue, user: { login: 'bob' }, created_at: day(-2) },
    'pulls.jsonl': {
      ...pull,
      user: { login: 'ada' },
      created_at: day(1),
      merged_at: day(2),
      base: { ref: 'main' },
      head: { sha: head },
      merge_commit_sha: merge,
    },
  };
  for (const [name, object] of Object.entries(objects))
    await writeFile(join(home, name), `${JSON.stringify(object)}\n`);
}

if (import.meta.main) {
  const [from = 'fixtures/software', to = 'runs/fixtures', ...only] = process.argv.slice(2);
  await makeFixtureDump(from, to, only);
}
