import { describe, expect, it } from 'vitest';
import { diffFile } from '../../test/fakes/line-diff.ts';
import { toyCase, toyFix, toyTests, toyTree } from '../../test/fakes/toy-case.ts';
import type { Candidate } from '../domain/candidate.ts';
import { openProject } from './open-project.ts';

const { signal } = new AbortController();

function open(over: Partial<Candidate> = {}, setting = toyCase()) {
  const { candidate, ...source } = setting;
  return openProject({ candidate: { ...candidate, ...over }, date: '2023-11-30T23:59:59Z' }, source, signal);
}

describe('openProject', () => {
  it('shows a stack the tree of the base commit, and what changes', async () => {
    const tests = { ...toyTests, 'tests/data.json': '{}\n', 'notes.txt': 'new\n' };

    const opened = await open({}, toyCase({ tests }));

    if (opened.kind !== 'opened') throw new Error(opened.reason);
    const { project } = opened;
    expect(project.paths).toEqual(Object.keys(toyTree).toSorted());
    expect(project).toMatchObject({
      sources: Object.keys(toyFix),
      tests: ['tests/test_sizes.py'],
      committedAt: '2023-11-30T23:59:59Z',
    });
    expect(project.support).toEqual(['notes.txt', 'tests/data.json']);
    expect(await project.read('src/sizes.py')).toBe(toyTree['src/sizes.py']);
    expect(await project.read('tests/test_sizes.py')).toBe(toyTree['tests/test_sizes.py']);
    expect(await project.readTest('tests/test_sizes.py')).toBe(toyTests['tests/test_sizes.py']);
    expect(await project.readTest('notes.txt')).toBe('new\n');
    expect(await project.read('notes.txt')).toBeUndefined();
  });

  it('shows no text of what is binary or too large', async () => {
    const tree = { ...toyTree, 'a.bin': 'a\0b', 'big.txt': 'x'.repeat(2 ** 24 + 1), 'yarn.lock': 'x'.repeat(2 ** 24) };

    const opened = await open({}, toyCase({ tree }));

    if (opened.kind !== 'opened') throw new Error(opened.reason);
    expect(await opened.project.read('a.bin')).toBeUndefined();
    expect(await opened.project.read('big.txt')).toBeUndefined();
    expect((await opened.project.read('yarn.lock'))?.length).toBe(2 ** 24);
  });

  it('does not count what the test patch takes away as a test', async () => {
    const opened = await open(
      {},
      toyCase({ tests: { 'tests/test_sizes.py': undefined, 'tests/test_new.py': 'a b c\n' } }),
    );

    expect(opened).toMatchObject({ project: { tests: ['tests/test_new.py'] } });
  });

  it('rejects what is not there, and what does not apply', async () => {
    expect(await open({ baseCommit: 'e'.repeat(40) })).toMatchObject({ kind: 'rejected', reason: 'commit-missing' });
    expect(await open({ repository: 'acme/other' })).toMatchObject({ kind: 'rejected', reason: 'commit-missing' });
    expect(await open({ testPatch: diffFile('tests/test_sizes.py', 'other\n', 'x\n') })).toMatchObject({
      reason: 'patch-refused',
    });
  });
});
