import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { loadCommands } from './commands.ts';
import type { CliDeps } from './deps.ts';
import { type ExitCode, exitCodes, exitOfError } from './exit.ts';

const exitHelp = `
Exit codes:
  0  all is well
  1  some items failed, or envmint has a bug
  2  a flag, an argument or a setting is wrong
  3  something is missing on this machine (see: envmint doctor)
  130  interrupted; the same command goes on where it stopped

Examples:
  $ envmint doctor
  $ envmint synth travel-planning --environments 2
  $ envmint <command> --help`;

/** The program, with as many of its commands as `argv` needs. */
async function createProgram(argv: readonly string[], deps: CliDeps): Promise<Command> {
  const program = new Command('envmint')
    .description('Mints training and evaluation environments for agents: hard to solve, easy to verify.')
    .version(readVersion())
    .exitOverride()
    .configureOutput({ writeOut: (text) => deps.stdout.write(text), writeErr: (text) => deps.stderr.write(text) })
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(add --help for the options and examples)')
    .addHelpText('after', exitHelp);
  for (const add of await loadCommands(argv)) add(program, deps);
  return program;
}

/** Runs the command that `argv` asks for (without node and script) and resolves to the exit code. Never throws. */
export async function runCli(argv: readonly string[], deps: Omit<CliDeps, 'exitWith'>): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const program = await createProgram(argv, {
    ...deps,
    exitWith(given) {
      code = given;
    },
  });
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' });
    return code;
  } catch (error) {
    if (deps.signal.aborted && error === deps.signal.reason) return exitCodes.interrupted;
    const exit = exitOfError(error);
    if (exit.message !== '') deps.stderr.write(`envmint: ${exit.message}\n`);
    return exit.code;
  }
}

/** package.json lies two folders up from the sources and three from what is built. */
function readVersion(): string {
  for (const above of ['../../package.json', '../../../package.json']) {
    try {
      const text = readFileSync(new URL(above, import.meta.url), 'utf8');
      return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
    } catch {}
  }
  return 'unknown';
}
