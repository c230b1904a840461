import type { Command } from 'commander';
import { addDoctor } from './commands/doctor.ts';
import type { CliDeps } from './deps.ts';

/** Adds one command to the program. */
type AddCommand = (program: Command, deps: CliDeps) => void;

/** Every command, in the order of the help. */
export const commands: readonly AddCommand[] = [addDoctor];
