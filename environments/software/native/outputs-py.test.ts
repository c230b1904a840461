import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTPUTS_PY } from './outputs-py.ts';

/** Cases as "status name", by the Python that runs in containers. */
function read(
  reader: 'read_text' | 'read_automake' | 'read_summary',
  texts: readonly string[],
): readonly (readonly string[])[] {
  const program = `${OUTPUTS_PY}
import json, sys
print(json.dumps([[case[1] + ' ' + case[0] for case in ${reader}(text)] for text in json.load(sys.stdin)]))`;
  const output = execFileSync('python3', ['-I', '-c', program], { input: JSON.stringify(texts) });
  return JSON.parse(output.toString());
}

describe('read_text', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['1..2\nok 1 - a b\nnot ok 2 - c\n', ['pass a b', 'fail c']],
    ['ok 1 - late\n1..1\n', ['pass late']],
    ['1..2\nok 1\nok 2 # SKIP no network\n', ['pass test 1', 'skip test 2']],
    ['1..1\nnot ok 1 - known # TODO later\n', ['pass known']],
    ['1..3\nok 1 - a\n', ['pass a', 'error (plan)']],
    ['1..2\nok 1 - a\nnot ok 2 - a\n', ['fail a']],
    ['ok then\nno plan\n', []],
    [
      't.c:12:test_a:PASS\n/x/t.c:40:test_b:FAIL: Expected 1 Was 2\nt.c:9:test_c:IGNORE\n',
      ['pass test_a', 'fail test_b', 'skip test_c'],
    ],
    ['', []],
  ];

  it('reads TAP and Unity, and keeps the worst of what is told of a name', () => {
    expect(
      read(
        'read_text',
        rows.map(([text]) => text),
      ),
    ).toEqual(rows.map(([, cases]) => cases));
  });

  it('takes any text', () => {
    const lines = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('ok 1', '1..9', 'not ok', 'a:1:b:PASS', 'ok 1 - # skip')),
    );
    const texts = fc.sample(lines, 200).map((list) => list.join('\n'));

    expect(read('read_text', texts)).toHaveLength(200);
  });
});

describe('read_summary', () => {
  it.each<[string, readonly string[]]>([
    ['Tests failed: 0\nTests passed: 338\n', ['pass (failures)']],
    ['Tests failed: 1\nTests passed: 338\n', ['fail (failures)']],
    ['93 tests conducted, 0 failed.\n', ['pass (failures)']],
    ['a: 12 passed, 0 failed\nb: 3 passed, 2 failed\n', ['fail (failures)']],
    ['Passed: 3, Failures: 0\n', ['pass (failures)']],
    ['10 failed logins are remembered\nit failed\n', []],
  ])('reads what a program counts in the end: %j', (text, cases) => {
    expect(read('read_summary', [text])).toEqual([cases]);
  });
});

describe('read_automake', () => {
  it('reads the lines of the serial test harness', () => {
    expect(read('read_automake', ['PASS: a\nXFAIL: b\nXPASS: c\nSKIP: d\nERROR: e\n# FAIL: 0\nFAIL: f.sh\n'])).toEqual([
      ['pass a', 'pass b', 'fail c', 'skip d', 'error e', 'fail f.sh'],
    ]);
  });
});
