import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { createFolderArtifacts } from '../../adapters/run-folder/index.ts';
import { BuiltRef } from '../../domain/built-image.ts';
import { SCOPES, type Scope } from '../../domain/recipe.ts';
import { createValidateStage, validateReasons } from '../../stages/validate/index.ts';
import type { CliDeps } from '../deps.ts';
import { addRunOptions, parseCount, type RunOptions, repeated } from '../options.ts';
import { openEngine } from '../software/engine.ts';
import { readItems, selectItems } from '../software/inputs.ts';
import {
  addContainerOptions,
  addSourceOptions,
  type ContainerOptions,
  type SourceOptions,
  toLimits,
} from '../software/options.ts';
import { openRepositories } from '../software/repositories.ts';
import { runStage } from '../software/run-stage.ts';
import { stacks } from '../software/stacks.ts';
import { createTestBed, fitJobs } from '../software/testbed.ts';
import { readAll, writeLines } from '../write-lines.ts';

const examples = `
Examples:
  $ envmint validate runs/images                        the images of a run of build
  $ envmint validate runs/images --dump crawl --scope all --repeats 5
  $ envmint validate runs/images --pass-to-skip keep    tests that the fix has skipped are no reason against it

Reasons for a rejection:
${Object.entries(validateReasons)
  .map(([reason, says]) => `  ${reason.padEnd(20)} ${says}`)
  .join('\n')}`;

type Policy = 'reject' | 'keep';

interface ValidateOptions extends RunOptions, ContainerOptions, SourceOptions {
  readonly scope: Scope;
  readonly repeats: number;
  readonly hunks: number;
  readonly passToSkip: Policy;
  readonly passToAbsent: Policy;
  readonly only: readonly string[];
}

export function addValidate(program: Command, deps: CliDeps): void {
  const policies = ['reject', 'keep'] as const;
  const none: readonly string[] = [];
  const command = program
    .command('validate')
    .description('prove that tests fail before the gold patch and pass after it, and that nothing else passes')
    .argument('<run>', 'a run of build')
    .addOption(new Option('--scope <scope>', 'tests that are run').choices(SCOPES).default('package'))
    .addOption(new Option('--repeats <n>', 'runs of each state').default(3).argParser(parseCount(1, 100)))
    .addOption(
      new Option('--hunks <n>', 'hunks left out of the gold patch, one at a time')
        .default(2)
        .argParser(parseCount(0, 100)),
    )
    .addOption(
      new Option('--pass-to-skip <policy>', 'tests that the fix has skipped').choices(policies).default('reject'),
    )
    .addOption(
      new Option('--pass-to-absent <policy>', 'tests that are gone with the fix').choices(policies).default('reject'),
    )
    .addOption(
      new Option('--only <id>', 'this image only; may be given more than once')
        .default(none, 'all')
        .argParser(repeated),
    );
  addRunOptions(addContainerOptions(addSourceOptions(command)))
    .addHelpText('after', examples)
    .action((run: string, options: ValidateOptions) => validate(run, options, deps));
}

async function validate(run: string, given: ValidateOptions, deps: CliDeps): Promise<void> {
  const all = await readItems([run], { name: 'images.jsonl', schema: BuiltRef, what: 'built image' });
  const inputs = selectItems(all, given.only);
  const runtime = await openEngine('validate', deps);
  await runtime.sweep(deps.signal);
  const options = await fitJobs(runtime, given, deps);
  using source = await openRepositories(options, deps);
  const { scope, repeats, hunks: maxHunks, passToSkip, passToAbsent } = options;
  const policy = { passToSkip, passToAbsent };
  const { testTimeout, only } = options;
  const config = { scope, repeats, maxHunks, policy, testTimeout, only, limits: toLimits(options) };
  const exit = await runStage(
    {
      config: { v: 1, command: 'validate', build: resolve(run), ...config },
      inputs,
      stage: ({ artifacts }) =>
        createValidateStage({
          ...source,
          built: createFolderArtifacts(join(resolve(run), 'items')),
          artifacts,
          stacks,
          scope,
          repeats,
          policy,
          maxHunks,
          bed: createTestBed(runtime, options, deps),
          now: () => deps.clock.now(),
        }),
      finish: ({ path, artifacts }, kept) => writeLines(join(path, 'instances.jsonl'), readAll(artifacts, kept)),
    },
    options,
    deps,
  );
  deps.exitWith(exit);
}
