import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MAKE_PY } from './make-py.ts';
import { OUTPUTS_PY } from './outputs-py.ts';

describe('MAKE_PY', () => {
  const root = mkdtempSync(join(tmpdir(), 'envmint-make-'));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Cases as "status name" of a command that printed `log`, ended with `code`, and whose programs left `notes`. */
  function read({ log = '', code = 0, notes = '', further = [] as string[] }): string[] {
    mkdirSync(join(root, 'results'), { recursive: true });
    const junit =
      'import json\ndef empty(*_): pass\ndef write(path, suite, cases): json.dump([c[1] + " " + c[0] for c in cases], open(path, "w"))\n';
    const files = {
      'envmint_junit.py': junit,
      'native_outputs.py': OUTPUTS_PY,
      log,
      stamp: '',
      notes: notes.replaceAll('$', root),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
    const paths = [root, 'results', 'notes'].map((name) => join(root, name.replace(root, '')));
    const [tree = '', results = '', noted = ''] = paths;
    const ended = ['make test', `${code}`, ...further];
    const args = [root, join(root, 'log'), tree, join(root, 'stamp'), results, noted, ...ended];
    execFileSync('python3', ['-c', MAKE_PY, ...args], {
      env: { PATH: '/usr/bin:/bin', PYTHONPATH: root },
      stdio: 'pipe',
    });
    return JSON.parse(readFileSync(join(root, 'make.xml'), 'utf8'));
  }

  const back = 'started $/t1\nreturned 0 $/t1\n';

  it.each([
    ['a command of which nothing else tells', { notes: back }, ['pass make test', 'pass t1 (comes back from main)']],
    [
      'a command that fails after all programs came back',
      { notes: back, code: 2 },
      ['fail make test', 'pass t1 (comes back from main)'],
    ],
    [
      'failures that a command counts and ends well with',
      { log: 'Tests failed: 1\n', notes: back },
      ['fail (failures)', 'pass make test', 'pass t1 (comes back from main)'],
    ],
    [
      'the single tests that are told',
      { log: '1..1\nok 1 - a\n', notes: back },
      ['pass a', 'pass t1 (comes back from main)'],
    ],
    ['a command that fails beside them', { log: '1..1\nok 1 - a\n', code: 1 }, ['pass a', 'fail make test']],
    [
      'what does not compile',
      { log: 't.c:3:5: error: expected\nmake: *** [t.o] Error 1\n', code: 2 },
      ['error (build)', 'fail make test'],
    ],
    [
      'what does not link, beside the tests that are told',
      { log: '1..1\nok 1 - a\ncollect2: error: ld returned 1 exit status\n', code: 2 },
      ['error (build)', 'fail make test', 'pass a'],
    ],
    [
      'further commands, beside the tests that are told',
      { log: '1..1\nok 1 - a\n', further: ['make one', '0', 'make two', '2'] },
      ['fail make two', 'pass a', 'pass make one'],
    ],
    [
      'what a further command could not compile',
      { log: 't.c:3:5: error: expected\n', further: ['make one', '2'] },
      ['error (build)', 'fail make one', 'pass make test'],
    ],
    [
      'an assertion whose message looks like that of a compiler',
      { log: 't.c:3: error: Failure!\n', code: 2 },
      ['fail make test'],
    ],
    ['no failure to compile where all ends well', { log: 't.c:3: error: expected\n' }, ['pass make test']],
  ])('reports %s', (_, run, expected) => expect(read(run).sort()).toEqual([...expected].sort()));
});
