import { BoundaryError } from '../../src/domain/boundary.ts';
import type { Artifacts } from '../../src/ports/artifacts.ts';

/** Artifacts that lie in memory, by path. */
export interface MemoryArtifacts extends Artifacts {
  readonly files: Map<string, Uint8Array>;
  text(path: string): string;
  put(path: string, content: string | Uint8Array): void;
}

export function createMemoryArtifacts(from: ReadonlyMap<string, Uint8Array> = new Map()): MemoryArtifacts {
  const files = new Map(from);
  const bytes = (content: string | Uint8Array): Uint8Array =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const below = (path: string): string[] =>
    [...files.keys()].filter((name) => name === path || name.startsWith(`${path}/`));
  const read = (path: string): Uint8Array => {
    const found = files.get(path);
    if (!found) throw new BoundaryError('disk', `read ${path}: it is not there`);
    return found;
  };
  return {
    files,
    text: (path) => new TextDecoder().decode(read(path)),
    put: (path, content) => void files.set(path, bytes(content)),
    async writeFolder(path, contents) {
      for (const name of below(path)) files.delete(name);
      for (const [name, content] of Object.entries(contents)) files.set(`${path}/${name}`, bytes(content));
    },
    async writeFile(path, content) {
      files.set(path, bytes(content));
    },
    readFile: async (path) => read(path),
    async remove(path) {
      for (const name of below(path)) files.delete(name);
    },
    list: async (path) =>
      [...new Set(below(path).map((name) => name.slice(path.length + 1).split('/')[0] as string))].sort(),
  };
}
