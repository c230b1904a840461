import { nameOf } from '../shared/paths.ts';

/** Files that decide how tests are found, compiled, loaded or run. */
const NAMES = [
  /^package\.json$/,
  /^(?:package-lock|npm-shrinkwrap)\.json$|^(?:yarn|pnpm-lock|bun)\.(?:lock|yaml|lockb)$/,
  /^pnpm-workspace\.yaml$|^lerna\.json$|^nx\.json$|^turbo\.json$|^project\.json$/,
  /^\.pnpmfile\.c?js$|^pnpmfile\.js$|^\.pnp\.(?:c?js|loader\.mjs)$/,
  /^\.(?:npmrc|yarnrc|yarnrc\.yml|nvmrc|node-version|env(?:\..*)?)$/,
  /^(?:jest|vitest|vite|mocha|karma|ava|jasmine|babel|swc|webpack|rollup|esbuild|tsup|playwright|cypress|wallaby|nyc|c8|tap)[.-]?(?:config|conf|workspace|setup|preset|preprocess\w*|transform\w*|global-?setup|resolver|environment)?(?:[.-]\w+)*\.(?:[cm]?[jt]s|json|ya?ml)$/i,
  /^\.(?:mocharc|babelrc|swcrc|taprc|nycrc|c8rc|jasmine|labrc|lintstagedrc)(?:\..*)?$/,
  /^mocha\.opts$|^jasmine\.json$|^tsconfig(?:[.-]\w+)*\.json$|^jsconfig\.json$/,
  /^(?:test|tests|jest|vitest|mocha)?[-_.]?(?:global)?[-_.]?(?:setup|teardown|bootstrap)(?:[-_.]?(?:tests?|jest|vitest|env|files?|after-?env|globals?))?\.[cm]?[jt]sx?$/i,
  /^gulpfile\.|^gruntfile\.|^makefile$|^binding\.gyp$/i,
];
/** Installed code, the package manager's own files, and what takes the place of modules in tests. */
const FOLDERS = /(?:^|\/)(?:node_modules|\.yarn|\.pnpm|__mocks__|__snapshots__|tap-snapshots)\//;

export function isProtected(path: string): boolean {
  return FOLDERS.test(path) || NAMES.some((pattern) => pattern.test(nameOf(path)));
}
