import { type ChildProcess, fork } from 'node:child_process';
import { flushCompileCache } from 'node:module';
import { BoundaryError } from '../../domain/boundary.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { type FromChild, fromBug, type ToChild } from './messages.ts';

export interface ChildOptions {
  /** The module that calls `serveStages`. */
  readonly entry: URL;
  /** Handed to `createStages` in each child: plain data. */
  readonly setup: unknown;
  /** After that long a job's process is killed, in milliseconds. */
  readonly jobMs: number;
  /** How long a job may go on after an abort before its process is killed, in milliseconds. */
  readonly graceMs: number;
  /** The heap limit of one process in MiB. */
  readonly heapMb: number;
}

/** A worker process. It does one job at a time, and is dead after a job that had to be killed. */
export interface Child {
  work(stage: string, input: unknown, signal: AbortSignal): Promise<Outcome<unknown>>;
  isAlive(): boolean;
  /** Lets it go; resolves once it is gone, with all that it had started. */
  stop(): Promise<void>;
}

export function startChild(options: ChildOptions): Child {
  const child = spawnChild(options);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  let nextId = 1;
  let isReady = false;
  child.on('message', (message: FromChild) => {
    if (message.type === 'ready') isReady = true;
  });
  send(child, { type: 'set-up', setup: options.setup });

  return { work, isAlive: () => isAlive(child), stop };

  async function work(stage: string, input: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const id = nextId++;
    using timers = new DisposableStack();
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      killGroup(child);
    }, options.jobMs);
    timers.defer(() => clearTimeout(late));
    timers.defer(onAbort(signal, () => callOff(id, timers)));
    const reply = awaitReply(child, id);
    send(child, { type: 'job', id, stage, input });
    const message = await reply;
    if (message.type === 'outcome') return message.outcome;
    signal.throwIfAborted();
    if (isLate) throw new BoundaryError('worker', `${stage} took longer than ${options.jobMs} ms and was killed`);
    if (message.type === 'gone') {
      if (!isReady) throw new Error(`a worker process did not start: it ended with ${message.how}, see above`);
      throw new BoundaryError('worker', `${stage}: its process ended with ${message.how}`, { retryable: true });
    }
    throw fromBug(message.bug);
  }

  function callOff(id: number, timers: DisposableStack): void {
    send(child, { type: 'abort', id });
    const grace = setTimeout(() => killGroup(child), options.graceMs);
    timers.defer(() => clearTimeout(grace));
  }

  async function stop(): Promise<void> {
    if (child.connected) child.disconnect();
    const grace = setTimeout(() => killGroup(child), options.graceMs);
    await exited;
    clearTimeout(grace);
    // What the process had started itself may outlive it.
    killGroup(child);
  }
}

/** Half of the space for young objects, in MiB: a quarter of the default saves 36 MiB a process and costs no time that could be measured. */
const YOUNG_MB = 4;

function spawnChild({ entry, heapMb }: ChildOptions): ChildProcess {
  // What this process has compiled the other finds, also in the first run of all; nothing where no such cache is kept.
  flushCompileCache();
  return fork(entry, [], {
    // A process group of its own: the terminal's Ctrl-C goes to the coordinator alone, and a kill takes grandchildren along.
    detached: true,
    serialization: 'advanced',
    // Standard output belongs to the coordinator's results.
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv: [
      `--max-old-space-size=${heapMb}`,
      `--max-semi-space-size=${YOUNG_MB}`,
      '--disable-warning=ExperimentalWarning',
    ],
  });
}

type Reply = Exclude<FromChild, { type: 'ready' }> | { readonly type: 'gone'; readonly how: string };

/** The child's answer to a job, or how it ended without one. */
function awaitReply(child: ChildProcess, id: number): Promise<Reply> {
  return new Promise((resolve) => {
    const settle = (reply: Reply) => {
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(reply);
    };
    const onMessage = (message: FromChild) => {
      if (message.type === 'broken' || (message.type !== 'ready' && message.id === id)) settle(message);
    };
    const onExit = (code: number | null, signal: string | null) =>
      settle({ type: 'gone', how: signal ?? `exit code ${code}` });
    const onError = (error: Error) => settle({ type: 'gone', how: error.message });
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
  });
}

function isAlive(child: ChildProcess): boolean {
  return child.connected && child.exitCode === null && child.signalCode === null && !child.killed;
}

function send(child: ChildProcess, message: ToChild): void {
  // A child that is gone says so by its 'exit', for which every job waits.
  if (child.connected) child.send(message, () => {});
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** Calls `listener` once on an abort, also on one that has been. Returns what takes the listener back. */
function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}
