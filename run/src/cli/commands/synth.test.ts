import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { envmint } from '../../../test/fakes/cli.ts';

let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'envmint-synth-cli-'));
});
afterEach(() => rmSync(out, { recursive: true }));

const synth = (...argv: string[]) => envmint(['synth', ...argv, '-o', out]);

describe('synth --dry-run', () => {
  it('says what would be made, and makes nothing', async () => {
    const { code, stdout } = await synth(
      'job-shop',
      'travel-planning',
      '--environments',
      '7',
      '--tasks-per-environment',
      '2',
      '--dry-run',
    );

    expect(code).toBe(0);
    expect(stdout).toMatch(/job-shop: 4 environments/);
    expect(stdout).toMatch(/travel-planning: 3 environments/);
    expect(stdout).toContain('nothing was made');
    expect(readdirSync(out)).toEqual([]);
  });

  it('counts as many tasks as were asked for, in the levels that were asked for', async () => {
    const { stdout } = await synth(
      'job-shop',
      '--environments',
      '10',
      '--tasks-per-environment',
      '2.5',
      '--levels',
      '2,5-6',
      '--dry-run',
      '--json',
    );
    const { tasks } = (JSON.parse(stdout) as Record<string, { tasks: number[] }>)['job-shop'] ?? { tasks: [] };

    expect(tasks.reduce((sum, count) => sum + count, 0)).toBe(25);
    expect(tasks.map((count, i) => (count > 0 ? i + 1 : 0)).filter(Boolean)).toEqual([2, 5, 6]);
  });

  it('takes a domain that is named twice once', async () => {
    const { stdout } = await synth('job-shop', 'job-shop', '--environments', '3', '--dry-run');

    expect(stdout.match(/job-shop/g)).toHaveLength(1);
  });
});

describe('synth refuses', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown domain', ['moon-landing'], /no domain pack "moon-landing"; there are .*travel-planning/],
    ['a domain with a known name inside', ['job-shop/..'], /no domain pack/],
    ['a domain that every object has', ['constructor'], /no domain pack/],
    ['no domain', [], /missing required argument 'domain'/],
    ['a level above 8', ['job-shop', '--levels', '9'], /1 to 8/],
    ['level 0', ['job-shop', '--levels', '0-3'], /1 to 8/],
    ['levels the wrong way round', ['job-shop', '--levels', '5-2'], /range such as 1-8/],
    ['levels that are none', ['job-shop', '--levels', 'hard'], /1 to 8/],
    ['levels with a hole', ['job-shop', '--levels', '1,,3'], /1 to 8/],
    ['no environments', ['job-shop', '--environments', '0'], /whole number from 1/],
    ['half an environment', ['job-shop', '--environments', '1.5'], /whole number/],
    ['more tasks than levels', ['job-shop', '--tasks-per-environment', '9'], /from 1 to 8/],
    ['tasks that are not a number', ['job-shop', '--tasks-per-environment', 'NaN'], /from 1 to 8/],
    ['no workers', ['job-shop', '-j', '0'], /whole number/],
    ['a run id that leaves the folder', ['job-shop', '--run-id', '../up'], /letters, digits/],
    ['an option that there is not', ['job-shop', '--fast'], /unknown option '--fast'/],
  ])('%s', async (_, argv, said) => {
    const { code, stderr, stdout } = await synth(...argv);

    expect([code, stderr]).toEqual([2, expect.stringMatching(said)]);
    expect(stderr + stdout).not.toMatch(/\n\s+at /);
    expect(readdirSync(out)).toEqual([]);
  });

  it('a folder that cannot be made, with advice', async () => {
    writeFileSync(join(out, 'file'), '');
    const { code, stderr } = await envmint([
      'synth',
      'job-shop',
      '--environments',
      '1',
      '-o',
      join(out, 'file', 'runs'),
    ]);

    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/a part of the path is a file: choose another folder with --out/),
    ]);
  });

  it('a Python that is not there, before anything is made', async () => {
    const { code, stderr } = await synth('job-shop', '--python', 'python-nowhere');

    expect([code, stderr]).toEqual([3, expect.stringMatching(/python-nowhere .*--python/)]);
    expect(readdirSync(out)).toEqual([]);
  });
});
