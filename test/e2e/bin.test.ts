import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from './synth-run.ts';

const bin = fileURLToPath(new URL('../../bin/envmint.mjs', import.meta.url));
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'envmint-test-home-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_CACHE_HOME', undefined);
  vi.stubEnv('NODE_COMPILE_CACHE', undefined);
});
afterEach(() => rmSync(home, { recursive: true }));

/** As for a user id that the system knows nothing of. */
const HOMELESS = `import os from 'node:os'; import { syncBuiltinESMExports } from 'node:module';
os.homedir = () => { throw new Error('no home') }; syncBuiltinESMExports();`;

const domains = () => run(process.execPath, [bin, 'domains']);

describe('bin/envmint.mjs', () => {
  it('keeps compiled code in the cache of its user', async () => {
    const { code, stdout } = await domains();
    expect(code).toBe(0);
    expect(stdout).toContain('job-shop');
    const [version = ''] = readdirSync(join(home, '.cache', 'envmint', 'node'));
    expect(readdirSync(join(home, '.cache', 'envmint', 'node', version)).length).toBeGreaterThan(10);
  });

  it('keeps it where the user says', async () => {
    vi.stubEnv('NODE_COMPILE_CACHE', join(home, 'elsewhere'));
    expect((await domains()).code).toBe(0);
    expect(readdirSync(home)).toEqual(['elsewhere']);
  });

  it.each([
    ['a file', () => writeFileSync(join(home, '.cache'), '')],
    ['in a file system that makes no folders', () => vi.stubEnv('HOME', '/proc')],
    ['not known', () => vi.stubEnv('NODE_OPTIONS', `--import=data:text/javascript,${encodeURIComponent(HOMELESS)}`)],
  ])('goes on without, where the home of caches is %s', async (_, spoil) => {
    spoil();
    const { code, stderr } = await domains();
    expect(code).toBe(0);
    expect(stderr).toBe('');
  });
});
