import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { RUNNER_PY } from './runner-py.ts';

const CONFIGURATION = `<phpunit><testsuites>
  <testsuite name="own"><directory>./tests</directory><exclude>tests/Slow</exclude></testsuite>
  <testsuite name="parts"><directory suffix=".phpt">src/*/Tests</directory><file>tests/gone.php</file></testsuite>
  <testsuite name="theirs"><directory>./vendor/owner/name/test</directory></testsuite>
</testsuites></phpunit>`;

describe('RUNNER_PY', () => {
  const root = mkdtempSync(join(tmpdir(), 'envmint-php-'));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** The configuration that PHPUnit is started with. */
  function configure(files: Readonly<Record<string, string>>): string {
    const [bin, folder] = [join(root, 'bin'), join(root, 'project')];
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'php'),
      `#!/bin/sh\nwhile [ "$1" != --configuration ]; do shift; done\ncp "$2" ${root}/seen.xml\n`,
    );
    chmodSync(join(bin, 'php'), 0o755);
    writeFileSync(join(bin, 'envmint_junit.py'), 'def empty(*_): pass\ndef write(*_): pass\n');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    execFileSync('python3', ['-c', RUNNER_PY, root, folder, 'all'], {
      env: { PATH: `${bin}:/usr/bin:/bin`, PYTHONPATH: bin },
      stdio: 'pipe',
    });
    return readFileSync(join(root, 'seen.xml'), 'utf8');
  }

  it('leaves out suites of libraries that are not installed, at which PHPUnit would end', () => {
    const seen = configure({ 'phpunit.xml': CONFIGURATION, 'tests/ATest.php': '', 'src/b/Tests/b.phpt': '' });

    expect(seen).toContain('<directory>./tests</directory>');
    expect(seen).toContain('<directory suffix=".phpt">src/*/Tests</directory>');
    expect(seen).toContain('<exclude>tests/Slow</exclude>');
    expect(seen).not.toContain('gone.php');
    expect(seen).not.toContain('theirs');
  });
});
