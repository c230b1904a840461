import { describe, expect, it } from 'vitest';
import { createMemoryProject } from '../../../test/fakes/memory-project.ts';
import { stack } from './index.ts';

describe('what is protected', () => {
  it.each([
    'package.json',
    'packages/a/package.json',
    'jest.config.js',
    'jest.config.unit.ts',
    'jest.setup.js',
    'vitest.config.mts',
    'vite.config.ts',
    'vitest.workspace.ts',
    '.mocharc.yml',
    '.mocharc',
    'test/mocha.opts',
    'babel.config.js',
    '.babelrc',
    'tsconfig.json',
    'tsconfig.test.json',
    'node_modules/jest/index.js',
    'node_modules/.bin/mocha',
    '.npmrc',
    '.yarn/releases/yarn.cjs',
    '.pnp.cjs',
    'setupTests.ts',
    'test/setup.js',
    'src/__mocks__/fs.js',
    '.taprc',
    'ava.config.mjs',
  ])('takes %s back', (path) => expect(stack.isProtected(path)).toBe(true));

  it.each([
    'src/jester.js',
    'src/config.ts',
    'lib/setup-wizard/index.js',
    'src/test.js',
    'src/vitestish.ts',
    'bin/jest',
  ])('leaves %s to the answer', (path) => expect(stack.isProtected(path)).toBe(false));
});

async function canaryOf(path: string, text: string, scripts: Readonly<Record<string, string>>) {
  const project = createMemoryProject({
    language: 'javascript',
    files: { 'package.json': JSON.stringify({ name: 'a', scripts }) },
    after: { [path]: text },
    tests: [path],
  });
  const proposal = await stack.propose(project);
  if (proposal.kind !== 'recipes') throw new Error(proposal.kind);
  const found = await stack.canary?.('0123456789abcdef01234567', { project, recipe: proposal.recipes[0] });
  const [[beside = '', canary = ''] = []] = Object.entries(found?.files ?? {}).filter(([name]) => name !== path);
  return { path: beside, text: canary, grown: found?.files[path], found };
}

describe('canary', () => {
  it.each([
    ['src/foo.test.ts', 'src/x0123456789abcdef01234567.test.ts'],
    ['test/foo.bar.spec.js', 'test/x0123456789abcdef01234567.spec.js'],
    ['test/test-foo.js', 'test/test-x0123456789abcdef01234567.js'],
    ['test/fooSpec.js', 'test/x0123456789abcdef01234567Spec.js'],
    ['test/foo.js', 'test/x0123456789abcdef01234567.js'],
    ['src/__tests__/foo.jsx', 'src/__tests__/x0123456789abcdef01234567.jsx'],
  ])('beside %s is named so that the runner finds it', async (path, expected) => {
    expect((await canaryOf(path, '', { test: 'jest' })).path).toBe(expected);
  });

  it('loads the modules that its neighbour loads, in the same way', async () => {
    const required = await canaryOf('test/a.test.js', "const a = require('../src/a');\nconst fs = require('fs');\n", {
      test: 'jest',
    });
    const imported = await canaryOf(
      'test/a.test.ts',
      "import type { T } from './t';\nimport {\n  b,\n} from '../src/b.js';\nimport './c';\n",
      {
        test: 'jest',
      },
    );

    expect(required.text).toMatch(/^require\("..\/src\/a"\);\nit\('/);
    expect(imported.text).toMatch(/^import "..\/src\/b.js";\nimport ".\/c";\nit\('/);
  });

  it.each([
    [
      'vitest',
      "import { it } from 'vitest';",
      { test: 'vitest' },
      "import { expect } from 'vitest';\nimport { it } from 'vitest';",
    ],
    [
      'mocha with chai',
      "const { expect } = require('chai');",
      { test: 'mocha' },
      "const { expect } = require('chai');",
    ],
    ['mocha', "describe('x', () => {});", { test: 'mocha' }, "const assert = require('assert');"],
    ['tape', "import test from 'tape';", { test: 'tape test/*.js' }, "import test from 'tape';"],
    ['node:test', "import test from 'node:test';", { test: 'node --test' }, "import { it } from 'node:test';"],
  ])('speaks %s', async (...[, text, scripts, head]) => {
    const { text: canary, found } = await canaryOf('test/a.test.js', text, scripts);

    expect(canary).toContain(head);
    expect(canary).toContain(`'${found?.passing}'`);
    expect(canary).toContain(`'${found?.failing}'`);
    // TypeScript that compiles for ES5 spreads no string.
    expect(canary).not.toContain('[...');
  });
});

describe('canary in the changed files', () => {
  it.each([
    ['test/a.test.js', "it('a', () => {});", { test: 'jest' }, ";{\nit('"],
    [
      'test/a.js',
      "const { expect } = require('chai');",
      { test: 'mocha' },
      ";{\nconst { expect } = require('chai');\nit('",
    ],
    ['test/a.test.ts', "import { it } from 'vitest';", { test: 'vitest' }, ';{\nconst expect = expect_x'],
    ['test/a.js', "import test from 'ava';", { test: 'ava' }, ';{\nconst test = test_x'],
    ['test/a.js', "it.only('a', () => {});", { test: 'mocha' }, undefined],
    ['test/a.js', "const t = require('tap');", { test: 'tap' }, ";{\nconst t = require('tap');\nt.test('"],
    ['test/a.js', "import t from 'tap';\nt.plan(1);", { test: 'tap' }, undefined],
  ])('%s: %s', async (...[path, text, scripts, expected]) => {
    const { grown, found } = await canaryOf(path, text, scripts);

    if (expected === undefined) return expect(grown).toBeUndefined();
    expect(grown?.startsWith(`${text}\n`)).toBe(true);
    expect(grown).toContain(expected);
    expect(found?.args).toHaveLength(1);
    // What is brought twice is brought under two names.
    expect(grown?.match(/import \{ it \}/g)?.length ?? 0).toBeLessThan(2);
  });
});

describe('attacks', () => {
  it('keep the source that they bend whole', async () => {
    const project = createMemoryProject({
      language: 'typescript',
      files: { 'package.json': '{"name":"a","scripts":{"test":"vitest"}}', 'src/a.ts': 'export const a = 1;\n' },
      sources: ['src/a.ts'],
      tests: ['test/a.test.ts'],
    });
    const proposal = await stack.propose(project);
    if (proposal.kind !== 'recipes') throw new Error(proposal.kind);

    const attacks = await stack.attacks({
      project,
      recipe: proposal.recipes[0],
      failToPass: ['x :: test/a.test.ts :: works'],
    });

    expect(attacks['forged-report']['src/a.ts']).toContain('export const a = 1;');
    expect(attacks['forged-report']['src/a.ts']).toContain('["test/a.test.ts","works"]');
    expect(Object.keys(attacks['runner-hook']).filter((path) => !stack.isProtected(path))).toEqual([
      'bend.cjs',
      'src/a.ts',
    ]);
    expect(Object.keys(attacks['stub-runner'])).toContain('node_modules/.bin/jest');
  });
});
