import type { Step } from '../../../src/domain/recipe.ts';
import { writeFile } from '../shared/shell.ts';
import { FETCH_PY } from './fetch-py.ts';
import { type Manager, NO_DOWNLOADS } from './manager.ts';
import type { NodeRelease } from './node-version.ts';
import { REPORTER_FILES } from './reporters/files.ts';

export const PACKAGES = ['build-essential', 'python3'];

/** Where Node and the package managers are. */
const HOME = '/opt/node';
/** Where our reporters are, which the project never sees. */
export const TOOLS = '/opt/envmint/node';

export function toolchainOf(release: NodeRelease, manager: Manager): readonly Step[] {
  const fetch = `python3 ${TOOLS}/fetch.py`;
  const modules = `${HOME}/lib/node_modules`;
  const node = [
    `case $(uname -m) in aarch64) arch=arm64;; *) arch=x64;; esac`,
    `${fetch} node-linux-$arch ${release.version} ${HOME}`,
    `${fetch} npm ${release.npm} ${modules}/npm`,
    ...['npm', 'npx'].map((name) => link(`${modules}/npm/bin/${name}-cli.js`, name)),
  ];
  const tools = Object.entries(REPORTER_FILES).map(([name, text]) => writeFile(`${TOOLS}/${name}`, text));
  return [
    { name: 'node', run: [`mkdir -p ${TOOLS}`, writeFile(`${TOOLS}/fetch.py`, FETCH_PY), ...node].join('\n') },
    ...(manager.name === 'npm'
      ? []
      : [{ name: manager.name, run: managerScript(manager, `${modules}/${manager.name}`) }]),
    { name: 'reporters', run: tools.join('\n') },
  ];
}

function managerScript({ name, source, version }: Manager, folder: string): string {
  const program = name === 'yarn' ? 'bin/yarn.js' : 'bin/pnpm.cjs';
  return [`python3 ${TOOLS}/fetch.py ${source} ${version} ${folder}`, link(`${folder}/${program}`, name)].join('\n');
}

function link(program: string, name: string): string {
  return `chmod +x ${program} && ln -sf ${program} ${HOME}/bin/${name}`;
}

export function environmentOf(): Readonly<Record<string, string>> {
  return {
    CI: 'true',
    LANG: 'C.UTF-8',
    PATH: `${HOME}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    NO_UPDATE_NOTIFIER: '1',
    npm_config_update_notifier: 'false',
    npm_config_nodedir: HOME,
    YARN_NODE_LINKER: 'node-modules',
    ...NO_DOWNLOADS,
  };
}
