import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { createDebootstrap } from '../../adapters/debootstrap/index.ts';
import { Candidate } from '../../domain/candidate.ts';
import { buildReasons, createBuildStage } from '../../stages/build/index.ts';
import type { CliDeps } from '../deps.ts';
import { addRunOptions } from '../options.ts';
import { createBaseImages } from '../software/base-images.ts';
import { openEngine } from '../software/engine.ts';
import { readItems, selectItems } from '../software/inputs.ts';
import {
  addBuildOptions,
  addContainerOptions,
  addSourceOptions,
  type BuildOptions,
  parseBases,
  toLimits,
  toNetwork,
} from '../software/options.ts';
import { openRepositories } from '../software/repositories.ts';
import { runStage } from '../software/run-stage.ts';
import { stacks } from '../software/stacks.ts';
import { createTestBed, fitJobs } from '../software/testbed.ts';
import { writeLines } from '../write-lines.ts';

const examples = `
Examples:
  $ envmint build runs/mine-1a2b3c4d                          the candidates of a run of mine, cloned from GitHub
  $ envmint build runs/crawl --dump crawl --run-id images     offline but for packages, from the clones of a dump
  $ envmint build candidates.jsonl --only octo-org__tool-12 --base bookworm=registry.example/debian:12
  $ envmint build runs/crawl --mirror pypi=https://mirror.example/simple --ca-bundle /etc/ssl/certs/ca-certificates.crt

Reasons for a rejection:
${Object.entries(buildReasons)
  .map(([reason, says]) => `  ${reason.padEnd(20)} ${says}`)
  .join('\n')}`;

export function addBuild(program: Command, deps: CliDeps): void {
  const command = program
    .command('build')
    .description('make a Docker image for each candidate, in which its tests run')
    .argument('<candidates...>', 'runs of mine, or files of candidates (JSON Lines)');
  addRunOptions(addBuildOptions(addContainerOptions(addSourceOptions(command))))
    .addHelpText('after', examples)
    .action((places: readonly string[], options: BuildOptions) => build(places, options, deps));
}

async function build(places: readonly string[], given: BuildOptions, deps: CliDeps): Promise<void> {
  const all = await readItems(places, { name: 'candidates.jsonl', schema: Candidate, what: 'candidate' });
  const inputs = selectItems(all, given.only);
  const bases = parseBases(given.base);
  const network = await toNetwork(given, deps.env);
  const runtime = await openEngine('build', deps);
  await runtime.sweep(deps.signal);
  const options = await fitJobs(runtime, given, deps);
  using source = await openRepositories(options, deps);
  const say = (line: string) => deps.stderr.write(`${line}\n`);
  const bootstrap = createDebootstrap({ env: deps.env });
  const suites = createBaseImages({ runtime, bootstrap, given: bases, from: 'auto', say });
  const { maxRecipes } = options;
  const config = {
    v: 1 as const,
    command: 'build',
    candidates: places.map((place) => resolve(place)),
    only: options.only,
    bases,
    maxRecipes,
    limits: toLimits(options),
    testTimeout: options.testTimeout,
    stepTimeout: options.stepTimeout,
  };
  const exit = await runStage(
    {
      config,
      inputs,
      stage: ({ artifacts }) =>
        createBuildStage({
          ...source,
          runtime,
          stacks,
          artifacts,
          network,
          maxRecipes,
          limits: toLimits(options),
          stepTimeoutMs: options.stepTimeout * 1000,
          bed: createTestBed(runtime, options, deps),
          suite: ({ suite }, signal) => suites.ensure(suite, signal),
          now: () => deps.clock.now(),
        }),
      finish: async (folder, kept) => {
        const lines = kept.map((ref) => `${JSON.stringify(ref)}\n`);
        await writeLines(join(folder.path, 'images.jsonl'), lines);
      },
    },
    options,
    deps,
  );
  deps.exitWith(exit);
}
