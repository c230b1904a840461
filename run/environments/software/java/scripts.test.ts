import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SAMPLE_TESTS } from './scripts.ts';

describe('SAMPLE_TESTS', () => {
  const root = mkdtempSync(join(tmpdir(), 'envmint-sample-'));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('names the smallest three of thousands of tests, and ends well', () => {
    const folder = join(root, 'src/test/java');
    mkdirSync(folder, { recursive: true });
    for (let index = 0; index < 3000; index++) {
      const padding = '/'.repeat(index % 1000 === 7 ? 0 : 100);
      writeFileSync(join(folder, `A${index}Test.java`), `class A${index}Test {} ${padding}`);
    }

    const said = execFileSync('bash', ['-c', `set -euo pipefail\n${SAMPLE_TESTS}\nsample ${root}`], {
      encoding: 'utf8',
    });

    expect(said.trim().split('\n').sort()).toEqual(['A1007Test', 'A2007Test', 'A7Test']);
  });
});
