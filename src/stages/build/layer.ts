import { BoundaryError } from '../../domain/boundary.ts';
import type { BuiltLayer } from '../../domain/built-image.ts';
import { type Step, TESTBED } from '../../domain/recipe.ts';
import type { Container, ContainerRuntime, ExecResult, Image, Labels, Limits } from '../../ports/container-runtime.ts';
import type { LayerIndexes } from '../../ports/layer-indexes.ts';
import { createBoundedLog } from '../../testbed/bounded-log.ts';
import { packFiles } from '../../testbed/tar.ts';
import { indexFiles } from './leaks/layer-index.ts';
import { isTrouble } from './trouble.ts';

/** What lets steps reach registries, and what must not stay in an image: mirrors, proxies, certificates. */
export interface BuildNetwork {
  readonly env: Readonly<Record<string, string>>;
  /** A folder of the container's root that `files` lie below; taken away before the layer is kept. */
  readonly scratch: string;
  /** Paths without the leading "/". */
  readonly files: readonly (readonly [string, Uint8Array])[];
  /** Scripts that run once the files are there, and before they are taken away; empty for nothing to do. */
  readonly prepare: string;
  readonly clean: string;
}

export interface LayerNeeds {
  readonly runtime: ContainerRuntime;
  readonly indexes: LayerIndexes;
  readonly limits: Limits;
  readonly stepTimeoutMs: number;
  readonly network: BuildNetwork;
  readonly now: () => number;
  /** Takes what a step printed, once it has ended. */
  keepLog(name: string, text: string): Promise<void>;
}

export interface LayerPlan {
  readonly kind: BuiltLayer['kind'];
  readonly key: string;
  /** "name:tag" of the image. */
  readonly name: string;
  readonly from: Image;
  readonly labels: Labels;
  readonly env: Readonly<Record<string, string>>;
  readonly isOnline: boolean;
  /** Where steps start. */
  readonly folder: string;
  readonly steps: readonly Step[];
  /** Fills the container before the steps. */
  lay?(container: Container, signal: AbortSignal): Promise<void>;
}

export interface StepFailure {
  readonly kind: 'step-failed';
  readonly layer: BuiltLayer['kind'];
  readonly step: string;
  readonly result: ExecResult;
}

export type LayerOutcome = { readonly kind: 'made'; readonly layer: BuiltLayer; readonly image: Image } | StepFailure;

const KEY_LABEL = 'envmint.key';
const KIND_LABEL = 'envmint.kind';

/** The image with this key if the machine has it; else it is made of `from` by the steps, in one layer. */
export async function ensureLayer(plan: LayerPlan, needs: LayerNeeds, signal: AbortSignal): Promise<LayerOutcome> {
  const startMs = needs.now();
  const [found] = await needs.runtime.images({ [KEY_LABEL]: plan.key }, signal);
  const made = found ?? (await makeLayer(plan, needs, signal));
  if ('kind' in made) return made;
  const layer: BuiltLayer = {
    kind: plan.kind,
    key: plan.key,
    image: made.id,
    name: plan.name,
    addedBytes: Math.max(0, made.sizeBytes - plan.from.sizeBytes),
    isReused: found !== undefined,
    ms: needs.now() - startMs,
  };
  return { kind: 'made', layer, image: made };
}

async function makeLayer(plan: LayerPlan, needs: LayerNeeds, signal: AbortSignal): Promise<Image | StepFailure> {
  const { runtime, limits, network } = needs;
  await using container = await runtime.start(
    {
      image: plan.from.id,
      network: plan.isOnline ? 'bridge' : 'none',
      limits,
      labels: {},
      env: plan.env,
      privileges: 'build',
    },
    signal,
  );
  if (plan.isOnline && network.files.length > 0) {
    await container.upload(await packFiles(network.files), '/', signal);
    await runOwn(container, { name: 'prepare the network', script: network.prepare }, signal);
  }
  await plan.lay?.(container, signal);
  for (const step of plan.steps) {
    const result = await runStep(container, { step, plan, needs }, signal);
    if (result.exitCode !== 0) return { kind: 'step-failed', layer: plan.kind, step: step.name, result };
  }
  const clean = `${network.clean}\nrm -rf ${network.scratch}`;
  if (plan.isOnline) await runOwn(container, { name: 'take network settings away', script: clean }, signal);
  const labels = { ...plan.labels, [KEY_LABEL]: plan.key, [KIND_LABEL]: plan.kind };
  // Read while its files are at hand: those of an image come only all together.
  const changed = await container.changed(signal);
  const image = container.commit({ labels, env: plan.env, folder: TESTBED, name: plan.name }, signal);
  const indexed = needs.indexes.write(indexFiles(changed), async () => (await image).layers.at(-1) ?? '');
  // Both have to end before the container goes.
  await Promise.allSettled([image, indexed]);
  await indexed;
  return await image;
}

export interface OwnCommand {
  /** What it does, for messages. */
  readonly name: string;
  readonly script: string;
  /** Where it runs, "/" without. */
  readonly folder?: string;
}

/** A command of ours, which takes no time and says little. Throws BoundaryError('container') where it fails, since what comes after counts on it. */
export async function runOwn(container: Container, command: OwnCommand, signal: AbortSignal): Promise<void> {
  const { name, script, folder = '/' } = command;
  const result = await container.exec({ script, folder, timeoutMs: 600_000, outputBytes: 2 ** 24 }, signal);
  if (result.exitCode === 0) return;
  const ended = result.end === 'exited' ? `code ${result.exitCode}` : result.end;
  const said = lastLines(result.tail, 3);
  throw new BoundaryError('container', `${name}: ended with ${ended}: ${said}`, { retryable: true });
}

interface StepRun {
  readonly step: Step;
  readonly plan: LayerPlan;
  readonly needs: LayerNeeds;
}

async function runStep(container: Container, { step, plan, needs }: StepRun, signal: AbortSignal): Promise<ExecResult> {
  const log = createBoundedLog();
  const env = plan.isOnline ? needs.network.env : {};
  const limits = { timeoutMs: needs.stepTimeoutMs, outputBytes: 2 ** 30 };
  const result = await container.exec({ script: step.run, folder: plan.folder, env, ...limits, log }, signal);
  await needs.keepLog(`${plan.kind}-${step.name}.txt`, log.text());
  // What the network or the engine did says nothing about the candidate.
  if (result.exitCode !== 0 && plan.isOnline && isTrouble(result.tail)) {
    const said = lastLines(result.tail, 3);
    throw new BoundaryError('container', `${plan.kind} step ${step.name}: ${said}`, { retryable: true });
  }
  return result;
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
