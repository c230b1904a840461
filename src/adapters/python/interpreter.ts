import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BoundaryError } from '../../domain/boundary.ts';
import { errorCode } from '../../util/errors.ts';
import { workerScript } from './worker-script.ts';

/** A running Python that answers one line with one line, one at a time. */
export interface Interpreter {
  /** Null where no answer came within `limitMs` and the process was killed. Throws BoundaryError('python') where it died, and the signal's reason. */
  ask(line: string, options: { readonly limitMs: number; readonly signal: AbortSignal }): Promise<string | null>;
  isAlive(): boolean;
  stop(): Promise<void>;
}

export function startInterpreter(python: string, verifier: string): Interpreter {
  const child = spawn(python, ['-I', '-c', workerScript, verifier]);
  let gone: BoundaryError | undefined;
  // Told of whatever comes next. A race with the end would keep every answer until then: promises that last hold what they raced with.
  let tell: (next: string | BoundaryError) => void = () => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => tell(line));
  const end = whenEnded(child, python).then((why) => {
    gone = why;
    tell(why);
  });
  // A process that is gone is told by its end, not by the pipe to it.
  child.stdin.on('error', () => undefined);
  return {
    async ask(line, { limitMs, signal }) {
      signal.throwIfAborted();
      const kill = (): boolean => child.kill('SIGKILL');
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = kill();
      }, limitMs);
      signal.addEventListener('abort', kill, { once: true });
      try {
        const next = await new Promise<string | BoundaryError>((resolve) => {
          tell = resolve;
          child.stdin.write(`${line}\n`);
          if (gone) resolve(gone);
        });
        if (typeof next === 'string') return next;
        signal.throwIfAborted();
        if (isLate) return null;
        throw next;
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', kill);
      }
    },
    isAlive: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null && !child.killed,
    async stop() {
      child.stdin.end();
      child.kill('SIGKILL');
      await end;
    },
  };
}

/** Resolves to what is to be said where an answer was awaited from a process that has ended, or never started. */
function whenEnded(child: ChildProcessWithoutNullStreams, python: string): Promise<BoundaryError> {
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  return new Promise((resolve) => {
    child.once('error', (cause) => resolve(unstarted(python, cause)));
    child.once('close', (code, signal) => {
      const last = said.trim().split('\n').at(-1) ?? '';
      const how = `${python} ended with ${signal ?? `code ${code}`}${last && `: ${last}`}`;
      resolve(
        new BoundaryError('python', `judge in Python: ${how}; Python 3.8 or newer is needed`, { retryable: true }),
      );
    });
  });
}

function unstarted(python: string, cause: Error): BoundaryError {
  const why =
    errorCode(cause) === 'ENOENT'
      ? 'it is not on this machine; install Python 3.8 or newer (apt-get install python3)'
      : cause.message;
  return new BoundaryError('python', `start ${python}: ${why}`, { cause });
}
