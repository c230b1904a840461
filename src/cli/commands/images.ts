import { type Command, InvalidArgumentError, Option } from 'commander';
import { createLayerIndexes } from '../../adapters/layer-indexes/index.ts';
import type { ContainerRuntime } from '../../ports/container-runtime.ts';
import { UsageError } from '../../util/errors.ts';
import type { CliDeps } from '../deps.ts';
import { jsonOption } from '../options.ts';
import { openEngine } from '../software/engine.ts';
import { type ImageSize, toSizes, totalBytes } from '../software/image-sizes.ts';
import { collectImages, findOurImages, type Removal, subjectOf } from '../software/images.ts';
import { parseSize } from '../software/options.ts';
import { indexFolder } from '../software/repositories.ts';

const examples = `
Examples:
  $ envmint images                                     what was made, what it weighs, what it shares with others
  $ envmint images gc --older-than 14d --dry-run       what would go
  $ envmint images gc --older-than 14d --max-size 50g  old instances first; then the oldest, until the rest fits

gc removes images of instances, and dependency and base layers that no image stands on any more. What a container or
another image needs stays, and so do suites: remove those with docker rmi.`;

interface GcArguments {
  readonly olderThan?: number;
  readonly maxSize?: number;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly cache?: string;
}

export function addImages(program: Command, deps: CliDeps): void {
  const images = program
    .command('images')
    .description('list the images that were made, and remove what is old')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((options: { readonly json: boolean }) => list(options.json, deps));
  images
    .command('gc')
    .description('remove images of instances, oldest first, and layers that nothing stands on')
    .addOption(new Option('--older-than <age>', 'all that is older, such as 14d or 36h').argParser(parseAge))
    .addOption(new Option('--max-size <size>', 'until all images together take no more').argParser(parseSize))
    .addOption(new Option('--cache <dir>', 'folder that runs share (default: ~/.cache/envmint)'))
    .addOption(new Option('--dry-run', 'remove nothing, only say what would go').default(false))
    .addOption(jsonOption())
    .addHelpText('after', examples)
    // `--json` may stand on either side of "gc".
    .action((_options: unknown, command: Command) => collect(command.optsWithGlobals(), deps));
}

async function list(isJson: boolean, deps: CliDeps): Promise<void> {
  const runtime = await openEngine('images', deps);
  const images = await findOurImages(runtime, deps.signal);
  const now = deps.clock.now();
  for (const size of toSizes(images)) {
    deps.stdout.write(isJson ? `${JSON.stringify(toRow(size))}\n` : `${describe(size, now)}\n`);
  }
  if (!isJson) deps.stdout.write(`${images.length} images, ${toMegabytes(totalBytes(images))} on disk\n`);
}

async function collect(options: GcArguments, deps: CliDeps): Promise<void> {
  const { olderThan: maxAgeMs, maxSize: maxBytes, dryRun: isDryRun, json: isJson } = options;
  if (maxAgeMs === undefined && maxBytes === undefined) {
    throw new UsageError('say what is to go: --older-than 14d, --max-size 50g, or both');
  }
  const runtime = await openEngine('images', deps);
  await runtime.sweep(deps.signal);
  const now = deps.clock.now();
  const tell = ({ size, isRemoved }: Removal) => {
    const said = isRemoved ? (isDryRun ? 'would go' : 'removed ') : 'needed  ';
    const row = isJson ? JSON.stringify({ ...toRow(size), isRemoved, isDryRun }) : `${said} ${describe(size, now)}`;
    deps.stdout.write(`${row}\n`);
  };
  const done = await collectImages(runtime, { maxAgeMs, maxBytes, isDryRun, now, tell }, deps.signal);
  if (!isDryRun) await forgetLayers(runtime, options, deps);
  const left = `${toMegabytes(done.totalBytes)} are left`;
  const line = `${done.removed} images${isDryRun ? ' would go' : ' removed'}, ${toMegabytes(done.freedBytes)}; ${left}\n`;
  (isJson ? deps.stderr : deps.stdout).write(line);
  if (maxBytes !== undefined && done.totalBytes > maxBytes) {
    deps.stderr.write(`more than --max-size is left: nothing else may go\n`);
  }
}

/** Indexes of layers that no image has any more. */
async function forgetLayers(
  runtime: ContainerRuntime,
  { cache }: GcArguments,
  { env, signal }: CliDeps,
): Promise<void> {
  const images = await findOurImages(runtime, signal);
  const indexes = createLayerIndexes(indexFolder(cache, env));
  await indexes.keepOnly(new Set(images.flatMap(({ layers }) => layers)));
}

function toRow({ image, sharedBytes, ownBytes }: ImageSize) {
  const { id, kind, sizeBytes, createdAt } = image;
  const created = new Date(createdAt).toISOString();
  return { kind, of: subjectOf(image), id, sizeBytes, sharedBytes, ownBytes, createdAt: created };
}

function describe({ image, sharedBytes, ownBytes }: ImageSize, now: number): string {
  const days = `${Math.max(0, Math.floor((now - image.createdAt) / 86_400_000))} d`;
  const sizes = [image.sizeBytes, sharedBytes, ownBytes].map((bytes) => toMegabytes(bytes).padStart(9));
  const [all, shared, own] = sizes;
  const id = image.id.replace('sha256:', '').slice(0, 12);
  return `${image.kind.padEnd(12)} ${id} ${all}, ${shared} shared, ${own} own, ${days.padStart(5)}  ${subjectOf(image)}`;
}

function toMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** "14d", "36h": milliseconds. */
export function parseAge(text: string): number {
  const found = /^(\d{1,6})([hd])$/.exec(text);
  if (!found) throw new InvalidArgumentError('Give an age such as 14d or 36h.');
  return Number(found[1]) * (found[2] === 'd' ? 24 : 1) * 3_600_000;
}
