import type { Canary, Project, Target } from '../../../src/testbed/stack.ts';
import { folderOf, join, nameOf, relativeTo } from '../shared/paths.ts';
import { readCase } from './case.ts';
import type { RunnerName } from './runner.ts';

/** Two tests beside those of the patch, which load the same modules: what the project's code does to one file of tests it does to this one. */
export async function canary(
  nonce: string,
  { project, recipe }: Omit<Target, 'failToPass'>,
): Promise<Canary | undefined> {
  const found = await readCase(project);
  const [beside] = found?.selection.files ?? [];
  if (found === undefined || beside === undefined) return undefined;
  const text = (await project.readTest(beside)) ?? '';
  const [stem, passing, failing] = namesOf(nonce);
  const path = join(folderOf(beside), renamed(nameOf(beside), stem));
  if (project.paths.includes(path)) return undefined;
  const style: Style = { runner: found.runner.name, isModule: await isModule(project, { path: beside, text }), text };
  return {
    files: { [path]: toText(style, { passing, failing }) },
    args: [
      relativeTo(
        join(recipe.folder, relativeTo(found.layout.root.folder, found.runner.home.folder)).replace(/\/?\.$/, ''),
        path,
      ),
    ],
    passing,
    failing,
  };
}

/** Thirds of the nonce: nothing says which of the two tests is which. */
function namesOf(nonce: string): readonly [string, string, string] {
  const letters = nonce.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const third = Math.ceil(letters.length / 3);
  return [`x${letters.slice(0, third)}`, `x${letters.slice(third, 2 * third)}p`, `x${letters.slice(2 * third)}q`];
}

/** "foo.bar.test.ts" → "STEM.test.ts", "test-foo.js" → "test-STEM.js", "fooSpec.js" → "STEMSpec.js", "foo.js" → "STEM.js". */
function renamed(name: string, stem: string): string {
  const [, prefix = ''] = /^(tests?[-_.])(?=.*\.\w+$)/.exec(name) ?? [];
  const [suffix = ''] =
    /(?:[._-](?:unit|integration|node|e2e|spec|test|tests|specs))*(?:(?<=[a-z0-9])(?:Test|Spec))?(?:\.[cm]?[jt]sx?)$/.exec(
      name,
    ) ?? [];
  const isAllName = prefix !== '' && /^tests?\.\w+$/.test(name);
  return isAllName ? `${stem}${suffix}` : `${prefix}${stem}${suffix || '.js'}`;
}

interface Style {
  readonly runner: RunnerName;
  readonly isModule: boolean;
  readonly text: string;
}

async function isModule(
  _project: Project,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<boolean> {
  if (/\.(?:mjs|mts|tsx?)$/.test(path)) return true;
  return !path.endsWith('.cjs') && /^\s*(?:import\s[^(]|export\s)/m.test(text);
}

/** Which modules a file of tests loads from the project. */
function loaded(text: string): readonly string[] {
  const found = [
    ...text.matchAll(/(?:^\s*import\s(?!type)[^;'"]*?|^\s*import\s*|require\(\s*)["'](\.\.?\/[^"']*|\.\.?)["']/gm),
  ];
  return [...new Set(found.map(([, path]) => path ?? ''))].filter(
    (path) => !/\.(?:css|s[ac]ss|less|json|svg|png|snap)$/.test(path),
  );
}

function toText(style: Style, names: { readonly passing: string; readonly failing: string }): string {
  const value = [...names.failing].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const load = (path: string) =>
    style.isModule ? `import ${JSON.stringify(path)};` : `require(${JSON.stringify(path)});`;
  const sum = `[...${JSON.stringify(names.failing)}].reduce((all, letter) => all + letter.charCodeAt(0), 0)`;
  const body = (name: string, expected: number) => testOf(style, { name, actual: sum, expected: String(expected) });
  return [
    ...loaded(style.text).map(load),
    ...headOf(style),
    ...(style.runner === 'program' ? [] : [body(names.passing, value), body(names.failing, value + 1)]),
    '',
  ].join('\n');
}

/** The names that tests are written with, by the way that the neighbour has them. */
function headOf({ runner, isModule, text }: Style): readonly string[] {
  const bring = (names: string, from: string) =>
    isModule ? `import ${names} from '${from}';` : `const ${names.replace(/^\* as /, '')} = require('${from}');`;
  switch (runner) {
    case 'vitest':
      return /from\s+["']vitest["']/.test(text) ? [bring('{ expect, it }', 'vitest')] : [];
    case 'jest':
      return /["']@jest\/globals["']/.test(text) ? [bring('{ expect, it }', '@jest/globals')] : [];
    case 'mocha':
      return [/["']chai["']/.test(text) ? bring('{ expect }', 'chai') : bring('* as assert', 'assert')];
    case 'node-test':
      return [bring('{ it }', 'node:test'), bring('* as assert', 'node:assert')];
    case 'ava':
      return [bring('test', 'ava')];
    case 'tape':
      return [isModule ? "import test from 'tape';" : "const test = require('tape');"];
    case 'tap':
      return [isModule ? "import t from 'tap';" : "const t = require('tap');"];
    default:
      return [];
  }
}

function testOf(
  { runner, text }: Style,
  { name, actual, expected }: { readonly name: string; readonly actual: string; readonly expected: string },
): string {
  const title = `'${name}'`;
  const isTdd = runner === 'mocha' && /^\s*suite\(/m.test(text) && !/^\s*describe\(/m.test(text);
  switch (runner) {
    case 'vitest':
    case 'jest':
    case 'jasmine':
      return `it(${title}, () => {\n  expect(${actual}).toBe(${expected});\n});`;
    case 'mocha': {
      const check = /["']chai["']/.test(text)
        ? `expect(${actual}).to.equal(${expected})`
        : `assert.strictEqual(${actual}, ${expected})`;
      return `${isTdd ? 'test' : 'it'}(${title}, () => {\n  ${check};\n});`;
    }
    case 'node-test':
      return `it(${title}, () => {\n  assert.strictEqual(${actual}, ${expected});\n});`;
    case 'ava':
      return `test(${title}, (t) => {\n  t.is(${actual}, ${expected});\n});`;
    case 'tape':
      return `test(${title}, (t) => {\n  t.equal(${actual}, ${expected});\n  t.end();\n});`;
    default:
      return `t.test(${title}, (t) => {\n  t.equal(${actual}, ${expected});\n  t.end();\n});`;
  }
}
