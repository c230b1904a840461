import { type SimpleGit, simpleGit } from 'simple-git';
import { BoundaryError } from '../../domain/boundary.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface GitPlace {
  /** A repository's folder, or any folder for commands that need none. */
  readonly folder: string;
  readonly env: Environment;
}

/** What git said. An exit code other than 0 is data here: callers know which ones mean something. */
export interface GitResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** After that long without a sign of life git is stopped, in milliseconds. */
const silentMs = 600_000;

const unsafe = {
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeEditor: true,
  allowUnsafePager: true,
  allowUnsafeSshCommand: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
} as const;

/** Runs one git command. Throws BoundaryError('git') when git cannot be run or was silent for too long, and the signal's reason when it aborts. */
export async function runGit(place: GitPlace, args: readonly string[], signal: AbortSignal): Promise<GitResult> {
  const process = open(place, signal);
  const outcome = await attempt(process, { args, signal }, () => process.git.raw([...args]));
  return 'value' in outcome ? { exitCode: 0, stdout: outcome.value, stderr: '' } : outcome;
}

/** The standard output of a command that has to succeed. Throws BoundaryError('git') with what git said. */
export async function git(place: GitPlace, args: readonly string[], signal: AbortSignal): Promise<string> {
  const result = await runGit(place, args, signal);
  if (result.exitCode !== 0) throw failed(args, result);
  return result.stdout;
}

/** The bytes of the blob with that name, which is there. */
export async function gitBytes(place: GitPlace, name: string, signal: AbortSignal): Promise<Uint8Array> {
  const process = open(place, signal);
  const args = ['blob', name];
  const outcome = await attempt(process, { args, signal }, () => process.git.binaryCatFile(args));
  if ('value' in outcome) return outcome.value;
  throw failed(['cat-file', ...args], outcome);
}

interface GitProcess {
  readonly git: SimpleGit;
  /** How it ended, where that was not with code 0. */
  exited(): GitResult | undefined;
}

async function attempt<T>(
  process: GitProcess,
  { args, signal }: { readonly args: readonly string[]; readonly signal: AbortSignal },
  work: () => Promise<T>,
): Promise<{ readonly value: T } | GitResult> {
  signal.throwIfAborted();
  try {
    return { value: await work() };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const exited = process.exited();
    if (exited) return exited;
    throw notRun(args, error);
  }
}

function open({ folder, env }: GitPlace, signal: AbortSignal): GitProcess {
  let exited: GitResult | undefined;
  const given = { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };
  const git = simpleGit({
    baseDir: folder,
    abort: signal,
    timeout: { block: silentMs },
    // The environment is the user's own: its settings of proxies, keys and certificates are meant.
    allowEnvironment: Object.keys(given),
    unsafe,
    // An error that is given here loses its type on the way, so the result goes beside it.
    errors(error, { exitCode, stdOut, stdErr }) {
      if (exitCode === 0 || (error instanceof Error && stdErr.length === 0)) return error;
      exited = { exitCode, stdout: textOf(stdOut), stderr: textOf(stdErr) };
      return new Error(exited.stderr);
    },
  }).env(given as Record<string, string>);
  return { git, exited: () => exited };
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function notRun(args: readonly string[], cause: unknown): BoundaryError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const advice = /ENOENT/.test(message) ? '; is git installed? see: envmint doctor' : '';
  const isSilent = /block timeout/.test(message);
  return new BoundaryError('git', `run git ${shown(args)}: ${message}${advice}`, { cause, retryable: isSilent });
}

const transient =
  /could not resolve host|timed out|connection (?:reset|refused|was closed)|early EOF|RPC failed|unexpected disconnect|hung up|returned error: (?:429|5\d\d)|gnutls|tls/i;
const refused = /authentication failed|could not read username|permission denied|returned error: 40[13]/i;

function failed(args: readonly string[], { exitCode, stderr }: GitResult): BoundaryError {
  const said = stderr.trim().split('\n').slice(-3).join(' ') || 'it said nothing';
  const retryable = transient.test(stderr);
  const advice = refused.test(stderr)
    ? '; set GITHUB_TOKEN to a token that may read the repository'
    : retryable
      ? '; the network or the host failed, run the same command again later'
      : '';
  return new BoundaryError('git', `git ${shown(args)} ended with code ${exitCode}: ${said}${advice}`, { retryable });
}

/** Without settings given by `-c`, which say nothing to people. */
function shown(args: readonly string[]): string {
  return args.filter((arg, index) => arg !== '-c' && args[index - 1] !== '-c').join(' ');
}
