import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { SUITES, type Suite } from '../../domain/recipe.ts';
import type { BuildNetwork } from '../../stages/build/index.ts';
import { UsageError } from '../../util/errors.ts';
import type { CliDeps } from '../deps.ts';
import { createBuildNetwork, ECOSYSTEMS, parseMirrors } from './network.ts';

/** How images come to their base and their packages, after parsing. */
export interface ImageOptions {
  readonly base: readonly string[];
  readonly caBundle?: string;
  readonly mirror: readonly string[];
}

const none: readonly string[] = [];
const collect = (text: string, before: readonly string[]) => [...before, text];

export function addImageOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--base <suite=image>', 'the image of a Debian suite to build on, by name or digest')
        .default(none, 'see: envmint base')
        .argParser(collect),
    )
    .addOption(
      new Option('--ca-bundle <file>', 'certificates (PEM) that steps of builds trust instead of the usual ones'),
    )
    .addOption(
      new Option('--mirror <name=address>', `where packages come from; NAME is one of ${ECOSYSTEMS.join(', ')}`)
        .default(none, 'none')
        .argParser(collect),
    );
}

export async function openBuildNetwork({ caBundle, mirror }: ImageOptions, { env }: CliDeps): Promise<BuildNetwork> {
  const mirrors = parseMirrors(mirror);
  if (caBundle === undefined) return createBuildNetwork({ mirrors, env });
  const pem = await readFile(caBundle, 'utf8').catch((cause) => {
    throw new UsageError(`--ca-bundle ${caBundle}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  });
  return createBuildNetwork({ bundle: { path: caBundle, pem }, mirrors, env });
}

/** "bookworm=registry.example/debian@sha256:…". Throws UsageError. */
export function parseBases(texts: readonly string[]): Readonly<Partial<Record<Suite, string>>> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=');
      const suite = SUITES.find((known) => known === text.slice(0, equals));
      const image = text.slice(equals + 1);
      if (!suite || image === '') {
        throw new UsageError(`--base ${text}: give SUITE=IMAGE, SUITE being one of ${SUITES.join(', ')}`);
      }
      return [suite, image];
    }),
  );
}
