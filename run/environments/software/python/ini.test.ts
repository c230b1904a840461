import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, parseIni } from './ini.ts';
import { readLock } from './lock.ts';
import { readPyproject } from './pyproject.ts';
import { readSetupPy } from './setup-py.ts';
import { readTox } from './tox.ts';

describe('parseIni', () => {
  it('joins continued lines and leaves comments out', () => {
    const ini = parseIni('[a]\nKey = one # first\n  two\n  # no\n[b]\nx: 1\n');

    expect(linesOf(ini.get('a')?.get('key'))).toEqual(['one', 'two']);
    expect(ini.get('b')?.get('x')).toBe('1');
  });

  it('reads any text', () => {
    fc.assert(fc.property(fc.string(), (text) => parseIni(text) instanceof Map));
  });
});

describe('readers of manifests', () => {
  it('never throw, whatever the text is', () => {
    const line = fc.constantFrom(
      '[tool.poetry]',
      '[project]',
      'setup(',
      'extras_require={"a":[',
      ']}',
      '[testenv]',
      'deps =',
      '  {[testenv]deps}',
      'x = 1',
      '"',
      '[[package]]',
      'name = "a"',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
        const text = lines.join('\n');
        readPyproject('pyproject.toml', text);
        readSetupPy('setup.py', text);
        readLock('uv.lock', text);
        readLock('Pipfile.lock', text);
        expect(readTox('tox.ini', text).path).toBe('tox.ini');
      }),
    );
  });
});
