import { TESTBED } from '../../../domain/recipe.ts';
import type { ContainerRuntime, Limits } from '../../../ports/container-runtime.ts';
import { findGit, type GitFound, judgeGit } from './git-history.ts';
import { blobsOfBase, judgeTraces, type Leak } from './judge-traces.ts';
import { scanLayers } from './scan-layers.ts';
import { toSecrets } from './secrets.ts';

export interface LeakQuestion {
  /** The instance image. */
  readonly image: string;
  /** Gold patch and test patch. */
  readonly patches: readonly string[];
  /** Every path of the tree of the base commit. */
  readonly basePaths: readonly string[];
}

export interface LeakNeeds {
  readonly runtime: Pick<ContainerRuntime, 'layers' | 'start'>;
  readonly limits: Limits;
  readonly now: () => number;
}

/** What was looked at, and what for: the evidence that goes into the row. */
export interface LeakSearch {
  readonly layers: number;
  readonly files: number;
  readonly bytes: number;
  /** Files whose content is packed, and was not looked into. */
  readonly packed: number;
  /** Lines and whole files of the patches that were looked for. */
  readonly lines: number;
  readonly blobs: number;
  readonly repositories: readonly GitFound[];
  readonly leaks: readonly Leak[];
  readonly ms: number;
}

/** Looks for gold and test patch in every layer of an image, and for history in its repositories. No leak is what every image has to show. */
export async function findLeaks(
  { image, patches, basePaths }: LeakQuestion,
  { runtime, limits, now }: LeakNeeds,
  signal: AbortSignal,
): Promise<LeakSearch> {
  const startMs = now();
  const secrets = toSecrets(patches);
  const { traces, ...scanned } = await scanLayers(runtime.layers(image, signal), secrets);
  await using container = await runtime.start(
    { image, network: 'none', limits, labels: {}, env: {}, privileges: 'build' },
    signal,
  );
  const base = new Set(basePaths.map((path) => `${TESTBED.slice(1)}/${path}`));
  const known = blobsOfBase(traces, base);
  const unknown = [...secrets.blobs.keys()].filter((blob) => !known.has(blob));
  const repositories = await findGit(container, unknown, signal);
  const leaks = [...judgeTraces({ traces }, secrets, base), ...judgeGit(repositories)];
  const searched = { lines: secrets.lines.length, blobs: secrets.blobs.size };
  return { ...scanned, ...searched, repositories, leaks: leaks.slice(0, 20), ms: now() - startMs };
}
