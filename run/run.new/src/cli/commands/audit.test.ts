import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { envmint } from '../../../test/fakes/cli.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'envmint-audit-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('audit', () => {
  it.each([
    ['a folder without tasks', () => folder],
    ['a folder that is not there', () => join(folder, 'nowhere')],
    [
      'a file',
      () => {
        writeFileSync(join(folder, 'file'), '');
        return join(folder, 'file');
      },
    ],
  ])('refuses %s, and says what an environment is', async (_, path) => {
    const { code, stderr } = await envmint(['audit', path()]);

    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/no environment folder.*world\.sqlite, environment\.json and tasks\//),
    ]);
  });

  it('refuses to audit nothing, and a Python that is not there', async () => {
    expect(await envmint(['audit'])).toMatchObject({ code: 2 });
    expect(await envmint(['audit', folder, '--python', 'python-nowhere'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('python-nowhere'),
    });
  });

  it('says what is damaged of a task folder that is empty, and ends with 1', async () => {
    mkdirSync(join(folder, 'tasks', 'odd-l1'), { recursive: true });
    const plain = await envmint(['audit', folder]);
    const json = await envmint(['audit', folder, '--json']);

    expect([plain.code, plain.stdout]).toEqual([1, expect.stringMatching(/^odd-l1: fails damaged: /)]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      task: 'odd-l1',
      verdict: 'refuted',
      gates: [{ gate: 'damaged', holds: false }],
    });
    expect(plain.stdout + plain.stderr).not.toMatch(/\n\s+at /);
  }, 60_000);
});
