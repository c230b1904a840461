import type { Attempt, BuiltImage, BuiltLayer, BuiltRef } from '../../domain/built-image.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { ContainerRuntime, Image, Limits } from '../../ports/container-runtime.ts';
import type { LayerIndexes } from '../../ports/layer-indexes.ts';
import { canonicalJson, contentHash } from '../../util/canonical-json.ts';
import type { DependencySource } from './layers.ts';
import { findLeaks } from './leaks/find-leaks.ts';

export interface Finished {
  readonly source: DependencySource;
  readonly attempts: readonly Attempt[];
  readonly built: { readonly layers: readonly BuiltLayer[]; readonly image: Image };
  readonly startMs: number;
  /** Every path of the tree of the base commit. */
  readonly basePaths: readonly string[];
}

export interface KeepNeeds {
  readonly runtime: ContainerRuntime;
  readonly indexes: LayerIndexes;
  readonly artifacts: Artifacts;
  readonly limits: Limits;
  readonly now: () => number;
}

export type Kept = Extract<Outcome<BuiltRef>, { kind: 'kept' }> | { readonly kind: 'leak'; readonly detail: string };

/** Looks for leaks, and writes what the next stage reads where there is none. */
export async function keepImage(
  { source, attempts, built, startMs, basePaths }: Finished,
  needs: KeepNeeds,
  signal: AbortSignal,
): Promise<Kept> {
  const { runtime, artifacts, now } = needs;
  const { candidate, recipe, date } = source;
  const patches = [candidate.goldPatch, candidate.testPatch];
  const search = await findLeaks({ image: built.image, patches, basePaths }, needs, signal);
  if (search.leaks.length > 0) {
    const detail = search.leaks.map(({ kind, where, what }) => `${kind} in ${where}: ${what}`).join('\n');
    return { kind: 'leak', detail };
  }
  const engine = await runtime.engine(signal);
  const image: BuiltImage = {
    format: 'envmint.build/1',
    id: candidate.id,
    recipe,
    platform: engine.platform,
    engine: engine.version,
    layers: [...built.layers],
    image: built.image.id,
    imageName: built.layers.at(-1)?.name ?? '',
    sizeBytes: built.image.sizeBytes,
    dependencyDate: date,
    attempts: [...attempts],
    leaks: { ...search },
    ms: now() - startMs,
  };
  const path = `${candidate.id}/build.json`;
  const candidatePath = `${candidate.id}/candidate.json`;
  await artifacts.writeFile(candidatePath, `${canonicalJson(candidate)}\n`);
  await artifacts.writeFile(path, `${canonicalJson(image)}\n`);
  return {
    kind: 'kept',
    output: { id: candidate.id, image: image.image, path, candidatePath, hash: contentHash(image) },
  };
}
