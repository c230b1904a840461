import type { CliDeps } from '../../src/cli/deps.ts';
import { runCli } from '../../src/cli/program.ts';
import { createFakeClock } from './clock.ts';

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

type FakeDeps = Omit<CliDeps, 'exitWith'> & { said(): Omit<Said, 'code'> };

/** A process for commands to run in, whose output can be read. */
export function createFakeDeps(over: Partial<CliDeps> = {}): FakeDeps {
  let stdout = '';
  let stderr = '';
  return {
    stdout: {
      write(text) {
        stdout += text;
      },
    },
    stderr: {
      write(text) {
        stderr += text;
      },
    },
    stdin: (async function* () {})(),
    columns: undefined,
    env: {},
    clock: createFakeClock(),
    signal: new AbortController().signal,
    said: () => ({ stdout, stderr }),
    ...over,
  };
}

/** Runs the program in this process. */
export async function envmint(argv: readonly string[], over: Partial<CliDeps> = {}): Promise<Said> {
  const deps = createFakeDeps(over);
  const code = await runCli(argv, deps);
  return { code, ...deps.said() };
}
