import type { Project } from '../../../src/testbed/stack.ts';
import { isBelow, join, relativeTo } from '../shared/paths.ts';
import { quote } from '../shared/shell.ts';
import type { Layout } from './layout.ts';
import type { Manager } from './manager.ts';
import { isMappedToSource } from './mapped.ts';
import { dependenciesOf, type Package } from './package-json.ts';
import type { Runner } from './runner.ts';
import type { Command } from './scripts.ts';
import { texts } from './table.ts';

/** Programs that check without making anything. */
const CHECKS =
  /^(?:eslint|standard|semistandard|standardx|xo|ts-standard|prettier|tslint|jshint|jscs|jsonlint|tsd|dtslint|dtsgen|flow|flow-.*|attw|publint|size-limit|bundlewatch|bundlesize|commitlint|codecov|coveralls|check-coverage|depcheck|knip|npm-check|nsp|snyk|alex|remark|markdownlint.*|cspell|biome|oxlint|dprint|validate.*|license-.*|is-ci|opener|echo|exit|true|test|\[|husky|lint-staged|doctoc|typedoc|api-extractor|vue-tsc|check-.*|hereby-lint|karma|cypress|playwright|wtr|web-test-runner|testem|airtap|zuul|saucelabs|nodemon|onchange|cat|tee|npm|yarn|pnpm|nx|turbo|lerna|sh|bash)$/;
/** Programs that make what tests load. */
const BUILDERS =
  /^(?:tsc|tsup|tsdown|rollup|rolldown|babel|webpack|esbuild|swc|unbuild|vite|microbundle|bili|bob|parcel|browserify|gulp|grunt|make|rimraf|del|del-cli|rm|mkdir|mkdirp|make-dir|cp|cpy|cpx|copyfiles|shx|mv|pegjs|peggy|jison|coffee|lsc|ttsc|tspc|ncc|pkgroll|father|tshy|ejs-cli|dot|node|ts-node|tsx|node-gyp|prebuildify|cmake-js|wasm-pack|zshy|uglifyjs|uglify-js|terser|google-closure-compiler|cleancss|csso|sass|lessc|stylus|postcss|tsc-alias|tscpaths|resolve-tspaths|downlevel-dts|replace-in-file|ascjs|buble|bunchee|mkdist|obuild|preconstruct)$/;

/** Taking things away makes nothing by itself. */
const REMOVERS = /^(?:rimraf|del|del-cli|rm|mkdir|mkdirp|make-dir)$/;

/** Commands that have to run before the tests, from the root: at the build, and again in each run, because an answer changes sources. */
export async function planBuild(
  project: Project,
  needs: { readonly layout: Layout; readonly manager: Manager; readonly runner: Runner },
): Promise<readonly string[]> {
  const { layout, manager, runner } = needs;
  const packages = await builtPackages(project, needs);
  const scripts = packages.map(
    ({ folder }) => `(cd ${quote(relativeTo(layout.root.folder, folder))} && ${manager.name} run build)`,
  );
  const before = runner.before.filter(isBuild);
  const hasMaker = before.some(({ words }) => !REMOVERS.test(words[0] ?? ''));
  const own = hasMaker
    ? [...new Set(before.map((command) => inFolder(layout, runner.home, commandLine(command))))]
    : [];
  const isBuiltAnyway = packages.some(({ folder }) => folder === runner.home.folder);
  return isBuiltAnyway ? scripts : [...scripts, ...own];
}

export function commandLine({ env, words }: Command): string {
  return [...env.map((pair) => `export ${pair};`), ...words.map(quoteGlob)].join(' ');
}

/** Runs with the programs of the packages on the path. */
export function inFolder({ root }: Layout, home: Package, line: string): string {
  const folder = relativeTo(root.folder, home.folder);
  const bins = folder === '.' ? '$PWD/node_modules/.bin' : `$PWD/${folder}/node_modules/.bin:$PWD/node_modules/.bin`;
  return `(export PATH="${bins}:$PATH"; cd ${quote(folder)}; ${line})`;
}

/** Patterns are for the shell. */
export function quoteGlob(word: string): string {
  return /^[\w./*{},@?![\]+-]+$/.test(word) && word.includes('*') ? word : quote(word);
}

function isBuild({ words }: Command): boolean {
  const [first = ''] = words;
  const name = first.slice(first.lastIndexOf('/') + 1);
  if (words.includes('--noEmit') || CHECKS.test(name)) return false;
  if (/^(?:node|ts-node|tsx)$/.test(name))
    return /build|compile|generate|codegen|bundle|prepare/i.test(words.join(' '));
  return BUILDERS.test(name);
}

/** Packages whose build makes what the tests load: workspaces that the tested one depends on, and itself where tests load what is built. */
async function builtPackages(
  project: Project,
  { layout, runner }: { readonly layout: Layout; readonly runner: Runner },
): Promise<readonly Package[]> {
  const known = new Map(layout.members.map((member) => [member.json.name, member]));
  const ordered: Package[] = [];
  const seen = new Set<string>([layout.own.folder]);
  const visit = (one: Package): void => {
    for (const name of Object.keys(dependenciesOf(one))) {
      const other = known.get(name);
      if (other === undefined || seen.has(other.folder)) continue;
      seen.add(other.folder);
      visit(other);
      ordered.push(other);
    }
  };
  visit(layout.own);
  const others = ordered.filter((other) => isBuiltPackage(project, other));
  const isOwn = isBuiltPackage(project, layout.own) && (await loadsBuilt(project, layout.own));
  const hasBuild = runner.before.some(isBuild);
  return isOwn && !hasBuild ? [...others, layout.own] : others;
}

/** Whether the entry points are in folders that are not in the tree, and a script makes them. */
function isBuiltPackage(project: Project, { folder, json }: Package): boolean {
  if (json.scripts.build === undefined) return false;
  const entries = [json.main, json.module, ...texts(json.exports)].filter((path) => /\.[cm]?js$/.test(path));
  return entries.some((path) => {
    const first = path.replace(/^\.\//, '').split('/')[0] ?? '';
    return !project.paths.some((other) => isBelow(join(folder, first), other));
  });
}

/** Whether tests load the package by its name, by its folder, or out of a folder that the build makes. */
async function loadsBuilt(project: Project, own: Package): Promise<boolean> {
  const { folder, json } = own;
  const isMapped = await isMappedToSource(project, own);
  const found = await Promise.all(project.tests.map((path) => project.readTest(path)));
  const name = json.name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const byName = isMapped ? '' : `${name}(?:/[\\w/.-]+)?|`;
  const isDirect = new RegExp(
    `(?:from|require\\(|import\\(?)\\s*["'](?:${byName}(?:\\.\\.?/)+(?:dist|lib|build|out|es|cjs|esm)(?:/[^"']*)?|(?:\\.\\./?)+)["']`,
  );
  const isThere = (path: string) => project.paths.some((other) => isBelow(join(folder, path), other));
  const built = ['dist', 'lib', 'build', 'out', 'es', 'cjs', 'esm'].filter((path) => !isThere(path));
  return found.some((text) => {
    const match = isDirect.exec(text ?? '')?.[0] ?? '';
    if (match === '') return false;
    const target = /\/(dist|lib|build|out|es|cjs|esm)(?:\/|["'])/.exec(match)?.[1];
    return target === undefined || built.includes(target);
  });
}
