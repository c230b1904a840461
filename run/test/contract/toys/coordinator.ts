// Starts a pool and a job that never ends, as a process of its own that a test can kill: coordinator.ts STAGE INPUT.
import { createForkPool } from '../../../src/adapters/fork/index.ts';

const [stage = '', input = ''] = process.argv.slice(2);
const interrupt = new AbortController();
process.on('SIGINT', () => interrupt.abort());
const entry = new URL('./worker.ts', import.meta.url);
{
  await using pool = createForkPool({ entry, setup: null, size: 1, jobMs: 60_000, graceMs: 200, heapMb: 256 });
  try {
    await pool.run(stage, input, interrupt.signal);
  } catch (error) {
    console.log(error === interrupt.signal.reason ? 'aborted' : String(error));
  }
}
console.log('clean');
