import type { ContainerRuntime, Image } from '../../../ports/container-runtime.ts';
import type { LayerIndexes } from '../../../ports/layer-indexes.ts';
import { indexFiles } from './layer-index.ts';

export interface IndexNeeds {
  readonly runtime: Pick<ContainerRuntime, 'layers'>;
  readonly indexes: LayerIndexes;
}

/** Reads the layers of an image where one of them has no index yet. The engine writes out the whole image for that, so that layers are better indexed while they are made. */
export async function ensureIndexes(
  image: Image,
  { runtime, indexes }: IndexNeeds,
  signal: AbortSignal,
): Promise<void> {
  const isThere = await Promise.all(image.layers.map((id) => indexes.has(id)));
  if (isThere.every(Boolean)) return;
  for await (const { tar, id } of runtime.layers(image.id, signal)) {
    await indexes.write(indexFiles(tar), id);
  }
}
