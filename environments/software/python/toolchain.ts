import type { Step } from '../../../src/domain/recipe.ts';
import type { Python } from './python-version.ts';

/** Where the project and all that it needs are installed. */
export const VENV = '/opt/venv';
/** Our own tools, which the project never sees. */
const TOOLS = '/opt/envmint/python';
export const UV = `${TOOLS}/bin/uv`;
/** The last pip that still runs "setup.py develop" for old build backends, started from outside of the project's environment. */
export const PIP = `${TOOLS}/bin/pip --python ${VENV}/bin/python --disable-pip-version-check`;
/** Releases of the tools themselves; they are not the project's, so the commit's date does not bind them. */
const UV_VERSION = '0.9.18';
const PIP_VERSION = '25.2';

export const PACKAGES = ['build-essential', 'pkg-config', 'python3', 'python3-dev', 'python3-venv'];

const WITH_PIP = `python3 -m venv ${TOOLS}\n${TOOLS}/bin/pip install --quiet --no-cache-dir uv==${UV_VERSION} pip==${PIP_VERSION}`;
/** What brings uv goes again, and so does what makes environments with pip in them. */
const WITHOUT_PIP = `python3 -m venv /tmp/envmint-tools
/tmp/envmint-tools/bin/pip install --quiet --no-cache-dir uv==${UV_VERSION}
mkdir -p ${TOOLS}/bin
mv /tmp/envmint-tools/bin/uv ${TOOLS}/bin/uv
rm -rf /tmp/envmint-tools /usr/share/python-wheels/*.whl`;

/** A project that pip carries a copy of must find none. */
export function toolchainOf(python: Python, { isCarried }: { readonly isCarried: boolean }): readonly Step[] {
  const tools = { name: 'python-tools', run: isCarried ? WITHOUT_PIP : WITH_PIP };
  if (python.isDebians) return [tools];
  const install = `UV_PYTHON_INSTALL_DIR=/opt/python ${UV} python install ${python.version}`;
  const library = '/opt/python/*/lib/python3*';
  const clear = isCarried ? `\nrm -rf ${library}/site-packages/* ${library}/ensurepip/_bundled/*` : '';
  return [tools, { name: 'python', run: `${install}${clear}` }];
}

/** What `uv venv` is to take for the environment's Python. */
export function interpreterOf(python: Python): string {
  return python.isDebians ? '/usr/bin/python3' : python.version;
}

export function environmentOf(python: Python): Readonly<Record<string, string>> {
  return {
    CI: 'true',
    LANG: 'C.UTF-8',
    PATH: `${VENV}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    // Ids of tests that are made from sets come out in the same order in every run.
    PYTHONHASHSEED: '0',
    VIRTUAL_ENV: VENV,
    ...(python.isDebians ? {} : { UV_PYTHON_INSTALL_DIR: '/opt/python' }),
  };
}
