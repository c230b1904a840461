import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { REACH_PY } from './reach-py.ts';

describe('REACH_PY', () => {
  const root = mkdtempSync(join(tmpdir(), 'envmint-reach-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** The exit code in a project whose lock file has one archive at `url`. */
  async function reach(url: string): Promise<number> {
    const lock = { packages: [{ name: 'a/path' }], 'packages-dev': [{ name: 'a/b', dist: { url } }] };
    writeFileSync(join(root, 'composer.lock'), JSON.stringify(lock));
    const python = spawn('python3', ['-I', '-c', REACH_PY], { cwd: root, stdio: 'ignore' });
    const [code] = await once(python, 'close');
    return code;
  }

  it('is well with a server that answers, whatever it says, and with one that is none', async () => {
    const server = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    const served = await reach(`http://127.0.0.1:${port}/b.zip`);
    server.close();

    expect(served).toBe(0);
    expect(await reach('../packages/b')).toBe(0);
    expect(await reach(`http://127.0.0.1:${port}/b.zip`)).toBe(1);
  });
});
