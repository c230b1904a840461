import { describe, expect, it } from 'vitest';
import { isExpectedOutput } from './expected-output.ts';

describe('isExpectedOutput', () => {
  it.each([
    ['tests/baseline_a.txt', [], true],
    ['tests/expected/a.json', [], true],
    ['tests/expected/a.py', [], false],
    ['test/__snapshots__/a.test.js.snap', [], true],
    ['tests/test92.ans', ['tests/test92.c'], true],
    ['tests/basic/23.res', ['tests/basic/23.in'], true],
    ['tests/input.txt', ['tests/other.md'], false],
    ['test/data/quote.html', ['test/data/quote.md'], true],
    ['test/data/quote.md', ['test/data/quote.html'], false],
    ['test/data/a.json', ['test/data/a.toml'], true],
    ['test/data/a.json', ['test/data/a.html'], false],
    ['test/data/a.json', ['test/data/a.out'], false],
    ['test/data/a.toml', ['test/data/a.yaml'], false],
    ['test/a.html', ['test/a.js'], false],
    ['test/.a', ['test/.b'], false],
  ])('%s beside %j: %s', (path, beside, expected) => expect(isExpectedOutput(path, [path, ...beside])).toBe(expected));
});
