// A batch of numbers as a process of its own, which stops itself in the middle: toy-batch.ts OUT COUNT SIGNAL AFTER.
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/adapters/clock/index.ts';
import { type Batch, runBatch } from '../../src/cli/run-batch.ts';
import { startWith } from '../../src/pipeline/flow.ts';

export function createToyBatch(count: number, beforeWork: () => Promise<void>): Batch<number> {
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
          await beforeWork();
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
  const [out = '', count = '', signal = '', after = ''] = process.argv.slice(2);
  let works = 0;
  const stopInTheMiddle = async () => {
    await sleep(1);
    if (++works === Number(after)) process.kill(process.pid, signal);
  };
  const interrupt = new AbortController();
  process.on('SIGINT', () => interrupt.abort());
  const options = { out, jobs: 3, retryFailed: false, json: false };
  const { stdout, stderr, stdin, env } = process;
  const deps = { stdout, stderr, stdin, env, columns: undefined, clock: systemClock, signal: interrupt.signal };
  process.exitCode = await runBatch(createToyBatch(Number(count), stopInTheMiddle), options, {
    ...deps,
    exitWith: () => {},
  });
}
