import { describe, expect, it } from 'vitest';
import { fakeCandidate, fakeFile as file, fakeStatement as statement } from '../../../test/fakes/candidate.ts';
import { fakePull, fakeRepository } from '../../../test/fakes/hub.ts';
import type { Candidate } from '../../domain/candidate.ts';
import type { HubPullRequest, HubRepository } from '../../ports/hub.ts';
import { explainRefusals } from './explain.ts';
import { joinContamination, parseContamination, parseSettings } from './index.ts';
import { createScreen } from './screen.ts';

const { signal } = new AbortController();

function screenWith(settings: readonly string[] = [], list = '') {
  return createScreen(parseSettings(settings), parseContamination(list, 'list'));
}

const many = (count: number, fileClass: 'source' | 'test') =>
  Array.from({ length: count }, (_, at) => file({ path: `${at}.py`, class: fileClass }));

describe('createScreen', () => {
  it.each<[string, string, Partial<HubPullRequest>, readonly string[]]>([
    ['bot', 'ada', { author: { login: 'ada', isBot: true } }, []],
    ['bot', 'dependabot[bot]', { author: { login: 'dependabot[bot]', isBot: false } }, []],
    ['bot', 'renovate-runner', { author: { login: 'renovate-runner', isBot: false } }, []],
    ['revert', 'Revert "Round sizes"', { title: 'Revert "Round sizes"' }, []],
    ['revert', '[2.x] Reapply rounding', { title: '[2.x] Reapply rounding' }, []],
    ['too-old', '2024-01-12T00:00:00Z, since 2024-01-13', {}, ['since=2024-01-13']],
    ['too-new', '2024-01-12T00:00:00Z, until 2024-01-11', {}, ['until=2024-01-11']],
    ['too-many-files', '661, at most 650', { changedFiles: 661 }, []],
  ])('refuses a pull request as %s (%s)', async (...[reason, detail, pull, settings]) => {
    expect(await screenWith(settings).pullRequest(fakePull(pull), signal)).toEqual([{ reason, detail }]);
  });

  it.each<[Partial<HubPullRequest>, readonly string[]]>([
    [{}, []],
    [{ author: null }, []],
    [{ author: { login: 'abbott', isBot: false } }, []],
    [{ author: { login: 'dependabot[bot]', isBot: true } }, ['bots=true']],
    [{ title: 'Reverting sizes works' }, []],
    [{ title: 'Revert to the old default of sizes' }, []],
    [{ title: 'Revert x' }, ['reverts=true']],
    [{}, ['since=2024-01-12', 'until=2024-01-12']],
    [{}, ['until=2024-01-12T00:00:00Z']],
  ])('lets pass %j with %j', async (pull, settings) => {
    expect(await screenWith(settings).pullRequest(fakePull(pull), signal)).toEqual([]);
  });

  it.each<[string, string, Partial<HubRepository>, readonly string[]]>([
    ['license', 'unknown', { license: null }, ['licenses=*']],
    ['license', 'GPL-3.0', { license: 'GPL-3.0' }, []],
    ['repository-too-large', '3000 MiB, at most 2048', { sizeKb: 3_072_000 }, []],
    ['too-few-stars', '10, at least 11', {}, ['minStars=11']],
    ['fork', 'acme/widgets', { isFork: true }, []],
    ['archived', 'acme/widgets', { isArchived: true }, ['archived=false']],
  ])('refuses a repository as %s (%s)', async (...[reason, detail, home, settings]) => {
    expect(await screenWith(settings).repository(fakeRepository(home), signal)).toEqual([{ reason, detail }]);
  });

  it.each<[Partial<HubRepository>, readonly string[]]>([
    [{}, []],
    [{ license: 'mit' }, []],
    [{ license: 'GPL-3.0' }, ['licenses=GPL-3.0, MIT']],
    [{ license: 'LicenseRef-x' }, ['licenses=*']],
    [{ isFork: true, isArchived: true }, ['forks=true']],
  ])('lets pass a repository %j with %j', async (home, settings) => {
    expect(await screenWith(settings).repository(fakeRepository(home), signal)).toEqual([]);
  });

  it.each<[string, string, Partial<Candidate>, readonly string[]]>([
    ['language', 'python', {}, ['languages=go,rust']],
    ['too-many-source-files', '16, at most 15', { files: many(16, 'source') }, []],
    ['too-few-source-lines', '3, at least 4', {}, ['minSourceLines=4']],
    ['too-many-source-lines', '3, at most 2', {}, ['maxSourceLines=2']],
    ['too-many-test-files', '51, at most 50', { files: [file({}), ...many(51, 'test')] }, []],
    ['too-many-test-lines', '3, at most 2', {}, ['maxTestLines=2']],
    ['patch-too-large', '1025, at most 1024', { goldPatch: '+'.repeat(1024 * 1024) }, []],
    ['vendored-code', 'vendor/x.py', { files: [file({}), file({ path: 'vendor/x.py', class: 'vendored' })] }, []],
    [
      'too-much-generated',
      '3, at most 2',
      { files: [file({}), file({ class: 'generated' })] },
      ['maxGeneratedLines=2'],
    ],
    ['too-many-issues', '1, at most 0', {}, ['maxIssues=0']],
    ['text-too-short', '3 words, at least 15', { problemStatement: 'It does crash' }, []],
    [
      'images-only',
      '2 words, at least 15',
      { problemStatement: 'It crashes ![a long text that says nothing at all](https://x.org/a.png)' },
      [],
    ],
    [
      'images-only',
      '2 words, at least 15',
      { problemStatement: 'It crashes <img width="10" alt="a" src="https://x.org/b">' },
      [],
    ],
    ['text-too-long', `${statement.length}, at most 10`, {}, ['maxChars=10']],
    [
      'solution-in-text',
      '0.67, at most 0.5',
      {
        problemStatement: `${statement}\n\n  return round(size, 0)\nthrow new  Error("size")`,
        goldPatch: '+    return round(size, 0)\n+  throw new Error("size")\n+  and something else\n+ short\n',
      },
      [],
    ],
  ])('refuses a candidate as %s (%s)', async (...[reason, detail, candidate, settings]) => {
    expect(await screenWith(settings).candidate(fakeCandidate(candidate), signal)).toEqual([{ reason, detail }]);
  });

  it.each<[Partial<Candidate>, readonly string[]]>([
    [{}, []],
    [{ files: [...many(15, 'source'), ...many(50, 'test')] }, []],
    [{ files: [file({}), file({ class: 'vendored' })] }, ['vendored=true']],
    [{ problemStatement: '入力した数値が丸められずに切り捨てられる' }, []],
    [{ problemStatement: `${statement}\nreturn round(size, 0)`, goldPatch: '+return round(size, 0)\n' }, []],
  ])('lets pass a candidate %#', async (candidate, settings) => {
    expect(await screenWith(settings).candidate(fakeCandidate(candidate), signal)).toEqual([]);
  });

  it('refuses what is on a list, by repository and by number', async () => {
    const screen = screenWith([], 'bench Acme/Widgets#12 # seen\nbench other/one\nbench acme__tools-3\n\n# end');
    const ref = (repository: string, number: number) => screen.ref({ repository, number, decoder: 'dump' }, signal);

    expect(await ref('acme/widgets', 12)).toEqual([{ reason: 'contaminated', detail: 'acme/widgets#12 is in bench' }]);
    expect(await ref('OTHER/one', 1)).toEqual([{ reason: 'contaminated', detail: 'other/one is in bench' }]);
    expect(await ref('acme/tools', 3)).toHaveLength(1);
    expect(await ref('acme/widgets', 13)).toEqual([]);
    expect(await screen.pullRequest(fakePull(), signal)).toHaveLength(1);
  });

  it('has another version for other settings and other lists', () => {
    const versions = [screenWith(), screenWith(['maxIssues=1']), screenWith([], 'a b/c')].map(({ version }) => version);

    expect(new Set(versions).size).toBe(3);
    expect(screenWith().version).toBe(versions[0]);
  });
});

describe('parseSettings', () => {
  it.each([
    ['maxFiles=1', 'there is no such setting'],
    ['maxIssues', 'give name=value'],
    ['maxIssues=-1', '--set maxIssues'],
    ['languages=cobol', '--set languages'],
    ['bots=maybe', '--set bots'],
    ['since=yesterday', '--set since'],
  ])('refuses --set %s', (text, message) => {
    expect(() => parseSettings([text])).toThrow(message);
  });

  it('lets the last of a name win', () => {
    expect(parseSettings(['maxIssues=1', ' maxIssues = 2 ']).maxIssues).toBe(2);
  });
});

describe('parseContamination', () => {
  it('names the line that is wrong', () => {
    expect(() => parseContamination('a b/c\nnonsense\n', 'my.txt')).toThrow('my.txt, line 2');
  });

  it('joins lists, the first that names something winning', () => {
    const joined = joinContamination([
      parseContamination('mine a/b', '1'),
      parseContamination('theirs a/b\ntheirs c/d', '2'),
    ]);

    expect([...joined].sort()).toEqual([
      ['a/b', 'mine'],
      ['c/d', 'theirs'],
    ]);
  });
});

describe('explainRefusals', () => {
  it('says what each means', () => {
    expect(explainRefusals([])).toEqual(['  judged: passes every rule']);
    expect(explainRefusals([{ reason: 'fork', detail: 'a/b' }])).toEqual([
      '  refused: fork: the repository is a fork (a/b)',
    ]);
  });
});
