import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { BoundaryError } from '../../domain/boundary.ts';
import type { ExecOptions, ExecResult, Limits } from '../../ports/container-runtime.ts';
import { atEngine, statusOf } from './connect.ts';
import { watchDisk } from './disk-watch.ts';
import type { OomWatch } from './oom-watch.ts';
import { createTail, unframe } from './output.ts';

/** A running container as its commands see it. */
export interface Host {
  readonly container: Docker.Container;
  readonly limits: Limits;
  readonly env: Readonly<Record<string, string>>;
  readonly oom: OomWatch;
}

type Stop = Exclude<ExecResult['end'], 'exited'>;

const pollMs = 2000;
/** So long the last output of what has ended may be under way. */
const quietMs = 1000;
/** So long the news of a kill for memory may be later than the end of what was killed. */
const oomNewsMs = 300;
/** A file that outgrew the limit of its size: the kernel's SIGXFSZ. */
const fileTooLarge = 128 + 25;

/** Runs a command to its end, or to the first limit, which kills the container: whatever the command left running would go on otherwise. */
export async function runExec(host: Host, options: ExecOptions, signal: AbortSignal): Promise<ExecResult> {
  return atEngine(`run a command in container ${host.container.id.slice(0, 12)}`, signal, async () => {
    const startMs = performance.now();
    const running = await startCommand(host, options);
    const { promise: ending, resolve: end, reject: fail } = Promise.withResolvers<Stop | number>();
    const over = new AbortController();
    const timer = setTimeout(() => end('timed-out'), options.timeoutMs);
    const unsubscribe = host.oom.onKill(() => end('out-of-memory'));
    const stopped = () => fail(signal.reason);
    signal.addEventListener('abort', stopped, { signal: over.signal });
    // While the command was being started nobody listened.
    if (signal.aborted) stopped();
    running.drained.then((isWithin) => isWithin || end('output-limit'), fail);
    watchDisk(host, over.signal).then(() => end('disk-limit'), fail);
    untilExited(running, over.signal).then(end, fail);
    try {
      const ended = await ending;
      const stop = typeof ended === 'number' ? await findStop(host, running, ended) : ended;
      if (stop !== undefined) await kill(host.container);
      if (stop !== undefined) await Promise.race([running.drained, sleep(quietMs)]);
      const exitCode = stop === undefined ? Number(ended) : null;
      return { end: stop ?? 'exited', exitCode, tail: running.tail(), ms: performance.now() - startMs };
    } finally {
      clearTimeout(timer);
      unsubscribe();
      over.abort();
      running.stream.destroy();
    }
  });
}

interface Running {
  readonly exec: Docker.Exec;
  readonly stream: Readable;
  /** Resolves when all output is read: false where it was more than allowed, and reading stopped. */
  readonly drained: Promise<boolean>;
  isDrained(): boolean;
  /** Milliseconds since the last output. */
  quietFor(): number;
  tail(): string;
}

async function startCommand(host: Host, options: ExecOptions): Promise<Running> {
  const env = { ...host.env, ...options.env };
  const exec = await host.container.exec({
    Cmd: ['bash', '-euo', 'pipefail', '-c', options.script, 'bash', ...(options.args ?? [])],
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    WorkingDir: options.folder,
    User: '0',
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = (await exec.start({ Detach: false, Tty: false })) as Readable;
  const tail = createTail();
  let lastMs = performance.now();
  let isDrained = false;
  return {
    exec,
    stream,
    drained: drain(),
    isDrained: () => isDrained,
    quietFor: () => performance.now() - lastMs,
    tail: tail.text,
  };

  async function drain(): Promise<boolean> {
    let left = options.outputBytes;
    for await (const chunk of unframe(stream)) {
      const part = chunk.subarray(0, left);
      left -= chunk.length;
      lastMs = performance.now();
      tail.push(part);
      options.log?.write(part);
      if (left < 0) return false;
    }
    isDrained = true;
    return true;
  }
}

/** The exit code. What a command leaves running may keep its output open: when it has ended and all is quiet, nobody waits for more. */
async function untilExited({ exec, ...running }: Running, signal: AbortSignal): Promise<number> {
  for (let pauseMs = 5; ; pauseMs = Math.min(pollMs, pauseMs * 2)) {
    await Promise.race([running.drained, sleep(pollMs, undefined, { signal })]);
    const { Running, ExitCode, Pid } = await exec.inspect().catch(toLost);
    const isOver = running.isDrained() || running.quietFor() > quietMs;
    if (!Running && ExitCode !== null && isOver) {
      // The engine's words for what it could not start are all the output there is: no bash, no such folder, a container that has ended.
      if (Pid === 0) throw new BoundaryError('container', `run a command: ${running.tail().trim()}`);
      return ExitCode;
    }
    await sleep(pauseMs, undefined, { signal });
  }
}

/** An engine that was started again knows nothing of the commands of before. */
function toLost(cause: unknown): never {
  if (statusOf(cause) !== 404) throw cause;
  throw new BoundaryError('container', 'run a command: the engine has lost it, as it does when it is started again', {
    cause,
    retryable: true,
  });
}

/** The limit that a command met which ended by itself, as far as can be seen. */
async function findStop(host: Host, running: Running, exitCode: number): Promise<Stop | undefined> {
  if (exitCode === 0) return undefined;
  if (exitCode === fileTooLarge) return 'disk-limit';
  const mayBeKilled = exitCode >= 128 || /\bkilled\b|signal 9|cannot allocate|out of memory/i.test(running.tail());
  if (mayBeKilled && !host.oom.hasKilled) await sleep(oomNewsMs);
  if (host.oom.hasKilled) return 'out-of-memory';
  if (!mayBeKilled) return undefined;
  const { State } = await host.container.inspect().catch(toLost);
  if (State.Running) return undefined;
  if (State.OOMKilled) return 'out-of-memory';
  throw new BoundaryError('container', 'run a command: somebody else ended its container', { retryable: true });
}

async function kill(container: Docker.Container): Promise<void> {
  try {
    await container.kill();
  } catch (error) {
    // It has ended, or is gone.
    if (statusOf(error) !== 409 && statusOf(error) !== 404) throw error;
  }
}
