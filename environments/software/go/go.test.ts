import { describe, expect, it } from 'vitest';
import type { Project } from '../../../src/testbed/stack.ts';
import { importsOf, readImports } from './imports.ts';
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

const OLD = {
  'a.go': 'package name\n\nimport "fmt"\nimport y "gopkg.in/yaml.v2"\n',
  'a_test.go':
    'package name\n\nimport (\n\t"testing"\n\t// "a.b/not"\n\t"github.com/Owner/name/sub"\n\t. "github.com/stretchr/testify/assert"\n)\n',
  'vendor/x.org/y/y.go': 'package y\nimport "z.org/z"\n',
};

describe('importsOf', () => {
  it.each([
    ['package a\nimport "a.b/c"\nvar x = "d.e/f"\n', ['a.b/c']],
    ['package a\nimport (\n\t_ "a.b/c" // why "d"\n\te "f.g/h"\n)\nimport . "i.j/k"\n', ['a.b/c', 'f.g/h', 'i.j/k']],
    ['package a\n', []],
  ])('reads %j', (text, expected) => expect(importsOf(text)).toEqual(expected));
});

describe('readImports', () => {
  it.each([
    ['what it calls its own packages', OLD, 'github.com/Owner/name'],
    ['its repository', { 'a.go': 'package a\nimport "github.com/other/name/none"\n' }, 'github.com/owner/name'],
    [
      'another host',
      { 'b/a.go': 'package b\n', 'a.go': 'package a\nimport "gopkg.in/name.v3/b"\n' },
      'gopkg.in/name.v3',
    ],
    ['the comment of its package', { 'a.go': 'package a // import "go.example.org/a"\n' }, 'go.example.org/a'],
  ])('names the module by %s', async (_, files, module) => {
    const files_ = { 'sub/b.go': 'package sub\n', ...files };

    expect((await readImports(toProject(files_, { tests: [] }))).module).toBe(module);
  });
});

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

  it('passes by what is older than modules', () => {
    expect(versions(mod(undefined), ci('1.4', '1.10'), '2018-06-01T00:00:00Z')).toEqual(['1.12.17']);
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

  it('tests what loads where one package keeps the go command from starting any', async () => {
    const proposal = await stack.propose(toProject(PLAIN));

    if (proposal.kind !== 'recipes') throw new Error(proposal.kind);
    const { files, all } = proposal.recipes[0].test;
    expect(all).toMatch(/if ! grep -q [^\n]*\n[\s\S]*find \. -name '\*\.go' [^\n]* while read[\s\S]*"Action":"fail"/);
    expect(files).toContain("printf '%s\\n' . | while read -r folder");
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

  it.each([
    ['2019-05-31T00:00:00Z', true],
    ['2020-05-31T00:00:00Z', false],
  ])('names a proxy to a Go that has none by itself: %s', async (committedAt, isNamed) => {
    const files = { ...PLAIN, 'go.mod': 'module example.org/x\n' };
    const proposal = await stack.propose(toProject(files, { committedAt }));
    const [step] = proposal.kind === 'recipes' ? proposal.recipes[0].dependencies : [];

    expect(step?.run.includes('export GOPROXY=')).toBe(isNamed);
  });

  it('makes a module of code without one, by what it imports', async () => {
    const files = { ...OLD, 'Gopkg.lock': '', 'sub/b.go': 'package sub\n' };
    const proposal = await stack.propose(
      toProject(files, { committedAt: '2016-05-31T00:00:00Z', tests: ['a_test.go'] }),
    );

    expect(proposal.kind === 'recipes' ? proposal.recipes.map(({ variant }) => variant) : proposal).toEqual([
      'go1.12.17-nomod',
      'go1.25.0-nomod',
    ]);
    if (proposal.kind !== 'recipes') return;
    const [{ dependencies, manifests, build, test, isPinned }] = proposal.recipes;
    expect(dependencies[0]?.run).toContain(
      "python3 -I - github.com/Owner/name 2016-05-31T00:00:00Z github.com/stretchr/testify/assert gopkg.in/yaml.v2 <<'PYTHON'",
    );
    expect([manifests, build.map(({ name }) => name), isPinned]).toEqual([
      ['Gopkg.lock'],
      ['module', 'compile'],
      false,
    ]);
    expect(test.files).toMatch(/go test .* \. > /);
  });

  it('says why a change that brings the first go.mod is not built, and leaves what is no Go', async () => {
    const first = toProject(OLD, { tests: ['a_test.go'], sources: ['a.go', 'go.mod'] });

    expect(await stack.propose(first)).toMatchObject({ kind: 'unsupported' });
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
