import type { ContainerRuntime } from '../../ports/container-runtime.ts';
import { IMAGE_KINDS, type ImageSize, type OurImage, toSizes, totalBytes } from './image-sizes.ts';
import { type ImageLimits, nextRemoval } from './next-removal.ts';

/** Every image that runs have made on this engine, lowest kind first, newest first. */
export async function findOurImages(runtime: ContainerRuntime, signal: AbortSignal): Promise<OurImage[]> {
  const found: OurImage[] = [];
  for (const kind of IMAGE_KINDS) {
    const images = await runtime.images({ 'envmint.kind': kind }, signal);
    found.push(...images.map((image) => ({ ...image, kind })));
  }
  return found;
}

export interface Removal {
  readonly size: ImageSize;
  /** False where a container or another image needs it. */
  readonly isRemoved: boolean;
}

export interface GcOptions extends ImageLimits {
  readonly isDryRun: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  tell(removal: Removal): void;
}

export interface Collected {
  readonly removed: number;
  readonly freedBytes: number;
  /** What is left. */
  readonly totalBytes: number;
}

/** Removes images, one after another, until the limits hold or nothing may go any more. */
export async function collectImages(
  runtime: ContainerRuntime,
  { isDryRun, now, tell, ...limits }: GcOptions,
  signal: AbortSignal,
): Promise<Collected> {
  let images = await findOurImages(runtime, signal);
  const before = { count: images.length, bytes: totalBytes(images) };
  const held = new Set<string>();
  for (;;) {
    const next = nextRemoval({ images, held, now }, limits);
    if (next === undefined) break;
    const [size] = toSizes(images).filter(({ image }) => image === next);
    const isRemoved = isDryRun || (await runtime.removeImage(next.id, signal));
    if (isRemoved) images = images.filter((image) => image !== next);
    else held.add(next.id);
    if (size) tell({ size, isRemoved });
  }
  const left = totalBytes(images);
  return { removed: before.count - images.length, freedBytes: before.bytes - left, totalBytes: left };
}

/** What an image is of, for people. */
export function subjectOf({ kind, labels }: OurImage): string {
  const of = (name: string) => labels[`envmint.${name}`] ?? '';
  if (kind === 'suite') return of('suite');
  if (kind === 'base') return `${of('suite')} ${of('stack')}`;
  return kind === 'dependencies' ? of('repository') : of('instance');
}
