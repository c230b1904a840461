import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aptPackages, ciValues, parseCi } from './ci.ts';

const WORKFLOW = `
name: CI
on: [push]
jobs:
  test:
    strategy:
      matrix:
        python-version: ["3.8", 3.10, pypy-3.9]
        include:
          - python-version: 3.13
    steps:
      - uses: actions/setup-python@v5
        with: { python-version: "\${{ matrix.python-version }}" }
      - run: |
          sudo apt-get update
          sudo apt-get install -y --no-install-recommends libxml2-dev \\
            gettext && echo done
          pip install -e .[test]
      - run: pytest
`;

describe('parseCi', () => {
  const file = parseCi('.github/workflows/ci.yml', WORKFLOW);

  it('keeps versions as they are written', () => {
    expect(ciValues([file], ['python-version']).slice(0, 4)).toEqual(['3.8', '3.10', 'pypy-3.9', '3.13']);
  });

  it('reads commands line by line, with continued lines joined', () => {
    expect(file.commands).toContain('pip install -e .[test]');
    expect(file.commands).toContain('pytest');
    expect(aptPackages([file])).toEqual(['gettext', 'libxml2-dev']);
  });

  it('reads the lists of older services', () => {
    const travis = parseCi('.travis.yml', 'node_js:\n  - 10\n  - "12"\nscript: npm test\n');

    expect(ciValues([travis], ['node_js'])).toEqual(['10', '12']);
    expect(travis.commands).toEqual(['npm test']);
  });

  it('says nothing of what is not YAML, and never throws', () => {
    expect(parseCi('x', 'a: [b').commands).toEqual([]);
    expect(parseCi('x', '*!').commands).toEqual([]);
    fc.assert(fc.property(fc.string(), (text) => void parseCi('x', text)));
  });
});
