import type { Clock } from '../ports/clock.ts';
import type { ExitCode } from './exit.ts';

/** Where text goes: a part of a stream, so that tests can read it. */
export interface TextOutput {
  write(text: string): void;
}

/** All that commands know of the process they run in. */
export interface CliDeps {
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** The width of the terminal that standard error is, undefined when it is none. */
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Aborts on the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** The exit code of a command that ends without throwing; 0 unless it is called. */
  exitWith(code: ExitCode): void;
}
