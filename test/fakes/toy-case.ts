import PQueue from 'p-queue';
import type { Candidate } from '../../src/domain/candidate.ts';
import type { Limits } from '../../src/ports/container-runtime.ts';
import type { TestBed } from '../../src/testbed/run-tests.ts';
import { fakeCandidate, fakeFile } from './candidate.ts';
import type { FakeRuntime } from './container-runtime.ts';
import { diffFile } from './line-diff.ts';
import { createFakeRepositories, shaOf } from './repository.ts';

type Files = Readonly<Record<string, string>>;
/** Undefined takes a file away. */
type Changes = Readonly<Record<string, string | undefined>>;

const rows = (word: string) => Array.from({ length: 12 }, (_, at) => `the ${word} line ${at} of sizes\n`).join('');

/** Sizes are cut, and should be rounded. */
export const toyTree: Files = {
  'src/sizes.py': `${rows('first')}cut\n${rows('last')}`,
  'src/widths.py': 'a width\n',
  'tests/test_sizes.py': 'cuts src/sizes.py cut\nlines src/sizes.py last\n',
  'toy.lock': 'widgets 1\n',
};
export const toyFix: Files = {
  'src/sizes.py': `round to the nearest whole number of widgets\n${rows('first')}cut\n${rows('last')}half of them go to the even neighbour\n`,
};
export const toyTests: Files = {
  'tests/test_sizes.py': 'cuts src/sizes.py cut\nlines src/sizes.py last\nrounds src/sizes.py nearest\n',
};

export interface ToyCase {
  readonly tree?: Files;
  readonly fix?: Changes;
  readonly tests?: Changes;
}

/** A candidate of the toy language, and the repository that it is from. */
export function toyCase({ tree = toyTree, fix = toyFix, tests = toyTests }: ToyCase = {}) {
  const diff = (files: Changes) =>
    Object.entries(files)
      .map(([path, text]) => diffFile(path, tree[path], text))
      .join('');
  const candidate: Candidate = fakeCandidate({
    baseCommit: shaOf('base'),
    goldPatch: diff(fix),
    testPatch: diff(tests),
    files: [
      ...Object.keys(fix).map((path) => fakeFile({ path })),
      ...Object.keys(tests).map((path) => fakeFile({ path, class: 'test' })),
    ],
  });
  const repositories = createFakeRepositories({ [candidate.repository]: { base: { files: tree } } });
  return {
    candidate,
    repositories,
    cloneUrl: async () => 'https://example.org/a.git',
    now: () => Date.UTC(2024, 5, 1),
  };
}

export const toyLimits: Limits = { cpus: 1, memoryBytes: 2 ** 30, processes: 100, diskBytes: 2 ** 30 };

/** `jobs` is how many containers may be at work at once. */
export function toyBed(runtime: FakeRuntime, jobs = 1): TestBed {
  const turns = new PQueue({ concurrency: jobs });
  let runs = 0;
  const nonce = () => `nonce${String.fromCharCode(97 + (runs++ % 26))}${'x'.repeat(runs / 26)}`;
  const inTurn: TestBed['inTurn'] = (work) => turns.add(work);
  return { runtime, limits: toyLimits, timeoutMs: 10_000, nonce, toss: () => false, now: () => 0, inTurn };
}
