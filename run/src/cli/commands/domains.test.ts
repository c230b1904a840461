import { describe, expect, it } from 'vitest';
import { envmint } from '../../../test/fakes/cli.ts';

describe('domains', () => {
  it('lists every pack with what it is made of', async () => {
    const { code, stdout } = await envmint(['domains']);

    expect(code).toBe(0);
    for (const name of ['travel-planning', 'exam-timetabling', 'job-shop']) expect(stdout).toContain(`${name}: `);
    expect(stdout).toMatch(/\d+ tables, \d+ tools, \d+ constraints in the palette/);
    expect(stdout).not.toMatch(/undefined|NaN/);
  });

  it('says the same to a program', async () => {
    const { stdout } = await envmint(['domains', '--json']);
    const rows = JSON.parse(stdout) as { name: string; constraints: number; licences: string[] }[];

    expect(rows.map((row) => row.name)).toContain('travel-planning');
    expect(rows.every((row) => row.constraints >= 10 && row.licences.length > 0)).toBe(true);
  });

  it('takes no arguments', async () => {
    expect(await envmint(['domains', 'travel-planning'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('too many arguments'),
    });
  });
});
