import type { Image } from '../../ports/container-runtime.ts';

/** Our images, from what they stand on to what stands on them. */
export const IMAGE_KINDS = ['suite', 'base', 'dependencies', 'instance'] as const;
export type ImageKind = (typeof IMAGE_KINDS)[number];

export interface OurImage extends Image {
  readonly kind: ImageKind;
}

export interface ImageSize {
  readonly image: OurImage;
  /** Bytes of layers that another of these images has as well. */
  readonly sharedBytes: number;
  /** What would be free if it went. */
  readonly ownBytes: number;
}

/** The engine tells what all layers of an image weigh together, so that a layer's own weight is what an image has more than the one that it stands on. */
export function toSizes(images: readonly OurImage[]): ImageSize[] {
  return images.map((image) => {
    const isShared = images.some((other) => other !== image && (standsOn(other, image) || isTwin(other, image)));
    const sharedBytes = isShared ? image.sizeBytes : Math.min(image.sizeBytes, below(image, images)?.sizeBytes ?? 0);
    return { image, sharedBytes, ownBytes: image.sizeBytes - sharedBytes };
  });
}

/** What the images take on disk, each layer counted once. */
export function totalBytes(images: readonly OurImage[]): number {
  const different = images.filter((image, at) => images.findIndex((other) => isTwin(other, image)) === at);
  return different.reduce(
    (sum, image) => sum + Math.max(0, image.sizeBytes - (below(image, different)?.sizeBytes ?? 0)),
    0,
  );
}

/** Whether `image` has every layer of `other`, and more. */
export function standsOn(image: Image, other: Image): boolean {
  return other.layers.length < image.layers.length && other.layers.every((layer, at) => layer === image.layers[at]);
}

function isTwin(image: Image, other: Image): boolean {
  return image.layers.length === other.layers.length && image.layers.every((layer, at) => layer === other.layers[at]);
}

/** The highest of the images that this one stands on. */
function below(image: OurImage, images: readonly OurImage[]): OurImage | undefined {
  return images.filter((other) => standsOn(image, other)).toSorted((a, b) => b.layers.length - a.layers.length)[0];
}
