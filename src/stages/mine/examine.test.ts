import { describe, expect, it } from 'vitest';
import { createFakeHub, fakeComment, fakeIssue, fakePull, fakeRepository } from '../../../test/fakes/hub.ts';
import { createFakeRepositories, shaOf } from '../../../test/fakes/repository.ts';
import { judgeNothing } from '../../../test/fakes/screen.ts';
import { Candidate } from '../../domain/candidate.ts';
import type { HubIssue, HubPullRequest } from '../../ports/hub.ts';
import type { Screen } from '../../ports/screen.ts';
import { examine } from './examine.ts';
import { explainReport } from './explain.ts';

type Commits = Parameters<typeof createFakeRepositories>[0][string];

const base = {
  'sizes.py': 'def size(x):\n    return int(x)\n',
  'tests/test_sizes.py': 'def test_one():\n    assert True\n',
};
const fixed = {
  'sizes.py': 'def size(x):\n    return round(x)\n',
  'tests/test_sizes.py': 'def test_one():\n    assert True\n\n\ndef test_round():\n    assert size(2.6) == 3\n',
};
const commits: Commits = {
  base: { files: base },
  fix: { files: fixed, parents: ['base'], message: 'Round sizes' },
  landed: { files: { ...fixed, 'other.py': 'later = 1\n' }, parents: ['moved'] },
  moved: { files: { ...base, 'other.py': 'later = 1\n' }, parents: ['base'] },
};
const ref = { repository: 'acme/widgets', number: 12, decoder: 'dump' } as const;

interface World {
  readonly pull?: Partial<HubPullRequest>;
  readonly issues?: readonly HubIssue[];
  readonly commits?: Commits;
  readonly screen?: Partial<Screen>;
  readonly mergeBase?: string;
}

function look(world: World = {}) {
  const pull = fakePull({
    body: 'Fixes #7',
    headSha: shaOf('fix'),
    mergeSha: shaOf('landed'),
    commits: [
      {
        sha: shaOf('fix'),
        message: 'Round sizes',
        authoredAt: '2024-01-10T00:00:00Z',
        committedAt: '2024-01-10T00:00:00Z',
      },
    ],
    ...world.pull,
  });
  const known = { repositories: [fakeRepository()], pulls: [pull], issues: world.issues ?? [fakeIssue()] };
  const hub = createFakeHub({ ...known, ...(world.mergeBase && { mergeBase: world.mergeBase }) });
  const repositories = createFakeRepositories({ 'acme/widgets': { ...commits, ...world.commits } });
  const needs = { hub, repositories, screen: { ...judgeNothing, ...world.screen } };
  return examine(ref, needs, new AbortController().signal);
}

async function candidateOf(world: World = {}): Promise<Candidate> {
  const { verdict } = await look(world);
  if (!('candidate' in verdict)) throw new Error(`${verdict.reason}: ${verdict.detail}`);
  return Candidate.parse(verdict.candidate);
}

/** The fix with other files. */
function fixWith(files: Record<string, string>, before: Record<string, string> = {}): Pick<World, 'commits'> {
  return {
    commits: {
      base: { files: { ...base, ...before } },
      fix: { files: { ...base, ...before, ...files }, parents: ['base'] },
      moved: { files: base, parents: ['base'] },
    },
  };
}

describe('examine', () => {
  it('makes a candidate of a squashed pull request', async () => {
    const candidate = await candidateOf();

    expect(candidate).toMatchObject({
      id: 'acme__widgets-12',
      baseCommit: shaOf('base'),
      language: 'python',
      license: 'MIT',
      decoder: 'dump',
      pullRequest: { mergeMethod: 'squash', headCommit: shaOf('fix') },
      issues: [{ number: 7 }],
      links: [{ method: 'keyword-title-body', strength: 'strong', where: 'body', text: 'Fixes #7' }],
      files: [
        { path: 'sizes.py', class: 'source', added: 1, deleted: 1 },
        { path: 'tests/test_sizes.py', class: 'test', added: 4, deleted: 0 },
      ],
      problemStatement: 'Sizes are cut\n\nA size of 2.6 becomes 2.',
    });
    expect(candidate.goldPatch).toContain('+    return round(x)');
    expect(candidate.goldPatch).not.toContain('test_round');
    expect(candidate.testPatch).toContain('+def test_round():');
  });

  it.each<[string, string, World]>([
    ['by a merge commit', 'merge', { commits: { landed: { files: fixed, parents: ['moved', 'fix'] } } }],
    [
      'by a merge commit whose branch was deleted',
      'merge',
      { pull: { headSha: null }, commits: { landed: { files: fixed, parents: ['moved', 'fix'] } } },
    ],
    ['by moving the branch forward', 'fast-forward', { pull: { mergeSha: shaOf('fix'), baseSha: shaOf('base') } }],
    [
      'by moving the branch forward, with a target seen after that',
      'fast-forward',
      { pull: { mergeSha: shaOf('fix'), baseSha: shaOf('fix') } },
    ],
    ['by a commit that is gone', 'squash', { pull: { mergeSha: shaOf('never'), baseSha: shaOf('base') } }],
  ])('finds the same base where it landed %s', async (_, mergeMethod, world) => {
    const candidate = await candidateOf(world);

    expect(candidate.baseCommit).toBe(shaOf('base'));
    expect(candidate.pullRequest.mergeMethod).toBe(mergeMethod);
  });

  it('takes the commit that landed where the head of a squash is gone', async () => {
    const candidate = await candidateOf({ pull: { headSha: shaOf('forced away') } });

    expect(candidate.baseCommit).toBe(shaOf('moved'));
    expect(candidate.pullRequest.mergeMethod).toBe('squash');
  });

  it.each([
    ['#!/usr/bin/env node\nrun();\n', 'javascript'],
    ['#!/usr/bin/python3.12 -u\nrun()\n', 'python'],
  ])('knows the language of a script without an extension by its first line %j', async (text, language) => {
    const files = { 'bin/tool': text, 'test/tool.test.js': "it('runs', () => {});\n" };

    expect((await candidateOf(fixWith(files))).language).toBe(language);
  });

  it('takes the base that the host compares where the clone has neither end of the target', async () => {
    const pull = { mergeSha: null, baseSha: shaOf('pushed over'), commits: [] };

    expect(await candidateOf({ pull, mergeBase: shaOf('base') })).toMatchObject({ baseCommit: shaOf('base') });
    expect(await look({ pull, mergeBase: shaOf('nowhere') })).toMatchObject({ verdict: { reason: 'no-merge-base' } });
  });

  it('walks back over the commits of a rebase whose head is gone', async () => {
    const times = [1, 2].map((day) => `2024-01-0${day + 7}T00:00:00Z`);
    const own = times.map((authoredAt, at) => ({
      sha: shaOf(`own${at}`),
      message: `Step ${at}`,
      authoredAt,
      committedAt: authoredAt,
    }));
    const half = { ...base, 'sizes.py': fixed['sizes.py'] };

    const candidate = await candidateOf({
      pull: { headSha: null, mergeSha: shaOf('re1'), commits: own },
      commits: {
        re0: { files: half, parents: ['base'], message: 'Step 0', authoredAt: times[0] ?? '' },
        re1: { files: fixed, parents: ['re0'], message: 'Step 1 (#12)', authoredAt: times[1] ?? '' },
      },
    });

    expect(candidate.baseCommit).toBe(shaOf('base'));
    expect(candidate.pullRequest.mergeMethod).toBe('rebase');
  });

  it.each<[string, World]>([
    ['not-merged', { pull: { mergedAt: null } }],
    ['no-link', { pull: { body: 'A change' } }],
    ['weak-link', { pull: { body: 'See #7' } }],
    ['issue-gone', { issues: [] }],
    ['issue-gone', { issues: [fakeIssue({ createdAt: '2024-02-01T00:00:00Z' })] }],
    ['commits-gone', { pull: { headSha: shaOf('lost'), mergeSha: null } }],
    ['contents-gone', { commits: { fix: { files: fixed, parents: ['base'], isHollow: true } } }],
    ['no-merge-base', { pull: { commits: [] }, commits: { fix: { files: fixed } } }],
    ['empty-diff', { commits: { fix: { files: base, parents: ['base'] } } }],
    ['docs-only', fixWith({ 'README.md': 'words\n' })],
    ['generated-only', fixWith({ 'yarn.lock': 'x\n' })],
    ['no-source', fixWith({ 'setup.cfg': '[a]\n', 'tests/test_a.py': 'def test_a(): pass\n' })],
    ['unsupported-language', fixWith({ 'lib/a.rb': 'x\n' })],
    ['no-source', fixWith({ 'bin/tool': '#!/bin/sh\nnode x\n', 'tests/test_a.py': 'def test_a(): pass\n' })],
    ['no-tests', fixWith({ 'sizes.py': 'x = 1\n' })],
    ['support-only-tests', fixWith({ 'sizes.py': 'x = 1\n', 'tests/helpers.py': 'y = 1\n', 'tests/run.sh': 'x\n' })],
    ['tests-only-removed', fixWith({ 'sizes.py': 'x = 1\n', 'tests/test_sizes.py': 'def test_one():\n' })],
    ['inline-tests-in-new-file', fixWith({ 'src/a.rs': 'fn f() {}\n\n#[cfg(test)]\nmod tests {}\n' })],
    ['submodule-changed', { commits: { fix: { files: fixed, parents: ['base'], submodules: { lib: shaOf('x') } } } }],
  ])('rejects as %s', async (reason, world) => {
    const { verdict } = await look(world);

    expect(verdict).toMatchObject({ reason, detail: expect.stringMatching(/./) });
  });

  it.each(['tests/data.json', 'tests/cases/a.expected', 'src/__snapshots__/a.snap'])(
    'takes %s for a test, since tests compare it',
    async (path) => {
      const { files } = await candidateOf(fixWith({ 'sizes.py': 'x = 1\n', [path]: '{}\n' }));

      expect(files).toContainEqual(expect.objectContaining({ path, class: 'test-support' }));
    },
  );

  it('rejects source and inline tests that touch', async () => {
    const world = fixWith({ 'src/a.rs': 'fn f() {}\nfn g() {}\n#[test]\nfn t() {}\n' }, { 'src/a.rs': 'fn f() {}\n' });

    expect((await look(world)).verdict).toMatchObject({ reason: 'inline-tests-entangled', detail: 'src/a.rs:2' });
  });

  it('parts a file of Rust by its lines', async () => {
    const before = 'fn f() -> i32 {\n    1\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\n';
    const after = before
      .replace('    1\n', '    2\n')
      .replace('use super::*;\n', 'use super::*;\n    #[test]\n    fn two() {}\n');

    const candidate = await candidateOf(fixWith({ 'src/a.rs': after }, { 'src/a.rs': before }));

    expect(candidate.files).toMatchObject([{ path: 'src/a.rs', class: 'source', isSplit: true }]);
    expect(candidate.goldPatch).toContain('+    2');
    expect(candidate.goldPatch).not.toContain('fn two');
    expect(candidate.testPatch).toContain('+    fn two() {}');
  });

  it('lets the registration of a test in a build file go with the test', async () => {
    const before = { 'CMakeLists.txt': 'project(x)\nadd_library(x a.c)\nenable_testing()\n', 'a.c': 'int a;\n' };
    const world = fixWith(
      {
        'a.c': 'int a = 1;\n',
        'tests/test_sizes.c': 'int main() {}\n',
        'CMakeLists.txt': `${before['CMakeLists.txt']}add_executable(t tests/test_sizes.c)\n`,
      },
      before,
    );

    const candidate = await candidateOf(world);

    expect(candidate.testPatch).toContain('+add_executable(t tests/test_sizes.c)');
    expect(candidate.goldPatch).not.toContain('CMakeLists.txt');
    expect(candidate.language).toBe('c');
  });

  it('accepts two weak signs of different kinds', async () => {
    const { links } = await candidateOf({
      pull: {
        body: 'See #7',
        areCommitsComplete: false,
        commits: [
          {
            sha: shaOf('fix'),
            message: 'Fix #7',
            authoredAt: '2024-01-10T00:00:00Z',
            committedAt: '2024-01-10T00:00:00Z',
          },
        ],
      },
    });

    expect(links.map(({ method }) => method)).toEqual(['keyword-commit', 'cross-reference']);
  });

  it.each<{ by: string; issue: Partial<HubIssue>; pull: Partial<HubPullRequest>; method: string }>([
    {
      by: 'the event that closed it',
      issue: {
        closings: [
          {
            at: '2024-01-12T00:00:00Z',
            closer: { kind: 'pull-request', address: { repository: 'acme/widgets', number: 12 } },
          },
        ],
      },
      pull: { body: 'See #7' },
      method: 'closing-event',
    },
    {
      by: 'the commit that closed it',
      issue: { closings: [{ at: '2024-01-12T00:00:00Z', closer: { kind: 'commit', sha: shaOf('landed') } }] },
      pull: { body: 'See #7' },
      method: 'closing-event',
    },
    {
      by: 'a closing reference',
      issue: {},
      pull: { body: '', closingIssues: [{ repository: 'acme/widgets', number: 7 }] },
      method: 'closing-reference',
    },
  ])('links by $by', async ({ issue, pull, method }) => {
    const { links } = await candidateOf({ issues: [fakeIssue(issue)], pull });

    expect(links.map((link) => link.method)).toContain(method);
  });

  it.each([
    ['Round sizes (#12)\n\nFixes #7', 'kept'],
    ['Merge branch fix\n\nFixes #7', 'no-link'],
    ['Round sizes (#11)\n\nFixes #7', 'no-link'],
    ['Round sizes (#12)\n\nFixes other/name#7', 'issue-gone'],
  ])('takes the message of the squash that landed for a strong sign, and no other: %j', async (mergeMessage, how) => {
    const { verdict } = await look({ pull: { body: '', mergeMessage } });

    expect('candidate' in verdict ? 'kept' : verdict.reason).toBe(how);
  });

  it.each([
    [1, true, 'kept'],
    [1, false, 'weak-link'],
    [2, true, 'weak-link'],
  ])('takes what one of %i commits says for a strong sign only where it is all (%j)', async (count, isAll, how) => {
    const at = '2024-01-10T00:00:00Z';
    const commit = { sha: shaOf('fix'), message: 'Round\n\nFixes #7', authoredAt: at, committedAt: at };
    const commits = Array.from({ length: count }, () => commit);
    const { verdict } = await look({ pull: { body: '', commits, areCommitsComplete: isAll } });

    expect('candidate' in verdict ? 'kept' : verdict.reason).toBe(how);
  });

  it('takes a keyword for an issue of another owner as a weak sign', async () => {
    const foreign = fakeIssue({ repository: 'other/tool', number: 7 });

    const { verdict } = await look({ pull: { body: 'Fixes other/tool#7' }, issues: [foreign] });

    expect(verdict).toMatchObject({ reason: 'weak-link', detail: 'other/tool#7 by keyword-title-body' });
  });

  it('keeps every issue that the pull request answers, and no other', async () => {
    const issues = [fakeIssue(), fakeIssue({ number: 8, title: 'Sizes are cut again' }), fakeIssue({ number: 9 })];

    const candidate = await candidateOf({ pull: { body: 'Fixes #7, #8. See #9' }, issues });

    expect(candidate.issues.map(({ number }) => number)).toEqual([7, 8]);
    expect(candidate.problemStatement).toContain('Sizes are cut again');
  });

  it('writes the problem as it stood before the fix began, with the comments of that time as hints', async () => {
    const issue = fakeIssue({
      title: 'Use round()',
      renames: [{ at: '2024-01-11T00:00:00Z', from: 'Sizes are cut', to: 'Use round()' }],
      body: 'A size of 2.6 becomes 2. Use round().',
      lastEditedAt: '2024-01-11T00:00:00Z',
      edits: [
        { at: '2024-01-02T00:00:00Z', text: 'A size of 2.6 becomes 2.<!-- form -->\r\nSee #12.' },
        { at: '2024-01-11T00:00:00Z', text: 'A size of 2.6 becomes 2. Use round().' },
      ],
      comments: [
        fakeComment(),
        fakeComment({ id: '2', body: 'Done in #12', createdAt: '2024-01-11T00:00:00Z' }),
        fakeComment({ id: '3', body: 'int() it is: round()', lastEditedAt: '2024-01-12T00:00:00Z' }),
        fakeComment({ id: '4', body: 'spam', isMinimized: true }),
        fakeComment({ id: '5', body: 'stale', author: { login: 'stale[bot]', isBot: true } }),
      ],
    });

    const candidate = await candidateOf({ issues: [issue] });

    expect(candidate.problemStatement).toBe('Sizes are cut\n\nA size of 2.6 becomes 2.\nSee […].');
    expect(candidate.hints).toBe('It happens with 3.7 as well.');
    expect(candidate.redactions.map(({ kind, where }) => `${kind} ${where}`)).toEqual([
      'later-title acme/widgets#7',
      'later-edit acme/widgets#7',
      'pull-request-link acme/widgets#7',
      'later-edit acme/widgets#7 comment 3',
    ]);
  });

  it.each<[string, readonly string[], string]>([
    ['docs-only', ['README.md', 'docs/a.md'], 'README.md (docs), docs/a.md (docs)'],
    ['no-tests', ['sizes.py', 'README.md'], '2 files, none of them a test'],
  ])('rejects as %s by the list of paths alone', async (reason, files, detail) => {
    const report = await look({ pull: { files, changedFiles: files.length } });

    expect(report.verdict).toEqual({ reason, detail });
    expect(report.repository).toBeUndefined();
  });

  it.each([
    ['was cut', ['sizes.py'], 2],
    ['has a language with inline tests', ['src/a.rs'], 1],
    ['has a folder that may hold tests', ['sizes/testing/a.py'], 1],
  ])('goes on where the list of paths %s', async (_, files, changedFiles) => {
    expect((await look({ pull: { files, changedFiles } })).verdict).toHaveProperty('candidate');
  });

  it('asks for nothing more once something is not wanted', async () => {
    const screen = { pullRequest: async () => [{ reason: 'bot', detail: 'ada' }] };

    const report = await look({ screen });

    expect(report.verdict).toEqual({ reason: 'bot', detail: 'ada' });
    expect(report.repository).toBeUndefined();
  });

  it('explains what was found and how it ended', async () => {
    const lines = explainReport(await look({ pull: { body: 'See #7 and #8' } }));

    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "acme/widgets#12 (from dump)
        "Round sizes" by ada
        merged 2024-01-12T00:00:00Z
        acme/widgets: licence MIT, 10 stars
        issues
          no acme/widgets#7 "Sizes are cut"
            weak cross-reference, body: See #7 and #8
          no acme/widgets#8: private or missing
        rejected: weak-link: a single weak sign says that the pull request answers an issue (acme/widgets#7 by cross-reference)"
    `);
  });

  it('explains a candidate by its files', async () => {
    const lines = explainReport(await look());

    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "acme/widgets#12 (from dump)
        "Round sizes" by ada
        merged 2024-01-12T00:00:00Z
        acme/widgets: licence MIT, 10 stars
        issues
          yes acme/widgets#7 "Sizes are cut"
            strong keyword-title-body, body: Fixes #7
        base e8b5b0e6dc2d4b97018d9cd957ff8e70661f69ca (squash), fix ad4a69c0dcf49bc44034fd465d1ce9d820b4af1c
        files
          source       sizes.py +1 -1
          test         tests/test_sizes.py +4 -0
        a candidate: acme__widgets-12"
    `);
  });
});
