import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A crawl of one repository, written for tests: a git repository with merged pull requests, and GitHub's REST objects about it. */
export interface Crawl {
  readonly folder: string;
  readonly clone: string;
  readonly repository: object;
  readonly pulls: readonly object[];
  readonly issues: readonly object[];
  readonly comments: readonly object[];
}

const name = 'acme/tool';
const firstSecond = 1_700_000_000;

export interface PullSpec {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly files: Readonly<Record<string, string>>;
  readonly isMerged?: boolean;
}

/** Issues 1 and 2 are answered by pull requests 3 and 4; 5 names no issue, 6 was never merged, 7 changes no test. */
export const pullSpecs: readonly PullSpec[] = [
  {
    number: 3,
    title: 'Handle empty input',
    body: 'Fixes #1\r\n\r\nEmpty input is zero — as in «sum».',
    files: {
      'src/total.py': 'def total(items):\n    if not items:\n        return 0\n    return sum(items)\n',
      'tests/test_total.py':
        'from src.total import total\n\n\ndef test_empty():\n    assert total([]) == 0\n\n\ndef test_none():\n    assert total(None) == 0\n',
    },
  },
  {
    number: 4,
    title: 'Join with a separator',
    body: 'Closes #2',
    files: {
      'src/words.py': 'def join(words, separator):\n    return separator.join(words)\n',
      'tests/test_words.py':
        'from src.words import join\n\n\ndef test_join():\n    assert join(["a", "b"], "-") == "a-b"\n',
    },
  },
  {
    number: 5,
    title: 'Faster totals',
    body: 'No issue for this.',
    files: { 'src/fast.py': 'FAST = True\n', 'tests/test_fast.py': 'def test_fast():\n    assert True\n' },
  },
  { number: 6, title: 'Draft', body: 'Fixes #1', files: { 'src/draft.py': 'x = 1\n' }, isMerged: false },
  { number: 7, title: 'More totals', body: 'Fixes #2', files: { 'src/more.py': 'MORE = 1\n' } },
];

/** Writes the crawl below `folder`; the same bytes and commits each time. */
export async function makeCrawl(folder: string): Promise<Crawl> {
  const home = join(folder, name);
  const clone = join(home, 'repository.git');
  const work = join(folder, 'work');
  await mkdir(work, { recursive: true });
  const run = createGit(work);
  run('init', '--quiet', '--initial-branch=main', '.');
  await writeTree(work, { 'src/total.py': 'def total(items):\n    return sum(items)\n', 'README.md': '# Tool\n' });
  run('add', '--all');
  run('commit', '--quiet', '--message', 'First');
  const pulls: object[] = [];
  for (const spec of pullSpecs) pulls.push(await makePull(spec, { run, work }));
  const crawl: Crawl = {
    folder,
    clone,
    repository: repositoryObject(),
    pulls,
    issues: issueObjects(),
    comments: commentObjects(),
  };
  await mkdir(home, { recursive: true });
  execFileSync('git', ['clone', '--quiet', '--bare', work, clone]);
  execFileSync('git', ['fetch', '--quiet', work, '+refs/pull/*:refs/pull/*'], { cwd: clone });
  await rm(work, { recursive: true });
  await writeLines(join(home, 'repository.jsonl'), [crawl.repository]);
  await writeLines(join(home, 'pulls.jsonl'), pulls);
  await writeLines(join(home, 'issues.jsonl'), crawl.issues);
  await writeLines(join(home, 'comments.jsonl'), crawl.comments);
  return crawl;
}

export function createGit(cwd: string): (...args: string[]) => string {
  let second = firstSecond;
  return (...args) => {
    const date = `${second++} +0000`;
    const who = {
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.org',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.org',
    };
    const env = {
      ...process.env,
      ...who,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
      GIT_CONFIG_GLOBAL: '/dev/null',
    };
    return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  };
}

/** Commits the files on a branch and merges it, or leaves it. */
async function makePull(
  { number, title, body, files, isMerged = true }: PullSpec,
  { run, work }: { readonly run: ReturnType<typeof createGit>; readonly work: string },
): Promise<object> {
  const baseSha = run('rev-parse', 'main');
  run('switch', '--quiet', '--create', `pull-${number}`);
  await writeTree(work, files);
  run('add', '--all');
  run('commit', '--quiet', '--message', title);
  const headSha = run('rev-parse', 'HEAD');
  run('update-ref', `refs/pull/${number}/head`, headSha);
  run('switch', '--quiet', 'main');
  if (isMerged) run('merge', '--quiet', '--no-ff', '--message', `Merge pull request #${number}`, `pull-${number}`);
  const mergeSha = run('rev-parse', 'main');
  run('branch', '--quiet', '-D', `pull-${number}`);
  const createdAt = time(10 * number);
  return {
    url: `https://api.github.com/repos/${name}/pulls/${number}`,
    html_url: `https://github.com/${name}/pull/${number}`,
    number,
    state: 'closed',
    title,
    body,
    user: { login: 'ada', type: 'User' },
    labels: [],
    created_at: createdAt,
    updated_at: createdAt,
    merged_at: isMerged ? time(10 * number + 5) : null,
    merge_commit_sha: mergeSha,
    base: { ref: 'main', sha: baseSha, repo: { full_name: name } },
    head: { ref: `pull-${number}`, sha: headSha },
    commits: 1,
    changed_files: Object.keys(files).length,
  };
}

function issueObjects(): object[] {
  const texts = [
    'The total of an empty list should be zero, but the program stops with an error when it gets a list that is empty or missing.\r\nПривет 👋, it happens on every machine that we have tried so far.',
    'There is no way to join words with a separator of my own choice. A function that takes a list of words and a separator would help many users of this tool.',
  ];
  return texts.map((body, index) => ({
    url: `https://api.github.com/repos/${name}/issues/${index + 1}`,
    html_url: `https://github.com/${name}/issues/${index + 1}`,
    number: index + 1,
    title: index === 0 ? 'Total of nothing fails' : 'Joining words',
    body,
    user: { login: 'bob', type: 'User' },
    labels: [{ name: 'bug' }],
    created_at: time(index),
    updated_at: time(index),
    closed_at: time(80),
    state_reason: 'completed',
  }));
}

function commentObjects(): object[] {
  return [
    {
      id: 1001,
      issue_url: `https://api.github.com/repos/${name}/issues/1`,
      body: 'I can see this as well, with version two.',
      user: { login: 'eve', type: 'User' },
      created_at: '2023-01-01T00:00:00Z',
      updated_at: '2023-01-01T00:00:00Z',
    },
  ];
}

function repositoryObject(): object {
  return {
    full_name: name,
    license: { spdx_id: 'MIT' },
    language: 'Python',
    default_branch: 'main',
    stargazers_count: 12,
    size: 3,
    fork: false,
    archived: false,
    clone_url: `https://github.com/${name}.git`,
  };
}

function time(minutes: number): string {
  return new Date((firstSecond + 60 * minutes) * 1000).toISOString().replace('.000Z', 'Z');
}

async function writeTree(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

export async function writeLines(path: string, objects: readonly object[]): Promise<void> {
  await writeFile(path, objects.map((object) => `${JSON.stringify(object)}\n`).join(''));
}
