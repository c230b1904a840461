import type { Attempt, BuiltLayer } from '../../domain/built-image.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { Image } from '../../ports/container-runtime.ts';
import { createBoundedLog } from '../../testbed/bounded-log.ts';
import { runTests, type TestBed } from '../../testbed/run-tests.ts';
import { ensureLayer, type LayerNeeds, type LayerOutcome, lastLines, type StepFailure } from './layer.ts';
import { type DependencySource, planBase, planDependencies, planInstance } from './layers.ts';
import type { BuildReason } from './reasons.ts';

export interface TryNeeds extends LayerNeeds {
  readonly bed: TestBed;
  /** The bare system of a suite. */
  suite(recipe: Recipe, signal: AbortSignal): Promise<Image>;
  /** Makes each layer once, whoever asks for it at the same time. */
  once(key: string, make: () => Promise<LayerOutcome>): Promise<LayerOutcome>;
}

export interface Tried {
  readonly attempt: Attempt;
  /** Set where the recipe works. */
  readonly built?: { readonly layers: readonly BuiltLayer[]; readonly image: Image };
  /** Set where it does not. */
  readonly reason?: BuildReason;
}

/** Makes the three layers, and then looks whether with the gold patch any test passes: what does not run its tests is no environment. */
export async function tryRecipe(source: DependencySource, needs: TryNeeds, signal: AbortSignal): Promise<Tried> {
  const startMs = needs.now();
  const { recipe } = source;
  const attempt = (outcome: Attempt['outcome'], step: string | null, detail: string): Attempt => {
    return { variant: recipe.variant, outcome, step, detail, ms: needs.now() - startMs };
  };
  const made = await makeLayers(source, needs, signal);
  if ('kind' in made) {
    const { layer, step, result } = made;
    return {
      attempt: attempt('failed', `${layer}-${step}`, describeFailure(made)),
      reason: result.end === 'exited' ? failedLayers[layer] : 'step-limit',
    };
  }
  const trouble = await smokeTest(source, { image: made.image.id, needs }, signal);
  if (trouble !== undefined) return { attempt: attempt('no-tests', null, trouble), reason: 'no-tests-ran' };
  return { attempt: attempt('built', null, ''), built: made };
}

const failedLayers = {
  base: 'toolchain-failed',
  dependencies: 'dependencies-failed',
  instance: 'build-failed',
} as const satisfies Record<BuiltLayer['kind'], BuildReason>;

async function makeLayers(
  source: DependencySource,
  needs: TryNeeds,
  signal: AbortSignal,
): Promise<NonNullable<Tried['built']> | StepFailure> {
  const layers: BuiltLayer[] = [];
  let image = await needs.suite(source.recipe, signal);
  for (const plan of [planBase, planDependencies, planInstance]) {
    const planned = plan(source, image);
    const outcome = await needs.once(planned.key, () => ensureLayer(planned, needs, signal));
    if (outcome.kind === 'step-failed') return outcome;
    layers.push(outcome.layer);
    image = outcome.image;
  }
  return { layers, image };
}

function describeFailure({ layer, step, result }: StepFailure): string {
  const end = result.end === 'exited' ? `ended with code ${result.exitCode}` : `was stopped: ${result.end}`;
  return `${layer} step ${step} ${end}: ${lastLines(result.tail, 15)}`;
}

interface SmokeNeeds {
  readonly image: string;
  readonly needs: TryNeeds;
}

/** What is wrong, undefined where at least one test passes. */
async function smokeTest(
  { candidate, recipe }: DependencySource,
  { image, needs }: SmokeNeeds,
  signal: AbortSignal,
): Promise<string | undefined> {
  const log = createBoundedLog();
  const laying = { patches: [candidate.goldPatch, candidate.testPatch] };
  const outcome = await runTests(needs.bed, { image, recipe, scope: 'files', laying, log }, signal);
  await needs.keepLog('smoke.txt', log.text());
  if (outcome.kind === 'patch-refused') return `patch ${outcome.patch} was refused: ${outcome.message}`;
  const { end, exitCode, report } = outcome.run;
  if (report.tests.some(({ status }) => status === 'pass')) return undefined;
  const said = report.problems.map(({ kind, detail }) => `${kind}: ${detail}`).join('; ');
  const ended = end === 'exited' ? `code ${exitCode}` : end;
  return `${report.tests.length} tests, none passed (${ended}; ${said}): ${lastLines(log.text(), 15)}`;
}
