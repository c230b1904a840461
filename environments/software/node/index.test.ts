import { describe, expect, it } from 'vitest';
import { Recipe } from '../../../src/domain/recipe.ts';
import { createMemoryProject, type MemoryProject } from '../../../test/fakes/memory-project.ts';
import { stack } from './index.ts';

async function recipesOf(project: MemoryProject): Promise<readonly Recipe[]> {
  const proposal = await stack.propose(
    createMemoryProject({
      language: 'javascript',
      tests: ['test/a.test.js'],
      after: { 'test/a.test.js': '' },
      ...project,
    }),
  );
  if (proposal.kind !== 'recipes') throw new Error(JSON.stringify(proposal));
  for (const recipe of proposal.recipes) Recipe.parse(recipe);
  return proposal.recipes;
}

const manifest = (fields: object) => JSON.stringify({ name: 'a', ...fields });
const jest = { devDependencies: { jest: '^29' } };

async function first(project: MemoryProject): Promise<Recipe> {
  const [recipe] = await recipesOf(project);
  if (recipe === undefined) throw new Error('no recipe');
  return recipe;
}

const stepOf = (recipe: Recipe, name: string) =>
  [...recipe.toolchain, ...recipe.dependencies, ...recipe.build].find((step) => step.name === name)?.run ?? '';

describe('the package manager', () => {
  it.each([
    ['package-lock.json', '{"lockfileVersion": 2}', 'npm ci ', true],
    ['npm-shrinkwrap.json', '{}', 'npm ci ', true],
    ['pnpm-lock.yaml', "lockfileVersion: '6.0'\n", 'pnpm install --frozen-lockfile', true],
    ['yarn.lock', '# yarn lockfile v1\n', 'yarn install --frozen-lockfile', true],
    ['yarn.lock', '__metadata:\n  version: 6\n', 'yarn install', true],
    ['bun.lock', '', '--before 2024-03-01T00:00:00Z', false],
  ])('of %s installs by %s', async (...[lock, text, command, isPinned]) => {
    const recipe = await first({ files: { 'package.json': manifest(jest), [lock]: text } });

    expect(stepOf(recipe, 'install')).toContain(command);
    expect(recipe.isPinned).toBe(isPinned);
  });

  it.each([
    ['lockfileVersion: 5.3\n', '', 'pnpm 6.35.1'],
    ['lockfileVersion: 5.4\n', '', 'pnpm 7.33.7'],
    ["lockfileVersion: '9.0'\n", '', 'pnpm 9.15.9'],
    ["lockfileVersion: '9.0'\n", 'pnpm@9.1.0+sha256.x', 'pnpm 9.1.0'],
  ])('of pnpm is of the release that wrote %s with packageManager "%s"', async (text, packageManager, fetched) => {
    const recipe = await first({
      files: { 'package.json': manifest({ ...jest, packageManager }), 'pnpm-lock.yaml': text },
    });

    expect(stepOf(recipe, 'pnpm')).toContain(`fetch.py ${fetched} `);
  });

  it("never runs the project's own scripts, and has no browsers downloaded", async () => {
    const recipe = await first({
      files: { 'package.json': manifest({ ...jest, scripts: { prepare: 'husky install' } }) },
    });

    expect(recipe.dependencies[0]?.name).toBe('own-scripts-off');
    expect(recipe.env).toMatchObject({ PUPPETEER_SKIP_DOWNLOAD: '1', CYPRESS_INSTALL_BINARY: '0' });
  });

  it('is tried without dates where there is no lock file, and without install scripts', async () => {
    const recipes = await recipesOf({ files: { 'package.json': manifest(jest) } });

    expect(recipes.map(({ variant }) => variant).slice(0, 4)).toEqual([
      'node20-npm',
      'node20-npm-undated',
      'node20-npm-noscripts',
      'node20-npm-undated-noscripts',
    ]);
    expect(stepOf(recipes[1] as Recipe, 'install')).not.toContain('--before');
    expect(stepOf(recipes[2] as Recipe, 'install')).toContain('--ignore-scripts');
  });
});

describe('the lock file', () => {
  const locks = { 'package-lock.json': '{}', 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" };

  it.each([
    ['pnpm@10.1.0+sha512.ab', 'pnpm install --frozen-lockfile'],
    ['npm@10.1.0', 'npm ci '],
    ['yarn@4.0.0', 'npm ci '],
    ['', 'npm ci '],
  ])('is the one of %j where there are several', async (packageManager, command) => {
    const recipe = await first({ files: { 'package.json': manifest({ ...jest, packageManager }), ...locks } });

    expect(stepOf(recipe, 'install')).toContain(command);
  });
});

describe('the release of Node', () => {
  it.each([
    ['is the long-term one of the time', { files: {} }, '2022-03-01', 'node16-npm'],
    ['obeys engines', { files: {}, engines: { node: '^14 || ^12' } }, '2022-03-01', 'node14-npm'],
    ['is what .nvmrc says', { files: { '.nvmrc': 'v18.1.0\n' } }, '2022-12-01', 'node18-npm'],
    ['is what .nvmrc says by its name', { files: { '.nvmrc': 'lts/gallium\n' } }, '2023-12-01', 'node16-npm'],
    [
      'is one that CI tests',
      {
        files: {
          '.github/workflows/ci.yml': 'jobs:\n  a:\n    strategy:\n      matrix:\n        node-version: [12, 14]\n',
        },
      },
      '2022-12-01',
      'node14-npm',
    ],
    ['comes with volta', { files: {}, volta: { node: '12.4.0' } }, '2022-12-01', 'node12-npm'],
  ])('%s', async (...[, { files, ...fields }, date, variant]) => {
    const lock = { 'package-lock.json': '{}' };
    const recipe = await first({
      files: { 'package.json': manifest({ ...jest, ...fields }), ...lock, ...(files as Record<string, string>) },
      committedAt: `${date}T00:00:00Z`,
    });

    expect(recipe.variant).toBe(variant);
  });
});

describe('the runner', () => {
  it.each([
    [
      'jest with its configuration',
      { test: 'eslint . && cross-env NODE_ENV=test jest -c cfg.js --coverage --watch' },
      'export NODE_ENV=test; export ENVMINT_REPORTS="$reports"; jest -c cfg.js --ci',
    ],
    [
      'jest behind flags of node',
      { test: 'node --experimental-vm-modules node_modules/jest/bin/jest.js' },
      '--experimental-vm-modules"; jest --ci',
    ],
    ['react-scripts', { test: 'react-scripts test --env=jsdom' }, 'react-scripts test --env=jsdom --ci'],
    [
      'vitest',
      { test: 'vitest' },
      'vitest run --reporter=junit --reporter=default --outputFile="$reports/vitest.xml" test/a.test.js "$@"',
    ],
    [
      'mocha under nyc, with its flags',
      { test: 'nyc mocha -R dot --require should --bail "test/**/*.js"' },
      'mocha-run.cjs --require should --files test/a.test.js "$@"',
    ],
    [
      'mocha under a program of the project',
      { test: 'node bin/prepare.js mocha "test/unit/**/*.js" --timeout 30000 --exit' },
      'mocha-run.cjs --timeout 30000 --exit --files test/a.test.js "$@"',
    ],
    [
      'mocha by a script that is called',
      { test: 'npm run lint && npm run unit', lint: 'eslint .', unit: '_mocha -t 5000' },
      'mocha-run.cjs -t 5000 --files',
    ],
    [
      'mocha of run-s',
      { test: 'run-s lint test:*', lint: 'eslint .', 'test:unit': 'ts-mocha test/*.ts' },
      'mocha-run.cjs --require ts-node/register --files',
    ],
    ['ava', { test: 'xo && ava' }, 'tap.py --whole ava --tap -- test/a.test.js'],
    ['tape', { test: 'tape -r @babel/register test/*.js' }, 'tap.py node -r @babel/register -- test/a.test.js "$@"'],
    ['tap', { test: 'tap --no-coverage test/*.js' }, 'tap.py node -- test/a.test.js'],
    [
      "Node's own",
      { test: 'node --import tsx --test "test/*.js"' },
      'node --import tsx --test --test-reporter=/opt/envmint/node/node-test.cjs',
    ],
    ["Node's own through tsx", { test: 'tsx --test' }, 'node --import tsx --test'],
    ['jasmine', { test: 'jasmine --config=j.json' }, 'jasmine --config=j.json --random=false'],
    ['borp', { test: 'borp --expose-gc -T -p "test/*.js"' }, 'node --expose-gc --test --test-reporter='],
    [
      'what npm says of where it is',
      { test: 'vitest run --config=$INIT_CWD/v.config.ts' },
      'vitest run --config=v.config.ts ',
    ],
    [
      'lab',
      { test: 'lab -t 100 -a @hapi/code -L -m 5000' },
      'lab-run.cjs -a @hapi/code -m 5000 --files test/a.test.js "$@"',
    ],
    ['a program', { test: 'node test/run-tests.js' }, 'tap.py node -- test/a.test.js'],
  ])('%s', async (_, scripts, command) => {
    const recipe = await first({ files: { 'package.json': manifest({ scripts }) } });

    expect(recipe.test.files).toContain(command);
  });

  it('is the one that the tests import, whatever the scripts say', async () => {
    const after = { 'test/a.test.js': "import { it } from 'node:test';\n" };
    const recipe = await first({
      files: { 'package.json': manifest({ scripts: { test: 'playwright test' } }) },
      after,
    });

    expect(recipe.test.files).toContain('node --test ');
  });

  it.each([
    ['@hapi/lab', "const Lab = require('@hapi/lab');\n"],
    ['lab', "const Lab = require('lab');\n"],
    ['@hapi/lab', "import * as Lab from '@hapi/lab';\n"],
  ])('is lab by the name of %s', async (name, text) => {
    const files = { 'package.json': manifest({ scripts: { test: 'make test' }, devDependencies: { [name]: '1' } }) };

    expect((await first({ files })).test.files).toContain('lab-run.cjs');
    expect(
      (await first({ files: { 'package.json': manifest({}) }, after: { 'test/a.test.js': text } })).test.files,
    ).toContain('lab-run.cjs');
  });

  const readers = {
    'package.json': manifest({ scripts: { test: 'mocha test/test.js' } }),
    'test/test.js': '',
    'test/form/index.js': '',
    'test/form/cases/a/_config.js': '',
  };
  it.each([
    ['the test that reads a folder of cases', readers, 'test/form/cases/a/_config.js', 'assert(1);', 'test/test.js'],
    [
      'the nearest of them',
      { ...readers, 'test/form/a.test.js': '', 'test/form/cases/test/x.js': '' },
      'test/form/cases/a/_config.js',
      '',
      'test/form/a.test.js',
    ],
    [
      'the test that reads cases with a method called test',
      readers,
      'test/form/cases/a/_config.js',
      'export default {\n\ttest({ assert }) {\n\t}\n}',
      'test/test.js',
    ],
    [
      'what asks for tests by itself',
      readers,
      'test/form/cases/a/_config.js',
      "it('x', () => {});",
      'test/form/cases/a/_config.js',
    ],
    [
      'what the command line names',
      { ...readers, 'package.json': manifest({ scripts: { test: "mocha './test/*/rules/*.js'" } }) },
      'test/form/rules/x.js',
      'tester.run();',
      'test/form/rules/x.js',
    ],
    [
      'what mocha takes by itself',
      { ...readers, 'package.json': manifest({ scripts: { test: 'mocha' } }) },
      'test/x.js',
      '',
      'test/x.js',
    ],
    [
      'what nothing reads',
      { 'package.json': manifest({ scripts: { test: 'mocha tests/all.js' } }) },
      'tests/rules/x.js',
      'tester.run();',
      'tests/rules/x.js',
    ],
  ])('runs %s', async (...[, files, path, text, expected]) => {
    const recipe = await first({ files, tests: [path], after: { [path]: text } });

    expect(recipe.test.files).toContain(`--files ${expected} "$@"`);
  });

  it('runs of a folder what the command line has a pattern for', async () => {
    const files = {
      'package.json': manifest({ scripts: { test: 'mocha test/*.test.js test/*.integration.js' } }),
      'test/b.integration.js': '',
      'test/server.js': '',
    };

    expect((await first({ files })).test.package).toContain('--files test/a.test.js test/b.integration.js "$@"');
  });

  it('is one that is installed, before a program that is called a test', async () => {
    const scripts = { test: 'make test', 'test:esm': 'node test/esm/index.js' };
    const files = { 'package.json': manifest({ scripts, devDependencies: { jest: '29' } }) };

    expect((await first({ files })).test.files).toContain('--runTestsByPath test/a.test.js');
  });

  it.each([
    ['loads it', "require('./tests-a.js');\n", 'test/run.js'],
    ['does not', "require('./tests-b.js');\n", 'test/tests-a.js'],
  ])('starts the program of the script for a test where that program %s', async (_, driver, expected) => {
    const files = { 'package.json': manifest({ scripts: { test: 'node test/run.js' } }), 'test/run.js': driver };
    const recipe = await first({ files, tests: ['test/tests-a.js'], after: { 'test/tests-a.js': "test('1');\n" } });

    expect(recipe.test.files).toContain(`tap.py node -- ${expected} "$@"`);
  });

  it('is asked of the root where a workspace has none', async () => {
    const recipe = await first({
      files: {
        'package.json': manifest({ workspaces: ['packages/*'], scripts: { test: 'jest' } }),
        'yarn.lock': '',
        'packages/x/package.json': manifest({ name: 'x' }),
      },
      tests: ['packages/x/test/a.test.js'],
    });

    expect(recipe.folder).toBe('');
    expect(recipe.test.files).toContain('--runTestsByPath packages/x/test/a.test.js "$@"');
    expect(recipe.manifests).toEqual(['package.json', 'packages/x/package.json', 'yarn.lock']);
  });

  it('is unknown for others', async () => {
    const project = createMemoryProject({
      files: { 'package.json': manifest({ scripts: { test: 'karma start' } }) },
      tests: ['test/a.test.js'],
    });

    expect(await stack.propose(project)).toMatchObject({ kind: 'unsupported' });
    expect(await stack.propose(createMemoryProject({ files: { 'go.mod': '' }, tests: ['a_test.go'] }))).toEqual({
      kind: 'not-ours',
    });
  });
});

describe('the tests of a run', () => {
  it('are none that another runtime runs, and no snapshots', async () => {
    const recipe = await first({
      files: { 'package.json': manifest({ scripts: { test: 'jest' } }) },
      tests: ['deno/lib/__tests__/a.test.ts', 'src/__tests__/a.test.ts', 'tap-snapshots/test/a.js.test.cjs'],
    });

    expect(recipe.test.files).toContain('src/__tests__/a.test.ts');
    expect(recipe.test.files).not.toMatch(/deno|tap-snapshots/);
  });
});

describe('what is built before the tests', () => {
  it('is what the test script builds, and not what it checks', async () => {
    const scripts = { pretest: 'rimraf dist && tsc -p . && eslint .', test: 'mocha' };
    const recipe = await first({ files: { 'package.json': manifest({ scripts }) } });

    expect(recipe.test.files).toMatch(
      /^reports=\$ENVMINT_REPORTS\nunset ENVMINT_REPORTS\n.*rimraf dist\)\n.*tsc -p \.\)\n.*export ENVMINT_REPORTS="\$reports"; .*mocha-run/s,
    );
    expect(recipe.test.files).not.toContain('eslint');
    expect(stepOf(recipe, 'build')).toContain('tsc -p .');
  });

  it('is each workspace that the tested one needs, in the order of their needs', async () => {
    const built = { main: 'dist/index.js', scripts: { build: 'tsc', test: 'vitest' } };
    const recipe = await first({
      files: {
        'package.json': manifest({ private: true }),
        'pnpm-workspace.yaml': 'packages: ["packages/*"]',
        'pnpm-lock.yaml': "lockfileVersion: '9.0'",
        'packages/a/package.json': manifest({ ...built, name: 'a', dependencies: { b: 'workspace:*' } }),
        'packages/b/package.json': manifest({ ...built, name: 'b', dependencies: { c: 'workspace:*' } }),
        'packages/c/package.json': manifest({ ...built, name: 'c' }),
        'packages/d/package.json': manifest({ ...built, name: 'd' }),
      },
      tests: ['packages/a/test/a.test.ts'],
      after: { 'packages/a/test/a.test.ts': "import { x } from '../src/index.ts';" },
    });

    expect(stepOf(recipe, 'build')).toBe('(cd packages/c && pnpm run build)\n(cd packages/b && pnpm run build)');
    expect(recipe.test.files).toContain('cd packages/a; vitest run');
  });

  it('is the package itself where its tests load what it builds', async () => {
    const fields = { main: './dist/a.js', scripts: { build: 'rollup -c', test: 'jest' } };
    const recipe = await first({
      files: { 'package.json': manifest(fields), 'src/a.js': '' },
      after: { 'test/a.test.js': "const a = require('../dist/a');" },
    });

    expect(stepOf(recipe, 'build')).toBe('(cd . && npm run build)');
  });

  it.each([
    ['an alias', 'vitest.config.ts', "{ find: /^a$/, replacement: resolve('./src/a.js') }", true],
    [
      'an alias over two lines',
      'vite.config.js',
      "{\n  find: 'a',\n  replacement: path.resolve(__dirname, 'src/a.js'),\n}",
      true,
    ],
    ['a name that Jest maps', 'jest.config.js', "moduleNameMapper: { '^a$': '<rootDir>/src/a' }", true],
    ['paths that nothing reads', 'tsconfig.json', '"paths": { "a": ["./src/a.js"] }', false],
    ['what is built', 'jest.config.js', "moduleNameMapper: { '^a$': '<rootDir>/dist/a.js' }", false],
    ['another package', 'jest.config.js', "moduleNameMapper: { '^b-a$': '<rootDir>/src/a.js' }", false],
  ])('is not the package where its name stands for its sources: %s', async (...[, path, text, isMapped]) => {
    const fields = { main: './dist/a.js', scripts: { build: 'rollup -c', test: 'jest' } };
    const recipe = await first({
      files: { 'package.json': manifest(fields), 'src/a.js': '', [path]: text },
      after: { 'test/a.test.js': "import a from 'a';" },
    });

    expect(stepOf(recipe, 'build') === '').toBe(isMapped);
  });

  it('is not the package where the runner reads the paths of a tsconfig', async () => {
    const fields = { name: '@x/a', main: './dist/a.js', scripts: { build: 'rollup -c', test: 'vitest' } };
    const recipe = await first({
      files: {
        'package.json': manifest(fields),
        'src/index.ts': '',
        'tsconfig.base.json': '"paths": { "@x/a": ["./src/index.ts"], // here',
        'vitest.config.mts': "import tsconfigPaths from 'vite-tsconfig-paths'",
      },
      after: { 'test/a.test.js': "import a from '@x/a';" },
    });

    expect(stepOf(recipe, 'build')).toBe('');
  });
});
