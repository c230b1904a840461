import { describe, expect, it } from 'vitest';
import { createCalled } from './called-files.ts';

function calledBy(script: string, folder = ''): (path: string) => boolean {
  return createCalled({ folder, test: { files: script, package: script, all: script } });
}

describe('createCalled', () => {
  it.each([
    ['node scripts/test.js --ci', 'scripts/test.js', true],
    ['node --expose-gc -r ./scripts/setup scripts/run.mjs', 'scripts/setup.js', true],
    ['node --expose-gc -r ./scripts/setup scripts/run.mjs', 'scripts/run.mjs', true],
    ['jest --config=config/unit.json --ci', 'config/unit.json', true],
    ['(export PATH="x"; cd packages/core; node ./tools/go.js)', 'packages/core/tools/go.js', true],
    ['code=0\n./ci/check.sh all', 'ci/check.sh', true],
    ['bash -e ci/check.sh', 'ci/check.sh', true],
    ['mocha --require ./tools', 'tools/index.js', true],
    // What is run, or made something of, is not what starts it.
    ['tsc src/index.ts && rollup src/main.js', 'src/index.ts', false],
    ['pytest src/a.py "$@"', 'src/a.py', false],
    ['python3 -I /opt/envmint/lib/go_json.py "$reports"', 'opt/envmint/lib/go_json.py', false],
    ['go test -json ./span ./store', 'span', false],
  ])('of %j tells %s: %s', (script, path, expected) => expect(calledBy(script)(path)).toBe(expected));

  it('looks from the folder of the recipe', () => {
    const isCalled = calledBy('node scripts/test.js', 'libs/b');

    expect(['libs/b/scripts/test.js', 'scripts/test.js'].map(isCalled)).toEqual([true, false]);
  });
});
