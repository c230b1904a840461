import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderArtifacts, makeFolder, openRunFolder } from '../../src/adapters/run-folder/index.ts';
import { Summary } from '../../src/domain/summary.ts';
import { UsageError } from '../../src/util/errors.ts';

const config = { v: 1 as const, command: 'synth', seed: 7, levels: [1, 2] };
let out = '';

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'envmint-runs-'));
});
afterEach(() => rmSync(out, { recursive: true }));

describe('openRunFolder', () => {
  it('writes the config of a new run, and finds it again', async () => {
    const address = { out: join(out, 'deep', 'er'), runId: 'one' };
    const first = await openRunFolder(address, config);
    const again = await openRunFolder(address, structuredClone(config));

    expect(again.path).toBe(first.path);
    expect(JSON.parse(readFileSync(join(first.path, 'config.json'), 'utf8'))).toEqual(config);
  });

  it('refuses a run with other settings, and names them', async () => {
    await openRunFolder({ out, runId: 'one' }, config);

    const other = openRunFolder({ out, runId: 'one' }, { v: 1, command: 'synth', levels: [1], seed: 7, extra: true });

    await expect(other).rejects.toThrow(/levels \(\[1,2\] there, \[1\] asked\)/);
    await expect(other).rejects.toThrow(/extra \(absent there, true asked\)/);
    await expect(other).rejects.toThrow(UsageError);
  });

  it('refuses a run whose config is damaged, an id that leaves the folder, and a folder that cannot be', async () => {
    const { path } = await openRunFolder({ out, runId: 'one' }, config);
    writeFileSync(join(path, 'config.json'), '{"v":1,');

    await expect(openRunFolder({ out, runId: 'one' }, config)).rejects.toThrow('damaged');
    await expect(openRunFolder({ out, runId: '../x' }, config)).rejects.toThrow('is no run id');
    await expect(openRunFolder({ out: join(path, 'config.json'), runId: 'x' }, config)).rejects.toMatchObject({
      boundary: 'disk',
    });
    await expect(openRunFolder({ out: '/proc/nowhere', runId: 'x' }, config)).rejects.toThrow('--out');
  });

  it('writes a summary that reads back', async () => {
    const folder = await openRunFolder({ out, runId: 'one' }, config);
    const summary: Summary = { v: 1, state: 'done', stages: [] };

    await folder.writeSummary(summary);

    expect(Summary.parse(JSON.parse(readFileSync(join(folder.path, 'summary.json'), 'utf8')))).toEqual(summary);
    expect(readdirSync(folder.path).sort()).toEqual(['config.json', 'items', 'summary.json']);
  });

  it('sweeps what an interrupted write left', async () => {
    const folder = await openRunFolder({ out, runId: 'one' }, config);
    await makeFolder(join(folder.itemsPath, '.staging', 'half'));

    await folder.sweep();

    expect(readdirSync(folder.itemsPath)).toEqual([]);
  });
});

describe('createFolderArtifacts', () => {
  it('writes a folder in the place of what stood there', async () => {
    const artifacts = createFolderArtifacts(out);
    await artifacts.writeFolder('a/env', { 'old.txt': 'old', 'tasks/1/task.json': '{}' });
    await artifacts.writeFolder('a/env', { 'tasks/2/task.json': '[]', 'world.bin': new Uint8Array([1, 2]) });
    await artifacts.writeFile('a/b.txt', 'b');

    expect(await artifacts.list('a/env')).toEqual(['tasks', 'world.bin']);
    expect([...(await artifacts.readFile('a/env/world.bin'))]).toEqual([1, 2]);
    expect(await artifacts.list('a')).toEqual(['b.txt', 'env']);
    expect(await artifacts.list('nowhere')).toEqual([]);
    expect(readdirSync(join(out, '.staging'))).toEqual([]);
  });

  it('leaves what stood there when a write fails', async () => {
    const artifacts = createFolderArtifacts(out);
    await artifacts.writeFolder('env', { 'task.json': 'good' });

    await expect(artifacts.writeFolder('env', { 'task.json': 'bad', 'task.json/x': 'worse' })).rejects.toMatchObject({
      boundary: 'disk',
    });

    expect(String(await artifacts.readFile('env/task.json'))).toBe('good');
    expect(readdirSync(join(out, '.staging'))).toEqual([]);
  });

  it.each(['../x', 'a/../../x', '/etc/x', '', 'a//b', '.staging/x', 'a\\..\\x', 'a\0b'])(
    'refuses the path %j',
    async (path) => {
      await expect(createFolderArtifacts(out).writeFile(path, 'x')).rejects.toThrow('is no path');
    },
  );
});
