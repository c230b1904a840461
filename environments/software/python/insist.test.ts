import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insist } from './insist.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envmint-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface StandIn {
  readonly isMet: string;
  readonly hint: string;
  readonly overrides?: string;
}

/** Runs a stand-in for the installer, which says `hint` until the list of requirements is as `isMet` wants it; gives the list. */
async function run(requirements: readonly string[], { isMet, hint, overrides }: StandIn): Promise<string> {
  const list = join(folder, 'requirements.txt');
  await writeFile(list, requirements.map((one) => `${one}\n`).join(''));
  await writeFile(join(folder, 'hint'), hint);
  const uv = `uv() { if ${isMet.replaceAll('LIST', list)}; then return 0; fi; cat ${folder}/hint >&2; return 1; }`;
  const script = `${uv}\n${insist('uv', { requirements: list, overrides })}`.replaceAll(
    '/tmp/envmint-uv.log',
    join(folder, 'log'),
  );
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script]);
  return readFile(list, 'utf8');
}

describe('insist', () => {
  it('asks for a pre-release of what has nothing else yet', async () => {
    const hint = 'hint: Pre-releases are available\n      for `black` in the requested\n range (e.g., 20.8b1)\n';

    expect(await run(['pytest'], { isMet: 'grep -q black LIST', hint })).toBe('pytest\nblack>=0.dev0\n');
  });

  it.each([
    ['Failed to build `old-thing==0.5.0`\n  ├─▶ The build backend returned an error\n'],
    ['  × Failed to download and build `old-thing==0.6.1`\n  ╰─▶ Package metadata version'],
    [
      '╰─▶ Because old-thing==2.3.1 has no wheels with a matching Python ABI tag\n  (e.g., `cp39`) and you require old-thing',
    ],
    ['╰─▶ Because old-thing was not found in the\n  package registry and you require old-thing\n'],
  ])('leaves out what cannot be had: %j', async (hint) => {
    const requirements = ['Old_Thing==0.5', 'old-things', 'old-thing-more>1', 'pytest'];

    expect(await run(requirements, { isMet: '! grep -q Old LIST', hint })).toBe(
      'old-things\nold-thing-more>1\npytest\n',
    );
  });

  it('leaves out extras that the manifest has not', async () => {
    const list = join(folder, 'requirements.txt');
    await writeFile(list, '');
    const uv = `uv() { case "$*" in *tests*) echo 'error: Requested extra not found: tests' >&2; return 1;; esac; echo "$*"; }`;
    const extras = ['tests', 'test'];
    const script = `${uv}\n${insist('uv', { requirements: list, extras })}`.replaceAll(
      '/tmp/envmint-uv.log',
      join(folder, 'log'),
    );

    expect((await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script])).stdout).toBe('--extra=test\n');
  });

  it('leaves out what the manifest asks for where it may, once', async () => {
    const overrides = join(folder, 'overrides.txt');
    await writeFile(overrides, '');
    const hint = 'Because old-thing==2.3.1 has no wheels with a matching Python ABI tag';

    expect(await run(['pytest'], { isMet: `grep -q old-thing ${overrides}`, hint, overrides })).toBe('pytest\n');
    expect(await readFile(overrides, 'utf8')).toBe("old-thing ; sys_platform == 'none'\n");
    await expect(run(['pytest'], { isMet: 'false', hint, overrides })).rejects.toMatchObject({ code: 1 });
  });

  it.each([
    ['the manifest asks for it', 'Failed to build `other==0.5.0`'],
    ['it was asked for already', 'Pre-releases are available for `black` in'],
    ['the network is in the way', 'Failed to build `pytest==8`: error sending request for url'],
    ['nothing is known of it', 'error: no space left on device'],
  ])('ends where it does not help: %s', async (_, hint) => {
    await expect(run(['pytest'], { isMet: 'false', hint })).rejects.toMatchObject({ code: 1 });
  });
});
