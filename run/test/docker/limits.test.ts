import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerOptions, ExecResult } from '../../src/ports/container-runtime.ts';
import { toCommand, toOptions } from '../contract/container-runtime.ts';
import { hasEngine, openEngine, type TestEngine } from './engine.ts';

const signal = new AbortController().signal;
const mebibyte = 2 ** 20;
const limits = { cpus: 1, memoryBytes: 128 * mebibyte, processes: 40, diskBytes: 50 * mebibyte };

describe.skipIf(!(await hasEngine()))('limits of a container', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterEach(async () => expect(await engine.containers()).toEqual([]));
  afterAll(() => engine[Symbol.asyncDispose]());

  async function run(script: string, over: Partial<ContainerOptions> = {}, timeoutMs = 30_000): Promise<ExecResult> {
    await using container = await engine.runtime.start(toOptions({ image: engine.base.id, limits, ...over }), signal);
    return await container.exec(toCommand(script, { timeoutMs, outputBytes: 10 * 2 ** 30 }), signal);
  }

  it('tells a kill for memory from a failure, also where the command lives on', async () => {
    const alone = await run('x=$(yes | head -c 400000000)');
    const child = await run('bash -c "x=\\$(yes | head -c 400000000)" || true; sleep 20');

    expect([alone.end, child.end]).toEqual(['out-of-memory', 'out-of-memory']);
    expect(child.ms).toBeLessThan(20_000);
  });

  it('stops one file that grows, and many', async () => {
    const one = await run('dd if=/dev/zero of=/big bs=1M count=60');
    const many = await run('for i in 1 2 3; do dd if=/dev/zero of=/big$i bs=1M count=30; done; sleep 60');

    expect([one.end, many.end]).toEqual(['disk-limit', 'disk-limit']);
    expect(many.ms).toBeLessThan(30_000);
  });

  it('holds out forks without end', async () => {
    const bomb = await run('f() { f | f & }; f; sleep 60', {}, 5000);

    expect(bomb.end).toBe('timed-out');
  });

  it('prints a gigabyte and keeps nothing of it', async () => {
    await using container = await engine.runtime.start(toOptions({ image: engine.base.id }), signal);
    const before = process.memoryUsage().rss;
    let seen = 0;
    let most = 0;
    const log = {
      write(chunk: Uint8Array) {
        seen += chunk.length;
        most = Math.max(most, process.memoryUsage.rss());
      },
    };
    const command = toCommand('yes | head -c 1000000000', { timeoutMs: 120_000, outputBytes: 3e9, log });

    const { end, exitCode, tail } = await container.exec(command, signal);

    // `yes` is ended by a broken pipe, which pipefail reports.
    expect({ end, exitCode, seen }).toEqual({ end: 'exited', exitCode: 141, seen: 1e9 });
    expect(tail).toHaveLength(4096);
    expect(most - before).toBeLessThan(200 * mebibyte);
  });

  it('does not wait for what a command leaves running', async () => {
    const result = await run('sleep 300 & echo started');

    expect(result).toMatchObject({ end: 'exited', exitCode: 0, tail: 'started\n' });
    expect(result.ms).toBeLessThan(10_000);
  });

  it('waits for a command that closes its output', async () => {
    const result = await run('exec >&- 2>&-; sleep 1; exit 7');

    expect(result).toMatchObject({ end: 'exited', exitCode: 7 });
  });

  it('has a first process that nobody inside can end, and that buries orphans', async () => {
    const script =
      'kill -9 1; kill -TERM 1; (sleep 0.1 &); (sleep 0.2 &); sleep 1; cat /proc/[0-9]*/stat | grep -c ") Z " || true';

    const { exitCode, tail } = await run(script);

    expect({ exitCode, tail }).toEqual({ exitCode: 0, tail: '0\n' });
  });

  it('gives tests loopback and no other network', async () => {
    const { tail } = await run('ls /sys/class/net; (exec 3<>/dev/tcp/127.0.0.1/9) 2>&1 | grep -om1 refused');

    expect(tail).toBe('lo\nrefused\n');
  });

  it('takes from tests what builds have', async () => {
    const capabilities = 'grep -E "CapEff|NoNewPrivs" /proc/self/status | sort';
    const tests = await run(capabilities);
    const builds = await run(capabilities, { privileges: 'build' });

    expect(tests.tail).toBe('CapEff:\t00000000000000f9\nNoNewPrivs:\t1\n');
    expect(builds.tail).toBe('CapEff:\t00000000a80425fb\nNoNewPrivs:\t0\n');
  });
});
