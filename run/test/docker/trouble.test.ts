import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDockerRuntime } from '../../src/adapters/dockerode/index.ts';
import { toCommand, toOptions } from '../contract/container-runtime.ts';
import { hasEngine, listContainers, openEngine, type TestEngine } from './engine.ts';

const signal = new AbortController().signal;

describe.skipIf(!(await hasEngine()))('trouble with the engine', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  it('is a failure worth a retry when the engine goes away in the middle, and its container goes at the next start', async () => {
    await using door = await openDoor();
    const runtime = createDockerRuntime({ run: engine.run, host: `unix://${door.path}` });
    const container = await runtime.start(toOptions({ image: engine.base.id }), signal);
    const running = container.exec(toCommand('sleep 60'), signal);
    setTimeout(() => door.shut(), 500);

    await expect(running).rejects.toMatchObject({ boundary: 'container', retryable: true });
    await container[Symbol.asyncDispose]();
    const whileShut = await engine.containers();
    door.open();
    await using next = await runtime.start(toOptions({ image: engine.base.id }), signal);

    expect(whileShut).toEqual([container.id]);
    expect(await engine.containers()).toEqual([next.id]);
  });

  it('is a failure worth a retry when somebody removes the container', async () => {
    await using container = await engine.runtime.start(toOptions({ image: engine.base.id }), signal);
    await using same = await engine.runtime.start(toOptions({ image: engine.base.id }), signal);
    const running = container.exec(toCommand('sleep 60'), signal);
    setTimeout(() => container[Symbol.asyncDispose](), 500);

    await expect(running).rejects.toMatchObject({ boundary: 'container', retryable: true });
    expect(await same.exec(toCommand('true'), signal)).toMatchObject({ exitCode: 0 });
  });

  it('leaves nothing open that would keep the program from ending when a container cannot be started', async () => {
    const tar = pack();
    tar.entry({ name: 'etc/nothing' }, 'no program at all');
    tar.finalize();
    const image = await engine.runtime.importImage(Readable.from(tar), { labels: {} }, signal);
    const program = spawn(process.execPath, [join(import.meta.dirname, 'refuse.ts'), engine.run, image.id]);
    program.stderr.resume();
    program.stdout.resume();

    const [code, killed] = await once(program, 'exit', { signal: AbortSignal.timeout(60_000) });
    await engine.runtime.removeImage(image.id, signal);

    expect({ code, killed }).toEqual({ code: 1, killed: null });
    expect(await engine.containers()).toEqual([]);
  });

  it('says what to do where there is no engine', async () => {
    const runtime = createDockerRuntime({ run: 'none', host: 'unix:///nowhere/docker.sock' });

    await expect(runtime.engine(signal)).rejects.toThrow(/apt-get install docker.io iptables/);
  });

  it('sweeps what a killed run left, containers and images without a name', async () => {
    const run = `${engine.run}-killed`;
    const program = spawn(process.execPath, [join(import.meta.dirname, 'leave.ts'), run, engine.base.id]);
    await once(program.stdout, 'data');
    program.kill('SIGKILL');
    await once(program, 'exit');
    const before = await listContainers(run);

    const swept = await engine.runtime.sweep(signal);

    expect(before).toHaveLength(1);
    expect(swept.containers).toBeGreaterThanOrEqual(1);
    expect(swept.images).toBeGreaterThanOrEqual(1);
    expect(await listContainers(run)).toEqual([]);
    expect(await engine.runtime.images({ 'envmint.run': run }, signal)).toEqual([]);
  });
});

interface Door extends AsyncDisposable {
  readonly path: string;
  shut(): void;
  open(): void;
}

/** A socket that leads to the engine's, until it is shut. */
async function openDoor(): Promise<Door> {
  const folder = await mkdtemp(join(tmpdir(), 'envmint-door-'));
  const path = join(folder, 'docker.sock');
  const sockets = new Set<Socket>();
  let isOpen = true;
  const server = createServer((near) => {
    const far = connect('/var/run/docker.sock');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    if (!isOpen) near.destroy();
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    path,
    shut() {
      isOpen = false;
      for (const socket of sockets) socket.destroy();
    },
    open() {
      isOpen = true;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
