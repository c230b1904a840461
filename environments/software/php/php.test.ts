import { describe, expect, it } from 'vitest';
import type { Project } from '../../../src/testbed/stack.ts';
import { parseComposer } from './composer-json.ts';
import { stack } from './index.ts';
import { chooseSuites, packagesFor, toRange } from './packages.ts';

function toProject(files: Readonly<Record<string, string>>, rest: Partial<Project> = {}): Project {
  return {
    repository: 'owner/name',
    language: 'php',
    paths: Object.keys(files).sort(),
    read: async (path) => files[path],
    readTest: async (path) => files[path],
    committedAt: '2023-06-01T00:00:00Z',
    sources: ['src/Shelf.php'],
    tests: ['tests/ShelfTest.php'],
    support: [],
    version: undefined,
    ...rest,
  };
}

const LIBRARY = {
  'composer.json': JSON.stringify({
    require: { php: '^8.1', 'ext-dom': '*', 'psr/log': '^3' },
    'require-dev': { 'phpunit/phpunit': '^9.6' },
  }),
  'phpunit.xml.dist': '<phpunit/>',
  'src/Shelf.php': '<?php class Shelf {}',
  'tests/ShelfTest.php': '<?php',
};

describe('toRange', () => {
  it.each([
    ['^7.4|^8.0', '8.2.0', true],
    ['^7.4 || ^8.0', '7.4.33', true],
    ['>=7.2.5', '8.4.1', true],
    ['~7.1', '7.4.0', true],
    ['~7.1', '8.0.0', false],
    ['~8.1.0', '8.2.0', false],
    ['>=5.5,<8.0', '7.4.0', true],
    ['8.*@dev', '8.2.0', true],
  ])('%s holds %s: %s', async (constraint, version, expected) => {
    const { default: semver } = await import('semver');

    expect(semver.satisfies(version, toRange(constraint) ?? '')).toBe(expected);
  });

  it('gives up on what is no constraint', () => expect(toRange('whatever')).toBeUndefined());
});

describe('chooseSuites', () => {
  it.each([
    ['^8.1', '2023-06-01', ['bookworm', 'trixie']],
    ['>=7.2', '2021-03-01', ['bullseye', 'bookworm', 'trixie']],
    ['^7.0', '2024-01-01', ['bullseye']],
    ['^5.6', '2016-01-01', ['bullseye', 'bookworm', 'trixie']],
    [undefined, '2025-06-01', ['trixie', 'bookworm', 'bullseye']],
  ])('%s in %s: %j', (constraint, day, expected) =>
    expect(chooseSuites(constraint, `${day}T00:00:00Z`)).toEqual(expected),
  );
});

describe('packagesFor', () => {
  it('knows the packages of extensions, and passes over those that are built in', () => {
    expect(packagesFor(['ext-gmp', 'ext-json', 'ext-unheard-of', 'psr/log'])).toContain('php-gmp');
    expect(packagesFor(['ext-json'])).toEqual(packagesFor([]));
  });

  it('has the extensions of arithmetic that CI services have without being asked', () => {
    expect(packagesFor([])).toEqual(expect.arrayContaining(['php-bcmath', 'php-gmp']));
  });
});

describe('parseComposer', () => {
  it('reads what is required for use and for development', () => {
    expect(parseComposer(LIBRARY['composer.json'])).toEqual({
      php: '^8.1',
      requirements: ['ext-dom', 'php', 'phpunit/phpunit', 'psr/log'],
    });
  });

  it.each(['', '{', '[]', '{"require": 3}'])('takes %j for nothing', (text) => {
    expect(parseComposer(text)).toEqual({ php: undefined, requirements: [] });
  });
});

describe('stack', () => {
  it('tries Composer first, then the libraries of Debian on the same base layer', async () => {
    const proposal = await stack.propose(toProject(LIBRARY));

    expect(proposal.kind === 'recipes' ? proposal.recipes.map(({ variant }) => variant) : proposal).toEqual([
      'composer-php8.2',
      'debian-php8.2',
      'composer-php8.4',
      'debian-php8.4',
    ]);
    if (proposal.kind !== 'recipes') return;
    expect(proposal.recipes[1]?.packages).toEqual(proposal.recipes[0].packages);
    expect(proposal.recipes[1]?.dependencies[0]?.run).toContain('psr/log');
    expect(proposal.recipes[1]?.dependencies[0]?.run).not.toContain('phpunit/phpunit');
  });

  it('is pinned by a lock file alone', async () => {
    const [free, locked] = await Promise.all([
      stack.propose(toProject(LIBRARY)),
      stack.propose(toProject({ ...LIBRARY, 'composer.lock': '{}' })),
    ]);

    expect(free.kind === 'recipes' && free.recipes[0].isPinned).toBe(false);
    expect(locked.kind === 'recipes' && locked.recipes[0].isPinned).toBe(true);
    expect(locked.kind === 'recipes' && locked.recipes[0].dependencies[0]?.run).toContain('composer install');
  });

  it('runs the tests that lie beside changed test data', async () => {
    const data = toProject({ ...LIBRARY, 'tests/data/in.xml': '' }, { tests: [], support: ['tests/data/in.xml'] });

    const proposal = await stack.propose(data);

    expect(proposal.kind === 'recipes' && proposal.recipes[0].test.files).toContain('["tests/ShelfTest.php"]');
  });

  it('runs tests with the variables that CI gives them', async () => {
    const workflow = `jobs:
  test:
    strategy: { matrix: { engine: [GMP, Native] } }
    steps:
      - { run: vendor/bin/psalm, env: { ENGINE: none } }
      - { run: vendor/bin/phpunit, env: { ENGINE: "\${{ matrix.engine }}", NOTE: "it's" } }`;

    const proposal = await stack.propose(toProject({ ...LIBRARY, '.github/workflows/ci.yml': workflow }));

    if (proposal.kind !== 'recipes') throw new Error('no recipe');
    const [{ env, test, evidence }] = proposal.recipes;
    expect(test.all).toContain("export ENGINE=GMP NOTE='it'\\''s'\n");
    expect(evidence).toContain('CI sets ENGINE, NOTE for its tests');
    // The layers below are shared with projects that set nothing.
    expect(env).not.toHaveProperty('ENGINE');
  });

  it('leaves what has neither PHPUnit nor Composer', async () => {
    expect(await stack.propose(toProject({ 'src/Shelf.php': '' }))).toMatchObject({ kind: 'unsupported' });
    expect(await stack.propose(toProject({ 'a.go': '' }))).toEqual({ kind: 'not-ours' });
  });

  it.each([
    ['phpunit.xml', true],
    ['phpunit.xml.dist', true],
    ['phpunit.dist.xml', true],
    ['composer.json', true],
    ['vendor/bin/phpunit', true],
    ['tests/bootstrap.php', true],
    ['tests/ShelfTest.php', true],
    ['Pest.php', true],
    ['src/Shelf.php', false],
    ['src/Bootstrap.php', false],
  ])('protects %s: %s', (path, expected) => expect(stack.isProtected(path)).toBe(expected));

  it('forges in the source that the tests load, names of data sets included', async () => {
    const project = toProject(LIBRARY);
    const proposal = await stack.propose(project);
    if (proposal.kind !== 'recipes') throw new Error('no recipe');

    const attacks = await stack.attacks({
      project,
      recipe: proposal.recipes[0],
      failToPass: ['phpunit :: A\\BTest::testX with data set "ü"'],
    });

    expect(Object.keys(attacks['forged-report'])).toEqual(['src/Shelf.php']);
    expect(attacks['forged-report']['src/Shelf.php']).toMatch(/^<\?php class Shelf \{\}\n/);
  });
});

describe('the autoloader beside libraries of Debian', () => {
  it("is handed back like Composer's: bootstraps of tests add their folders to it", async () => {
    const proposal = await stack.propose(toProject(LIBRARY));
    const steps = proposal.kind === 'recipes' ? proposal.recipes.flatMap(({ dependencies }) => dependencies) : [];

    expect(steps.find(({ name }) => name === 'debian')?.run).toMatch(
      /ClassLoader\(\);\n\$loader->register\(\);\nreturn \$loader;/,
    );
  });
});

describe('canary', () => {
  const one = '<?php\nnamespace A;\n\nfinal class BTest extends TestCase\n{\n    public function testX() {}\n}\n';

  it.each([
    ['tests/BTest.php', one, true],
    ['tests/BTest.php', one.replace('TestCase', 'Base'), true],
    ['tests/BTest.php', one.replace(' extends TestCase', ''), false],
    ['tests/BTest.php', one.replace('testX', 'help'), false],
    ['tests/BTest.php', one.replace('final', 'abstract'), false],
    ['tests/BTest.php', `${one}\nclass Stub {}\n`, true],
    ['tests/BTest.php', `${one}\nfunction help() { return <<<END\n}\nEND; }\n`, false],
    ['tests/BTest.php', one.replace('final', 'function help() { return <<<END\n}\nEND; }\nfinal'), true],
    ['tests/BTest.php', one.replace('final', '/** @requires PHP 9 */\nfinal'), false],
    ['tests/BTest.php', one.replace('final', 'function help() {}\n/** @requires PHP 9 */\nfinal'), false],
    ['tests/BTest.php', one.replace('    public', '    /** @requires PHP 9 */\n    public'), true],
    ['tests/BTest.php', one.replace('{}', '{ $this->markTestSkipped(); }'), true],
    ['tests/BTest.php', one.replace('testX() {}', 'setUp() { $this->markTestSkipped(); } function testX() {}'), false],
    ['tests/BTest.php', one.replace('testX() {}', 'skip() { $this->markTestSkipped(); } function testX() {}'), true],
    ['tests/(Test.php', one, false],
    ['tests/b.phpt', '--TEST--\n', false],
  ])('stands beside %s, and in it where it is a class of tests: %j', async (...[path, text, isGrown]) => {
    const project = toProject({ 'phpunit.xml': '<phpunit/>', 'src/B.php': '<?php', [path]: text }, { tests: [path] });
    const proposal = await stack.propose(project);
    if (proposal.kind !== 'recipes') throw new Error('no recipe');

    const canary = await stack.canary?.('k3', { project, recipe: proposal.recipes[0] });

    expect(canary?.args).toEqual(['tests/Nk3Test.php']);
    expect(canary?.files['tests/Nk3Test.php']).toContain('function testZk3(): void');
    expect(canary?.files[path]?.includes('function testZk3(): void\n')).toBe(isGrown ? true : undefined);
  });

  it('stands beside the tests of changed data, and in them', async () => {
    const path = 'tests/BTest.php';
    const project = toProject(
      { 'phpunit.xml': '<phpunit/>', 'src/B.php': '<?php', [path]: one, 'tests/data/in.md': '' },
      { tests: [], support: ['tests/data/in.md'] },
    );
    const proposal = await stack.propose(project);
    if (proposal.kind !== 'recipes') throw new Error('no recipe');

    const canary = await stack.canary?.('k3', { project, recipe: proposal.recipes[0] });

    expect(canary?.args).toEqual(['tests/Nk3Test.php']);
    expect(canary?.files[path]).toContain('function testZk3(): void\n');
  });

  it('stands in the class that is named as its file', async () => {
    const [path, text] = ['tests/BTest.php', `${one}\nclass Stub {}\n`];
    const project = toProject({ 'phpunit.xml': '<phpunit/>', [path]: text }, { tests: [path] });
    const proposal = await stack.propose(project);
    if (proposal.kind !== 'recipes') throw new Error('no recipe');

    const canary = await stack.canary?.('k3', { project, recipe: proposal.recipes[0] });

    expect(canary?.files[path]?.split('must be seen').at(-1)).toBe("');\n    }\n}\n\nclass Stub {}\n");
  });
});
