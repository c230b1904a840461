import { Argument, type Command, Option } from 'commander';
import { createDebootstrap } from '../../adapters/debootstrap/index.ts';
import { SUITES, type Suite } from '../../domain/recipe.ts';
import type { CliDeps } from '../deps.ts';
import { jsonOption } from '../options.ts';
import { BASE_SOURCES, type BaseSource, createBaseImages } from '../software/base-images.ts';
import { openEngine } from '../software/engine.ts';

const examples = `
Examples:
  $ envmint base                                  every suite, from the registry or, out of its reach, by debootstrap
  $ envmint base bookworm --from bootstrap        as root, from the packages of deb.debian.org
  $ envmint base bookworm --from bootstrap --mirror http://mirror.example/debian

A suite that is there already is left as it is. Remove it with docker rmi to have it made anew.`;

interface BaseOptions {
  readonly from: BaseSource;
  readonly mirror?: string;
  readonly json: boolean;
}

export function addBase(program: Command, deps: CliDeps): void {
  program
    .command('base')
    .description('fetch or make the bare Debian systems that images are made of')
    .addArgument(new Argument('[suite...]', 'Debian suites').choices(SUITES).default([...SUITES], 'all of them'))
    .addOption(new Option('--from <source>', 'where they come from').choices(BASE_SOURCES).default('auto'))
    .addOption(new Option('--mirror <address>', 'the Debian mirror to bootstrap from'))
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((suites: readonly Suite[], options: BaseOptions) => makeBases(suites, options, deps));
}

async function makeBases(suites: readonly Suite[], options: BaseOptions, deps: CliDeps): Promise<void> {
  const runtime = await openEngine('base', deps);
  await runtime.sweep(deps.signal);
  const bases = createBaseImages({
    runtime,
    bootstrap: createDebootstrap({ mirror: options.mirror, env: deps.env }),
    given: {},
    from: options.from,
    say: (line) => deps.stderr.write(`${line}\n`),
  });
  for (const suite of suites) {
    const { id, sizeBytes } = await bases.ensure(suite, deps.signal);
    const line = `${suite.padEnd(9)} ${id}  ${Math.round(sizeBytes / 1e6)} MB`;
    deps.stdout.write(`${options.json ? JSON.stringify({ suite, image: id, sizeBytes }) : line}\n`);
  }
}
