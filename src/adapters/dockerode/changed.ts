import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { BoundaryError } from '../../domain/boundary.ts';
import { atEngine, toEngineError } from './connect.ts';
import { unframe } from './output.ts';

const endAll = 'kill -KILL -1 2> /dev/null || :';

/**
 * The engine's own list of changes leaves out files whose size and time of change are as before. The time of their last change in any way ("ctime") is
 * the kernel's, which nobody sets; what the image has is older than the container.
 */
const script = `cd /
find . -xdev -type f -newerct "$1" -print0 | tar --create --file=- --null --no-recursion --files-from=-`;

export async function readChanged(container: Docker.Container, signal: AbortSignal): Promise<Readable> {
  const doing = `read what was changed in container ${container.id.slice(0, 12)}`;
  return atEngine(doing, signal, async () => {
    const { Created } = await container.inspect();
    const ended = await run(endAll);
    ended.stream.resume();
    await finished(ended.stream);
    const { exec, stream } = await run(script, Created);
    return Readable.from(read(exec, stream));
  });

  async function run(command: string, ...args: readonly string[]) {
    const Cmd = ['bash', '-euo', 'pipefail', '-c', command, 'bash', ...args];
    const exec = await container.exec({ Cmd, User: '0', AttachStdout: true });
    return { exec, stream: (await exec.start({ Detach: false, Tty: false })) as Readable };
  }

  /** As fast as it is read, and to its end or an error. */
  async function* read(exec: Docker.Exec, stream: Readable): AsyncGenerator<Buffer> {
    const abort = () => stream.destroy(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    try {
      yield* unframe(stream);
      const code = await exitCode(exec);
      if (code !== 0) throw new BoundaryError('container', `${doing}: code ${code}`, { retryable: true });
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof BoundaryError ? error : toEngineError(doing, error);
    } finally {
      signal.removeEventListener('abort', abort);
      stream.destroy();
    }
  }
}

/** The news of an end may be later than the end of the output. */
async function exitCode(exec: Docker.Exec): Promise<number | null> {
  for (;;) {
    const { Running, ExitCode } = await exec.inspect();
    if (!Running) return ExitCode;
    await sleep(5);
  }
}
