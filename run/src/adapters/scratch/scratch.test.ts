import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeScratch, sweep } from './index.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'scratch-test-'));
});
afterEach(() => rm(root, { recursive: true }));

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('scratch', () => {
  it('is a folder of its own, and is gone with its owner', async () => {
    const scratch = await makeScratch();
    const isThere = (await stat(scratch.folder)).isDirectory();
    await scratch[Symbol.asyncDispose]();

    expect(isThere).toBe(true);
    await expect(stat(scratch.folder)).rejects.toThrow();
  });

  it('of processes that are no more is swept, and of nobody else', async () => {
    const mine = `envmint-scratch-${hostname()}-`;
    const left = `${mine}${await deadPid()}-abcdef`;
    const kept = [
      `${mine}${process.ppid}-abcdef`,
      `${mine}notes`,
      `envmint-scratch-elsewhere-${await deadPid()}-abcdef`,
      'something-else',
    ];
    for (const name of [left, ...kept]) await mkdir(join(root, name, 'inner'), { recursive: true });

    await sweep(root);

    expect((await readdir(root)).sort()).toEqual([...kept].sort());
  });
});
