import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { SUITES, type Suite } from '../../domain/recipe.ts';
import type { Limits } from '../../ports/container-runtime.ts';
import { UsageError } from '../../util/errors.ts';
import { parseCount, type RunOptions, repeated } from '../options.ts';
import { createBuildNetwork, parseMirrors } from './network.ts';

/** Where repositories come from, and what containers may use. */
export interface ContainerOptions {
  readonly memory: number;
  readonly cpus: number;
  readonly processes: number;
  readonly disk: number;
  readonly testTimeout: number;
}

export interface SourceOptions {
  readonly dump?: string;
  readonly cache?: string;
  readonly githubUrl: string;
}

export interface BuildOptions extends RunOptions, ContainerOptions, SourceOptions {
  readonly base: readonly string[];
  readonly mirror: readonly string[];
  readonly caBundle?: string;
  readonly stepTimeout: number;
  readonly maxRecipes: number;
  readonly only: readonly string[];
}

const none: readonly string[] = [];

export function addContainerOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--memory <size>', 'memory of a container').default(parseSize('4g'), '4g').argParser(parseSize),
    )
    .addOption(
      new Option('--cpus <n>', 'processors of a container')
        .default(availableParallelism(), 'all')
        .argParser(parseCount(1, 1024)),
    )
    .addOption(new Option('--processes <n>', 'processes of a container').default(4096).argParser(parseCount(16, 1e6)))
    .addOption(
      new Option('--disk <size>', 'what a container may write').default(parseSize('20g'), '20g').argParser(parseSize),
    )
    .addOption(
      new Option('--test-timeout <s>', 'seconds for one run of the tests')
        .default(1800)
        .argParser(parseCount(1, 86_400)),
    );
}

export function addSourceOptions(command: Command): Command {
  return command
    .addOption(new Option('--dump <folder>', 'the dump that was mined: its clones are used'))
    .addOption(new Option('--cache <dir>', 'folder of clones that runs share (default: ~/.cache/envmint)'))
    .addOption(new Option('--github-url <address>', 'the GitHub to clone from').default('https://github.com'));
}

export function addBuildOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--base <suite=image>',
        `an image of your own for a suite (${SUITES.join(', ')}); may be given more than once`,
      )
        .default(none, 'none')
        .argParser(repeated),
    )
    .addOption(
      new Option('--mirror <name=address>', 'where packages of apt, pypi, npm, maven, go or composer come from')
        .default(none, 'none')
        .argParser(repeated),
    )
    .addOption(
      new Option('--ca-bundle <file>', 'certificates (PEM) that build steps trust; they do not stay in images'),
    )
    .addOption(
      new Option('--step-timeout <s>', 'seconds for one step of a build')
        .default(3600)
        .argParser(parseCount(1, 86_400)),
    )
    .addOption(
      new Option('--max-recipes <n>', 'recipes tried for one candidate').default(4).argParser(parseCount(1, 20)),
    )
    .addOption(
      new Option('--only <id>', 'this candidate only; may be given more than once')
        .default(none, 'all')
        .argParser(repeated),
    );
}

export function toLimits({ memory, cpus, processes, disk }: ContainerOptions): Limits {
  return { memoryBytes: memory, cpus, processes, diskBytes: disk };
}

export async function toNetwork({ caBundle, mirror }: BuildOptions, env: Readonly<Record<string, string | undefined>>) {
  const pem = caBundle === undefined ? undefined : await readBundle(caBundle);
  const bundle = pem === undefined || caBundle === undefined ? undefined : { path: caBundle, pem };
  return createBuildNetwork({ bundle, mirrors: parseMirrors(mirror), env });
}

/** "bookworm=registry.example/debian:bookworm". Throws UsageError. */
export function parseBases(texts: readonly string[]): Readonly<Partial<Record<Suite, string>>> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=');
      const suite = SUITES.find((one) => one === text.slice(0, equals));
      const reference = text.slice(equals + 1);
      if (!suite || reference === '') {
        throw new UsageError(`--base ${text}: give SUITE=IMAGE, SUITE being one of ${SUITES.join(', ')}`);
      }
      return [suite, reference];
    }),
  );
}

/** "512m", "4g": bytes, by powers of 1,024. */
export function parseSize(text: string): number {
  const found = /^(\d+)([kmgt])b?$/i.exec(text);
  if (!found) throw new InvalidArgumentError('Give a size such as 512m or 4g.');
  return Number(found[1]) * 1024 ** ('kmgt'.indexOf((found[2] ?? 'k').toLowerCase()) + 1);
}

async function readBundle(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`--ca-bundle ${path}: it cannot be read`, { cause });
  }
}
