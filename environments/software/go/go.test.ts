import { describe, expect, it } from 'vitest';
import type { Project } from '../../../src/testbed/stack.ts';
import { stack } from './index.ts';
import { testPackages } from './packages.ts';
import { chooseVersions, parseGoMod } from './versions.ts';

function toProject(files: Readonly<Record<string, string>>, rest: Partial<Project> = {}): Project {
  return {
    repository: 'owner/name',
    language: 'go',
    paths: Object.keys(files).sort(),
    read: async (path) => files[path],
    readTest: async (path) => files[path],
    committedAt: '2023-06-01T00:00:00Z',
    sources: ['parse.go'],
    tests: ['parse_test.go'],
    support: [],
    version: undefined,
    ...rest,
  };
}

const PLAIN = {
  'go.mod': 'module example.org/x\n\ngo 1.12\n',
  'parse.go': 'package x\n',
  'parse_test.go': 'package x_test\n',
};

describe('parseGoMod', () => {
  it.each([
    ['module a.b/c\ngo 1.18\n', { module: 'a.b/c', go: '1.18', toolchain: undefined }],
    ['module "a.b/c"\n', { module: 'a.b/c', go: undefined, toolchain: undefined }],
    ['module a\n\ngo 1.21.3\n\ntoolchain go1.22.1\n', { module: 'a', go: '1.21.3', toolchain: '1.22.1' }],
  ])('reads %j', (text, expected) => expect(parseGoMod(text)).toEqual(expected));
});

describe('chooseVersions', () => {
  const mod = (go: string | undefined, toolchain?: string) => ({ module: 'm', go, toolchain });
  const versions = (...args: Parameters<typeof chooseVersions>) =>
    chooseVersions(...args).map(({ version }) => version);
  const ci = (...list: string[]) => [{ path: 'ci', commands: [], steps: [], values: new Map([['go-version', list]]) }];

  it('trusts the years before a go line that is a lower bound', () => {
    expect(versions(mod('1.12'), [], '2023-06-01T00:00:00Z')).toEqual(['1.20.14', '1.12.17']);
  });

  it('begins with the newest that CI ran at the time', () => {
    expect(versions(mod('1.16'), ci('1.18.x', '^1.19', 'stable', '1.99'), '2023-06-01T00:00:00Z')).toEqual([
      '1.19.13',
      '1.20.14',
      '1.16.15',
    ]);
  });

  it('never goes below what go.mod asks for', () => {
    expect(versions(mod('1.21', '1.22.1'), ci('1.19'), '2023-09-01T00:00:00Z')).toEqual(['1.22.12']);
  });

  it('takes a later patch where go.mod asks for it', () => {
    expect(versions(mod('1.25.7'), [], '2026-01-01T00:00:00Z')).toEqual(['1.25.7']);
  });
});

describe('packages', () => {
  it("names them from the module's folder", () => {
    const project = toProject(
      { ...PLAIN, 'tools/go.mod': 'module t\n', 'tools/a/b_test.go': '' },
      { tests: ['tools/a/b_test.go'] },
    );

    expect(testPackages(project, 'tools')).toEqual(['./a']);
  });

  it('runs the package that uses changed test data', () => {
    const project = toProject(PLAIN, { tests: [], support: ['testdata/in/1.txt'] });

    expect(testPackages(project, '')).toEqual(['.']);
  });
});

describe('stack', () => {
  it('is asked for its tests package by package', async () => {
    const proposal = await stack.propose(toProject(PLAIN));

    expect(proposal.kind === 'recipes' ? proposal.recipes.map(({ variant }) => variant) : proposal).toEqual([
      'go1.20.14',
      'go1.12.17',
    ]);
    if (proposal.kind !== 'recipes') return;
    expect(proposal.recipes[0].test.files).toMatch(/go test .* \. > /);
    expect(proposal.recipes[0].test.all).toContain('./...');
  });

  it('uses what is vendored, and downloads nothing', async () => {
    const proposal = await stack.propose(toProject({ ...PLAIN, 'vendor/modules.txt': '' }));

    expect(
      proposal.kind === 'recipes' ? [proposal.recipes[0].dependencies, proposal.recipes[0].env.GOFLAGS] : [],
    ).toEqual([[], '-mod=vendor']);
  });

  it('sets no module flag in a workspace, which refuses it', async () => {
    const proposal = await stack.propose(toProject({ ...PLAIN, 'go.work': 'use .' }));

    expect(proposal.kind === 'recipes' ? proposal.recipes[0].env.GOFLAGS : 'none').toBeUndefined();
  });

  it('says why code without a module is not built, and leaves what is no Go', async () => {
    const old = toProject({ 'a.go': '', 'a_test.go': '' }, { tests: ['a_test.go'] });

    expect(await stack.propose(old)).toMatchObject({ kind: 'unsupported' });
    expect(await stack.propose(toProject({ 'a.c': '' }))).toEqual({ kind: 'not-ours' });
  });

  it.each([
    ['go.mod', true],
    ['a/go.sum', true],
    ['a/b_test.go', true],
    ['vendor/x/y.go', true],
    ['a/testdata/x', true],
    ['a/b.go', false],
    ['cargo.mod', false],
  ])('protects %s: %s', (path, expected) => expect(stack.isProtected(path)).toBe(expected));

  it('puts its canary into the package of the changed test', async () => {
    const project = toProject(PLAIN);
    const proposal = await stack.propose(project);
    if (proposal.kind !== 'recipes') throw new Error('no recipe');

    const canary = await stack.canary?.('abc', { project, recipe: proposal.recipes[0] });

    expect(canary?.files['zabc_test.go']).toContain('package x_test');
    expect([canary?.passing, canary?.failing]).toEqual(['TestAabc', 'TestZabc']);
  });

  it('puts its canary into the package that uses changed test data', async () => {
    const project = toProject(
      { ...PLAIN, 'read/read.go': 'package read\n', 'read/read_test.go': 'package read\n', 'read/testdata/in': '' },
      { tests: [], support: ['read/testdata/in'] },
    );
    const proposal = await stack.propose(project);
    if (proposal.kind !== 'recipes') throw new Error('no recipe');

    const canary = await stack.canary?.('abc', { project, recipe: proposal.recipes[0] });

    expect(canary?.files['read/zabc_test.go']).toContain('package read\n');
  });

  it('attacks by a hook that is taken back, and by code that is not', async () => {
    const project = toProject(PLAIN);
    const proposal = await stack.propose(project);
    if (proposal.kind !== 'recipes') throw new Error('no recipe');

    const attacks = await stack.attacks({ project, recipe: proposal.recipes[0], failToPass: ['p :: TestX/a<b'] });

    expect(Object.keys(attacks['runner-hook']).every((path) => stack.isProtected(path))).toBe(true);
    expect(Object.entries(attacks['forged-report'])).toEqual([
      ['zz_init.go', expect.stringMatching(/<testcase name=.{1,2}TestX\/a&lt;b.*PASS: TestX\/a<b/s)],
    ]);
  });
});
