import type { Canary, Target } from '../../../src/testbed/stack.ts';
import { toCanaryWord } from '../shared/canary-word.ts';
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
  const stem = toCanaryWord(nonce);
  const [passing, failing] = [`${stem}p`, `${stem}q`];
  const { runner, layout } = found;
  const style: Style = { runner: runner.name, isModule: isModule(beside, text), text };
  const place = (name: string) => join(folderOf(beside), renamed(nameOf(beside), name));
  const files = toFiles(style, { stem, passing, failing }, place);
  if (Object.keys(files).some((path) => project.paths.includes(path))) return undefined;
  const home = join(recipe.folder, relativeTo(layout.root.folder, runner.home.folder)).replace(/\/?\.$/, '');
  return { files, args: Object.keys(files).map((path) => relativeTo(home, path)), passing, failing };
}

interface Names {
  readonly stem: string;
  readonly passing: string;
  readonly failing: string;
}

/** A program is one test by its exit code, so that it takes two of them. */
function toFiles(
  style: Style,
  { stem, passing, failing }: Names,
  place: (name: string) => string,
): Record<string, string> {
  if (style.runner !== 'program') return { [place(stem)]: toText(style, { passing, failing }) };
  const loads = toText(style, { passing, failing });
  return { [place(passing)]: loads, [place(failing)]: `${loads}throw new Error('must be seen');\n` };
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

function isModule(path: string, text: string): boolean {
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
  const load = (path: string) =>
    style.isModule ? `import ${JSON.stringify(path)};` : `require(${JSON.stringify(path)});`;
  // Not by spreading: a string is no list where TypeScript compiles for ES5.
  const letters = `${JSON.stringify(names.failing)}.split('')`;
  const add = 'reduce((all, letter) => all + letter.charCodeAt(0), 0)';
  // The outcome is computed when the test runs, so that it cannot be read off the text.
  const body = (name: string, expected: string) => testOf(style, { name, actual: `${letters}.${add}`, expected });
  return [
    ...loaded(style.text).map(load),
    ...headOf(style),
    ...(style.runner === 'program'
      ? []
      : [body(names.passing, `${letters}.reverse().${add}`), body(names.failing, `${letters}.length`)]),
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
