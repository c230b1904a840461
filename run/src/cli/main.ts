import { systemClock } from '../adapters/clock/index.ts';
import { runCli } from './program.ts';

const interrupt = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (interrupt.signal.aborted) process.stderr.write('\nstill cleaning up\n');
    else {
      process.stderr.write('\ninterrupted: cleaning up; run the same command again to go on\n');
      interrupt.abort();
    }
  });
}
// Nobody reads on, as after `| head`: what is left to do is to end in order.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    interrupt.abort();
  });
}

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  columns: process.stderr.isTTY ? process.stderr.columns : undefined,
  env: process.env,
  clock: systemClock,
  signal: interrupt.signal,
});
