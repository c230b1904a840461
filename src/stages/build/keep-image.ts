import type { Attempt, BuiltImage, BuiltLayer, BuiltRef } from '../../domain/built-image.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { ContainerRuntime, Image } from '../../ports/container-runtime.ts';
import { canonicalJson, contentHash } from '../../util/canonical-json.ts';
import type { DependencySource } from './layers.ts';

export interface Finished {
  readonly source: DependencySource;
  readonly attempts: readonly Attempt[];
  readonly built: { readonly layers: readonly BuiltLayer[]; readonly image: Image };
  readonly startMs: number;
}

export interface KeepNeeds {
  readonly runtime: ContainerRuntime;
  readonly artifacts: Artifacts;
  readonly now: () => number;
}

/** Looks for leaks, and writes what the next stage reads. */
export async function keepImage(
  { source, attempts, built, startMs }: Finished,
  { runtime, artifacts, now }: KeepNeeds,
  signal: AbortSignal,
): Promise<Outcome<BuiltRef>> {
  const { candidate, recipe, date } = source;
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
    leaks: {},
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
