import { buffer } from 'node:stream/consumers';
import type { LayerIndexes } from '../../src/ports/layer-indexes.ts';

export function createMemoryLayerIndexes(): LayerIndexes & { readonly kept: Map<string, Buffer> } {
  const kept = new Map<string, Buffer>();
  return {
    kept,
    has: async (id) => kept.has(id),
    async *read(id) {
      const content = kept.get(id);
      if (content === undefined) throw new Error(`no index of ${id}`);
      yield content;
    },
    async write(content, id) {
      const bytes = await buffer(content);
      kept.set(await id(), bytes);
    },
    async keepOnly(ids) {
      const gone = [...kept.keys()].filter((id) => !ids.has(id));
      for (const id of gone) kept.delete(id);
      return gone.length;
    },
  };
}
