// A batch of numbers as a process of its own, that a test can kill: toy-batch.ts OUT COUNT.
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/adapters/clock/index.ts';
import { type Batch, runBatch } from '../../src/cli/run-batch.ts';
import { startWith } from '../../src/pipeline/flow.ts';

export function createToyBatch(count: number, delayMs: number): Batch<number> {
  return {
    config: { v: 1, command: 'toy', count },
    inputs: Array.from({ length: count }, (_, index) => index),
    total: count,
    jobMs: 10_000,
    workerSetup: () => null,
    flow: ({ artifacts }) =>
      startWith<number, { path: string }>({
        name: 'make',
        version: '1',
        key: (input) => `number-${input}`,
        async work(input) {
          await sleep(delayMs);
          if (input % 5 === 0) return { kind: 'rejected', reason: 'round' };
          const path = `numbers/${input}`;
          await artifacts.writeFolder(path, { 'value.txt': `${input}\n`, 'square.txt': `${input * input}\n` });
          return { kind: 'kept', output: { path } };
        },
      }).into<string, number>(
        {
          name: 'weigh',
          version: '1',
          key: (path) => path,
          async work(path) {
            const bytes = await artifacts.readFile(`${path}/square.txt`);
            return { kind: 'kept', output: bytes.length };
          },
        },
        ({ path }) => [path],
      ),
  };
}

if (import.meta.main) {
  const [out = '', count = ''] = process.argv.slice(2);
  const interrupt = new AbortController();
  process.on('SIGINT', () => interrupt.abort());
  const options = { out, jobs: 3, retryFailed: false, json: false };
  const { stdout, stderr, stdin, env } = process;
  const deps = { stdout, stderr, stdin, env, columns: undefined, clock: systemClock, signal: interrupt.signal };
  process.exitCode = await runBatch(createToyBatch(Number(count), 5), options, { ...deps, exitWith: () => {} });
}
