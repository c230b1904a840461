import semver from 'semver';
import type { Step } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { join, relativeTo } from '../shared/paths.ts';
import { quoteAll } from '../shared/shell.ts';
import type { Layout } from './layout.ts';
import type { NodeRelease } from './node-version.ts';
import type { Package } from './package-json.ts';

export interface Manager {
  readonly name: 'npm' | 'pnpm' | 'yarn';
  /** The package of the registry that has it, and its release. */
  readonly source: string;
  readonly version: string;
  readonly hasLock: boolean;
  readonly why: string;
}

/** Releases for lock files whose project does not say which one wrote them. */
const PNPM: readonly (readonly [RegExp, string])[] = [
  [/^lockfileVersion:\s*'?5\.[0-3]/m, '6.35.1'],
  [/^lockfileVersion:\s*'?5\.4/m, '7.33.7'],
  [/^lockfileVersion:\s*'?6/m, '8.15.9'],
];
const PNPM_LAST = '9.15.9';
const YARN_CLASSIC = '1.22.22';
const YARN_BERRY = '4.9.4';

export async function chooseManager(project: Project, layout: Layout, node: NodeRelease): Promise<Manager> {
  const { root, lock } = layout;
  if (lock === undefined) return npm(node, { hasLock: false, why: 'no lock file: npm, as of the date' });
  const text = (await project.read(join(root.folder, lock))) ?? '';
  const why = root.json.packageManager === '' ? lock : `${lock}, ${root.json.packageManager}`;
  switch (lock) {
    case 'pnpm-lock.yaml': {
      const byLock = PNPM.find(([pattern]) => pattern.test(text))?.[1] ?? PNPM_LAST;
      return { name: 'pnpm', source: 'pnpm', version: declared(root, 'pnpm') ?? byLock, hasLock: true, why };
    }
    case 'yarn.lock': {
      if (!/^__metadata:/m.test(text))
        return { name: 'yarn', source: 'yarn', version: YARN_CLASSIC, hasLock: true, why };
      const version = declared(root, 'yarn') ?? (await berryVersion(project, root.folder));
      return { name: 'yarn', source: '@yarnpkg/cli-dist', version, hasLock: true, why };
    }
    default:
      return npm(node, { hasLock: true, why });
  }
}

function npm(node: NodeRelease, rest: Pick<Manager, 'hasLock' | 'why'>): Manager {
  return { name: 'npm', source: 'npm', version: node.npm, ...rest };
}

/** The release that package.json declares of a manager. */
function declared({ json }: Package, name: string): string | undefined {
  const [, found, version] = /^(\w+)@(\d+\.\d+\.\d+)/.exec(json.packageManager) ?? [];
  return found === name ? version : undefined;
}

/** Yarn lies in the tree itself where no packageManager is declared: ".yarn/releases/yarn-3.2.1.cjs". */
async function berryVersion(project: Project, folder: string): Promise<string> {
  const text = (await project.read(join(folder, '.yarnrc.yml'))) ?? '';
  return /yarn-(\d+\.\d+\.\d+)\.cjs/.exec(text)?.[1] ?? YARN_BERRY;
}

/** Downloads that install scripts would make from other places than the registry; tests that need them are not for a container without network. */
export const NO_DOWNLOADS: Readonly<Record<string, string>> = {
  PUPPETEER_SKIP_DOWNLOAD: '1',
  PUPPETEER_SKIP_CHROMIUM_DOWNLOAD: '1',
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  CYPRESS_INSTALL_BINARY: '0',
  ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
  SENTRYCLI_SKIP_DOWNLOAD: '1',
  CHROMEDRIVER_SKIP_DOWNLOAD: 'true',
  GECKODRIVER_SKIP_DOWNLOAD: 'true',
  SAUCELABS_SKIP_DOWNLOAD: '1',
  HUSKY: '0',
  HUSKY_SKIP_INSTALL: '1',
  SKIP_INSTALL_SIMPLE_GIT_HOOKS: '1',
};

/** What only the project's own scripts do: they would put the project into the layer, or need git. */
const LIFECYCLE = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
  'dependencies',
];

export interface InstallOptions {
  readonly layout: Layout;
  readonly manager: Manager;
  readonly committedAt: string;
  /** Whether dependencies may run their install scripts. */
  readonly hasScripts: boolean;
  /** Whether versions are chosen as of the commit's date, where no lock file has chosen them. */
  readonly isDated: boolean;
}

export function installSteps(options: InstallOptions): readonly Step[] {
  const { layout } = options;
  const manifests = [layout.root, ...layout.members].map(({ folder }) =>
    join(relativeTo(layout.root.folder, folder), 'package.json'),
  );
  const strip = [
    `node - ${quoteAll(manifests.map((path) => path.replace(/^\.\//, '')))} <<'END'`,
    `const fs = require('fs');`,
    'for (const path of process.argv.slice(2)) {',
    '  const json = JSON.parse(fs.readFileSync(path, "utf8").replace(/^\\uFEFF/, ""));',
    `  for (const name of ${JSON.stringify(LIFECYCLE)}) if (json.scripts) delete json.scripts[name];`,
    '  fs.writeFileSync(path, JSON.stringify(json, null, 2));',
    '}',
    'END',
  ].join('\n');
  const patched = /\bpatch-package\b/.test(layout.root.json.scripts.postinstall ?? '');
  return [
    { name: 'own-scripts-off', run: strip },
    { name: 'install', run: `${installCommand(options)}\nrm -rf /tmp/node-cache` },
    ...(patched ? [{ name: 'patch-packages', run: 'PATH="$PWD/node_modules/.bin:$PATH" patch-package' }] : []),
  ];
}

function installCommand({ manager, layout, committedAt, hasScripts, isDated }: InstallOptions): string {
  const scripts = hasScripts ? '' : ' --ignore-scripts';
  switch (manager.name) {
    case 'npm':
      return npmCommand({ manager, layout, committedAt, isDated, scripts });
    case 'pnpm':
      return [
        'export npm_config_store_dir=/tmp/node-cache npm_config_manage_package_manager_versions=false npm_config_package_manager_strict=false',
        `pnpm install --frozen-lockfile${scripts}`,
      ].join('\n');
    default:
      return manager.source === 'yarn' ? classicCommand(scripts) : berryCommand(hasScripts);
  }
}

function npmCommand({
  manager,
  layout,
  committedAt,
  isDated,
  scripts,
}: Pick<InstallOptions, 'manager' | 'layout' | 'committedAt' | 'isDated'> & { readonly scripts: string }): string {
  // Peers that contradict each other were a warning until npm 7, and lock files of that time have them.
  const peers = semver.gte(manager.version, '7.0.0') ? ' --legacy-peer-deps' : '';
  const common = `--no-audit --no-fund --cache /tmp/node-cache${scripts}${peers}`;
  if (manager.hasLock && layout.lock !== undefined) return `npm ci ${common}`;
  return `npm install ${common} --no-package-lock${isDated ? ` --before ${committedAt}` : ''}`;
}

/** The lock file of yarn 1 names its registry in every line; the steps' registry goes before. */
function classicCommand(scripts: string): string {
  return [
    `if [ -n "\${npm_config_registry:-}" ]; then`,
    `  sed -i -E "s#https://registry\\.(yarnpkg\\.com|npmjs\\.org)#\${npm_config_registry%/}#" yarn.lock`,
    'fi',
    `yarn install --frozen-lockfile --non-interactive --ignore-engines --network-timeout 600000 --cache-folder /tmp/node-cache${scripts}`,
  ].join('\n');
}

/** Plug'n'Play would keep every package in a cache that tools without its hook cannot read. */
function berryCommand(hasScripts: boolean): string {
  return [
    `export YARN_NPM_REGISTRY_SERVER="\${npm_config_registry:-https://registry.npmjs.org}" YARN_ENABLE_TELEMETRY=0`,
    'export YARN_GLOBAL_FOLDER=/tmp/node-cache YARN_ENABLE_GLOBAL_CACHE=true YARN_ENABLE_IMMUTABLE_INSTALLS=false YARN_CHECKSUM_BEHAVIOR=ignore',
    `if [ -n "\${NODE_EXTRA_CA_CERTS:-}" ]; then export YARN_HTTPS_CA_FILE_PATH="$NODE_EXTRA_CA_CERTS"; fi`,
    `${hasScripts ? '' : 'YARN_ENABLE_SCRIPTS=false '}yarn install`,
  ].join('\n');
}
