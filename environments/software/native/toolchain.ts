import type { Step, Suite } from '../../../src/domain/recipe.ts';
import { JUNIT_PY } from '../shared/junit-py.ts';
import { writeFile } from '../shared/shell.ts';
import { compareVersions } from '../shared/versions.ts';
import { CTEST_PY } from './ctest-py.ts';
import { GUARD_C } from './guard-c.ts';
import { LAUNCH_PY } from './launch-py.ts';
import { MAKE_PY } from './make-py.ts';
import { MESON_PY } from './meson-py.ts';
import { OUTPUTS_PY } from './outputs-py.ts';
import { CMAKE } from './suites.ts';

/** The newest CMake that still takes projects which ask for less than 3.5. */
const LAST_LENIENT_CMAKE = '3.31.6';
/** ctest writes JUnit from here on. */
const FIRST_JUNIT_CMAKE = '3.21';

export const PACKAGES = [
  'bash',
  'file',
  'g++',
  'gcc',
  'libc6-dev',
  'make',
  'perl',
  'pkg-config',
  'procps',
  'tzdata',
  'locales',
] as const;

export const ENV = {
  PATH: '/opt/envmint/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8',
  // Looking for leaks needs rights that a container does not have.
  ASAN_OPTIONS: 'detect_leaks=0',
} as const;

/** Compilers that take warnings as warnings: an error by a newer compiler's warning says nothing of the code. */
const COMPILERS = `for name in gcc g++ cc c++; do
  printf '#!/bin/sh\\nexec /usr/bin/%s "$@" -Wno-error\\n' "$name" > "/opt/envmint/bin/$name"
  chmod a+x "/opt/envmint/bin/$name"
done`;

export const runners: Step = {
  name: 'runners',
  run: [
    'mkdir -p /opt/envmint/lib /opt/envmint/bin',
    writeFile('/opt/envmint/lib/envmint_junit.py', JUNIT_PY),
    writeFile('/opt/envmint/lib/native_outputs.py', OUTPUTS_PY),
    writeFile('/opt/envmint/lib/native_launch.py', LAUNCH_PY),
    writeFile('/opt/envmint/lib/native_ctest.py', CTEST_PY),
    writeFile('/opt/envmint/lib/native_make.py', MAKE_PY),
    writeFile('/opt/envmint/lib/native_meson.py', MESON_PY),
    writeFile(
      '/opt/envmint/bin/envmint-launch',
      '#!/bin/sh\nexec /usr/bin/python3 -I /opt/envmint/lib/native_launch.py "$@"',
    ),
    'chmod a+x /opt/envmint/bin/envmint-launch',
    writeFile('/tmp/guard.c', GUARD_C),
    'gcc -O1 -shared -fPIC -o /opt/envmint/lib/guard.so /tmp/guard.c -ldl',
    'rm /tmp/guard.c',
    COMPILERS,
  ].join('\n'),
};

export interface CMakeTools {
  readonly packages: readonly string[];
  readonly steps: readonly Step[];
  readonly version: string;
}

/** Debian's CMake where it is new enough for the project and for JUnit, else the one of the Python package index. */
export function cmakeTools(suite: Suite, minimum: string | undefined): CMakeTools {
  const needed = minimum ?? FIRST_JUNIT_CMAKE;
  if ([needed, FIRST_JUNIT_CMAKE].every((version) => compareVersions(CMAKE[suite], version) >= 0)) {
    return { packages: ['cmake'], steps: [], version: CMAKE[suite] };
  }
  const version = compareVersions(needed, LAST_LENIENT_CMAKE) > 0 ? '4.0.3' : LAST_LENIENT_CMAKE;
  return { packages: ['python3-venv'], steps: [{ name: 'cmake', run: installCMake(version) }], version };
}

function installCMake(version: string): string {
  return `python3 -m venv /opt/envmint/cmake
/opt/envmint/cmake/bin/pip install -q --no-cache-dir cmake==${version}
mkdir -p /opt/envmint/bin
for name in cmake ctest; do
  ln -s "$(find /opt/envmint/cmake/lib -path "*/cmake/data/bin/$name")" "/opt/envmint/bin/$name"
done
cmake --version`;
}
