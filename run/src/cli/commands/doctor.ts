import { type Command, Option } from 'commander';
import type { CliDeps } from '../deps.ts';
import { examine, formatFindings } from '../doctor.ts';
import { exitCodes } from '../exit.ts';
import { thisMachine } from '../machine.ts';
import { jsonOption } from '../options.ts';

const examples = `
Examples:
  $ envmint doctor               what this machine can do, and what brings the rest
  $ envmint doctor -o /data/runs whether runs can be written there
  $ envmint doctor --json        the same for a program`;

export function addDoctor(program: Command, deps: CliDeps): void {
  program
    .command('doctor')
    .description('look at what this machine has and lacks')
    .addOption(new Option('-o, --out <dir>', 'folder of runs').default('runs'))
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(async (options: { out: string; json: boolean }) => {
      const findings = await examine(thisMachine(deps.env), options.out);
      deps.stdout.write(options.json ? `${JSON.stringify(findings)}\n` : formatFindings(findings));
      if (findings.some(({ state }) => state === 'missing')) deps.exitWith(exitCodes.missing);
    });
}
