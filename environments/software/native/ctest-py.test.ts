import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CTEST_PY } from './ctest-py.ts';
import { OUTPUTS_PY } from './outputs-py.ts';

describe('CTEST_PY', () => {
  const root = mkdtempSync(join(tmpdir(), 'envmint-ctest-'));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** The list of tests of a build with a program "prog", as ctest is left with. */
  function launch(line: string): string {
    const files = {
      'CTestTestfile.cmake': line.replaceAll('BUILD', root),
      prog: '',
      ctest: `#!/bin/sh\ncase "$*" in *show-only*) echo '{"tests": [{"name": "t"}]}' ;; esac\n`,
      'envmint_junit.py': 'def empty(*_): pass\ndef write(*_): pass\n',
      'native_outputs.py': OUTPUTS_PY,
    };
    mkdirSync(root, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
    chmodSync(join(root, 'ctest'), 0o755);
    const env = { PATH: `${root}:/usr/bin:/bin`, PYTHONPATH: root };
    execFileSync('python3', ['-c', CTEST_PY, root, join(root, 'reports'), 'all'], { env, stdio: 'pipe' });
    return readFileSync(join(root, 'CTestTestfile.cmake'), 'utf8').replaceAll(root, 'BUILD');
  }

  const launched = (command: string) => `add_test([=[t]=] "/opt/envmint/bin/envmint-launch" [=[t]=] ${command})`;

  it.each([
    ['add_test([=[t]=] "BUILD/prog" "-x")', launched('"BUILD/prog" "-x"')],
    ['add_test([=[t]=] "prog")', launched('"BUILD/prog"')],
    // Where a variable before the name was empty.
    ['add_test([=[t]=] "/prog")', launched('"BUILD/prog"')],
    ['add_test([=[t]=] "/usr/bin/env" "BUILD/prog")', 'add_test([=[t]=] "/usr/bin/env" "BUILD/prog")'],
    ['add_test([=[t]=] "bash" "a.sh")', 'add_test([=[t]=] "bash" "a.sh")'],
  ])('puts the launcher before a program of the build: %s', (line, expected) => expect(launch(line)).toBe(expected));
});
