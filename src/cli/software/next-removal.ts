import { type OurImage, standsOn, totalBytes } from './image-sizes.ts';

/** What is to hold when all is done; undefined asks for nothing. */
export interface ImageLimits {
  readonly maxAgeMs: number | undefined;
  readonly maxBytes: number | undefined;
}

export interface Stock {
  readonly images: readonly OurImage[];
  /** Ids of images that could not be removed: a container or another image needs them. */
  readonly held: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The image that is to go next; undefined where the limits hold or nothing may go. First whatever is too old, then the oldest until the rest fits;
 * each time a layer that nothing stands on goes before a further instance is lost. Suites stay.
 */
export function nextRemoval({ images, held, now }: Stock, limits: ImageLimits): OurImage | undefined {
  const removable = images
    .filter((image) => !held.has(image.id) && mayGo(image, images))
    .toSorted((a, b) => Number(a.kind === 'instance') - Number(b.kind === 'instance') || a.createdAt - b.createdAt);
  const { maxAgeMs, maxBytes } = limits;
  const old = maxAgeMs === undefined ? undefined : removable.find(({ createdAt }) => now - createdAt > maxAgeMs);
  if (old !== undefined) return old;
  return maxBytes !== undefined && totalBytes(images) > maxBytes ? removable[0] : undefined;
}

function mayGo(image: OurImage, images: readonly OurImage[]): boolean {
  return image.kind !== 'suite' && !images.some((other) => standsOn(other, image));
}
