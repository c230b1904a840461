import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote, quoteAll, toWords, writeFile } from './shell.ts';

describe('toWords', () => {
  it.each([
    ['mocha --require should "test/**/*.js"', ['mocha', '--require', 'should', 'test/**/*.js']],
    ["pytest -k 'not slow' tests", ['pytest', '-k', 'not slow', 'tests']],
    [String.raw`a\ b --x="y z"`, ['a b', '--x=y z']],
    ['', []],
  ])('reads %s', (line, words) => expect(toWords(line)).toEqual(words));

  it('gives back what was quoted', () => {
    const word = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(toWords(quoteAll(words))).toEqual(words);
      }),
    );
  });
});

describe('writeFile', () => {
  it('chooses an end that the text does not have', () => {
    expect(writeFile('/x', 'a\nEND\n')).toBe("cat > /x <<'END_'\na\nEND\nEND_");
  });
});

describe('quote', () => {
  it('leaves plain words as they are', () => {
    expect(quote('tests/test_a.py')).toBe('tests/test_a.py');
    expect(quote("it's")).toBe(String.raw`'it'\''s'`);
  });
});
