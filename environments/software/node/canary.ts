import type { Canary, Overlay, Project, Target } from '../../../src/testbed/stack.ts';
import { toCanaryWord } from '../shared/canary-word.ts';
import { folderOf, join, nameOf, relativeTo } from '../shared/paths.ts';
import { readCase } from './case.ts';
import type { RunnerName } from './runner.ts';

/**
 * Two tests beside those of the patch, which load the same modules: what the project's code does to one file of tests it does to this one. The same two
 * at the end of the changed files, where the runner allows it: what is done to the tests of these files alone is done to the two as well.
 */
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
  const grown = await growTests(project, { files: found.selection.files, runner: runner.name, passing, failing });
  if (Object.keys(files).some((path) => project.paths.includes(path))) return undefined;
  const home = join(recipe.folder, relativeTo(layout.root.folder, runner.home.folder)).replace(/\/?\.$/, '');
  const args = Object.keys(files).map((path) => relativeTo(home, path));
  return { files: { ...grown, ...files }, args, passing, failing };
}

/** A program is one test, a file of tap may end or plan its own, and a file may say that only some of its tests run. */
async function growTests(
  project: Project,
  { files, runner, passing, failing }: { readonly files: readonly string[]; readonly runner: RunnerName } & Outcomes,
): Promise<Overlay> {
  if (runner === 'program') return {};
  const changed = files.filter((path) => project.tests.includes(path));
  const texts = await Promise.all(changed.map(async (path) => ({ path, text: await project.readTest(path) })));
  const grown = texts.flatMap(({ path, text }) => {
    if (text === undefined || /\.only\b|\bfdescribe\b|\bfit\(/.test(text)) return [];
    if (runner === 'lab' && !/\bexports\.lab\b|\bexport const lab\b/.test(text)) return [];
    if (runner === 'tap' && /^\w+\.(?:plan|end|endAll|bailout)\(/m.test(text)) return [];
    const style = { runner, isModule: isModule(path, text), text };
    return [[path, `${text}\n${toBlock(style, { passing, failing })}`] as const];
  });
  return Object.fromEntries(grown);
}

/** In a block, and under names of its own where a module brings something: the file may have brought the same already. */
function toBlock(style: Style, names: Outcomes): string {
  const own = (name: string) => `${name}_${names.failing}`;
  const brought = broughtBy(style);
  const imports = style.isModule ? brought.map((one) => toImport(one, own)) : [];
  const inside = style.isModule
    ? brought.map(({ name }) => `const ${name} = ${own(name)};`)
    : brought.map((one) => toRequire(one));
  const lab = style.runner === 'lab' && !style.isModule ? ['const lab = exports.lab;'] : [];
  return [...imports, ';{', ...inside, ...lab, ...testsOf(style, names), '}', ''].join('\n');
}

/** What lab finds the tests of a file by. */
function labOf({ isModule }: Style): string {
  return isModule ? 'export const lab = Lab.script();' : 'const lab = (exports.lab = Lab.script());';
}

interface Outcomes {
  readonly passing: string;
  readonly failing: string;
}

interface Names extends Outcomes {
  readonly stem: string;
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

function toText(style: Style, names: Outcomes): string {
  const load = (path: string) =>
    style.isModule ? `import ${JSON.stringify(path)};` : `require(${JSON.stringify(path)});`;
  return [
    ...loaded(style.text).map(load),
    ...broughtBy(style).map((one) => (style.isModule ? toImport(one) : toRequire(one))),
    ...(style.runner === 'lab' ? [labOf(style)] : []),
    ...(style.runner === 'program' ? [] : testsOf(style, names)),
    '',
  ].join('\n');
}

/** The outcome is computed when the test runs, so that it cannot be read off the text. */
function testsOf(style: Style, names: Outcomes): readonly string[] {
  // Not by spreading: a string is no list where TypeScript compiles for ES5.
  const letters = `${JSON.stringify(names.failing)}.split('')`;
  const add = 'reduce((all, letter) => all + letter.charCodeAt(0), 0)';
  const body = (name: string, expected: string) => testOf(style, { name, actual: `${letters}.${add}`, expected });
  return [body(names.passing, `${letters}.reverse().${add}`), body(names.failing, `${letters}.length`)];
}

/** A name that a module brings: of its own, the module's default, or the whole of it. */
interface Brought {
  readonly name: string;
  readonly from: string;
  readonly kind: 'named' | 'default' | 'whole';
}

function toImport({ name, from, kind }: Brought, rename: (name: string) => string = (same) => same): string {
  const as = rename(name);
  const named = as === name ? name : `${name} as ${as}`;
  const clause = { named: `{ ${named} }`, default: as, whole: `* as ${as}` }[kind];
  return `import ${clause} from '${from}';`;
}

function toRequire({ name, from, kind }: Brought): string {
  return `const ${kind === 'named' ? `{ ${name} }` : name} = require('${from}');`;
}

/** The names that tests are written with, by the way that the neighbour has them. */
function broughtBy({ runner, text }: Style): readonly Brought[] {
  const named = (from: string): readonly Brought[] => ['expect', 'it'].map((name) => ({ name, from, kind: 'named' }));
  const assert: Brought = { name: 'assert', from: 'assert', kind: 'whole' };
  switch (runner) {
    case 'vitest':
      return /from\s+["']vitest["']/.test(text) ? named('vitest') : [];
    case 'jest':
      return /["']@jest\/globals["']/.test(text) ? named('@jest/globals') : [];
    case 'mocha':
      return /["']chai["']/.test(text) ? named('chai').slice(0, 1) : [assert];
    case 'node-test':
      return [
        { name: 'it', from: 'node:test', kind: 'named' },
        { ...assert, from: 'node:assert' },
      ];
    case 'ava':
      return [{ name: 'test', from: 'ava', kind: 'default' }];
    case 'tape':
      return [{ name: 'test', from: 'tape', kind: 'default' }];
    case 'tap':
      return [{ name: 't', from: 'tap', kind: 'default' }];
    case 'lab':
      return [
        { name: 'Lab', from: /["']@hapi\/lab["']/.test(text) ? '@hapi/lab' : 'lab', kind: 'default' },
        { ...assert, from: 'assert' },
      ];
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
    case 'lab':
      // Until version 15 a test had to call what it got; since then that is no function.
      return `lab.test(${title}, (done) => {\n  assert.strictEqual(${actual}, ${expected});\n  if (typeof done === 'function') done();\n});`;
    default:
      return `t.test(${title}, (t) => {\n  t.equal(${actual}, ${expected});\n  t.end();\n});`;
  }
}
