import type { Command } from 'commander';
import type { CliDeps } from './deps.ts';

/** Adds one command to the program. */
type AddCommand = (program: Command, deps: CliDeps) => void;

/** Every command by its name, in the order of the help. Each is loaded when it is asked for: most bring adapters that no other one needs. */
export const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  synth: async () => (await import('./commands/synth.ts')).addSynth,
  domains: async () => (await import('./commands/domains.ts')).addDomains,
  show: async () => (await import('./commands/show.ts')).addShow,
  tools: async () => (await import('./commands/tools.ts')).addTools,
  solve: async () => (await import('./commands/solve.ts')).addSolve,
  verify: async () => (await import('./commands/verify.ts')).addVerify,
  audit: async () => (await import('./commands/audit.ts')).addAudit,
  mine: async () => (await import('./commands/mine.ts')).addMine,
  build: async () => (await import('./commands/build.ts')).addBuild,
  validate: async () => (await import('./commands/validate.ts')).addValidate,
  grade: async () => (await import('./commands/grade.ts')).addGrade,
  shell: async () => (await import('./commands/shell.ts')).addShell,
  base: async () => (await import('./commands/base.ts')).addBase,
  images: async () => (await import('./commands/images.ts')).addImages,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctor,
};

/** What `argv` needs: its command where it begins with the name of one, else all of them, for the help. */
export async function loadCommands([name = '']: readonly string[]): Promise<AddCommand[]> {
  const wanted = Object.hasOwn(commands, name) ? [commands[name]] : Object.values(commands);
  return Promise.all(wanted.flatMap((load) => (load ? [load()] : [])));
}
