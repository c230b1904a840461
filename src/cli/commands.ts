import type { Command } from 'commander';
import { addAudit } from './commands/audit.ts';
import { addBase } from './commands/base.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDomains } from './commands/domains.ts';
import { addMine } from './commands/mine.ts';
import { addShow } from './commands/show.ts';
import { addSolve } from './commands/solve.ts';
import { addSynth } from './commands/synth.ts';
import { addTools } from './commands/tools.ts';
import { addVerify } from './commands/verify.ts';
import type { CliDeps } from './deps.ts';

/** Adds one command to the program. */
type AddCommand = (program: Command, deps: CliDeps) => void;

/** Every command, in the order of the help. */
export const commands: readonly AddCommand[] = [
  addSynth,
  addDomains,
  addShow,
  addTools,
  addSolve,
  addVerify,
  addAudit,
  addMine,
  addBase,
  addDoctor,
];
