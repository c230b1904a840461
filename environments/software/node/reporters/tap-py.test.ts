import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TAP_PY } from './tap-py.ts';

describe('TAP_PY', () => {
  let root = '';
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Names and ends of the tests that a program tells of by this output. */
  function read(tap: string, flags: readonly string[]): string[] {
    root = mkdtempSync(join(tmpdir(), 'envmint-tap-'));
    writeFileSync(join(root, 'tap.py'), TAP_PY);
    writeFileSync(join(root, 'out'), tap);
    const env = { PATH: '/usr/bin:/bin:/usr/local/bin', ENVMINT_REPORTS: root };
    execFileSync('python3', ['tap.py', ...flags, 'cat', '--', 'out'], { cwd: root, env });
    const xml = readFileSync(join(root, 'tap.xml'), 'utf8');
    return [...xml.matchAll(/<testcase classname="[^"]*" name="([^"]+)">(<\w+)?/g)].map(
      ([, name, end = '<pass']) => `${name} ${end.slice(1)}`,
    );
  }

  it('takes a comment for the name of a test where files are run one by one, as tape has it', () => {
    expect(read('TAP version 13\n# adds\nok 1 one\nnot ok 2 two\n# takes away\nok 3 three\n1..3\n', [])).toEqual([
      'adds failure',
      'takes away pass',
    ]);
  });

  it('takes it for what a test has logged where one program runs all files, as AVA has it', () => {
    const tap =
      'TAP version 13\nok 1 - a › adds\n# a word\nnot ok 2 - b › takes away\nok 3 - b › halves\n1..3\n# pass 2\n';

    expect(read(tap, ['--whole'])).toEqual(['a › adds pass', 'b › takes away failure', 'b › halves pass']);
  });
});
