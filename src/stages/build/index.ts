import { BuiltRef } from '../../domain/built-image.ts';
import type { Candidate } from '../../domain/candidate.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { Stage } from '../../domain/stage.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { Image } from '../../ports/container-runtime.ts';
import { createBackground, withLateRemoval } from '../../testbed/background.ts';
import { toDependencyDate } from '../../testbed/dependency-date.ts';
import { contentHash } from '../../util/canonical-json.ts';
import { keepImage } from './keep-image.ts';
import type { LayerOutcome } from './layer.ts';
import type { DependencySource } from './layers.ts';
import { ensureIndexes } from './leaks/ensure-indexes.ts';
import { createOnce } from './once.ts';
import { type Proposed, type ProposeNeeds, propose } from './propose.ts';
import type { BuildReason, BuildRejection } from './reasons.ts';
import { type Tried, type TryNeeds, tryRecipe } from './try-recipe.ts';

export type { BuildNetwork } from './layer.ts';
export { buildReasons } from './reasons.ts';

/** Raise it whenever the same candidate may give another image. */
const version = '4';

export interface BuildNeeds extends ProposeNeeds, Omit<TryNeeds, 'keepLog' | 'once'> {
  readonly artifacts: Artifacts;
  /** How many recipes are tried for one candidate. */
  readonly maxRecipes: number;
}

/** Makes the image of a candidate, by the first recipe of its stacks under which tests run and nothing of the fix is left. Kept are `items/<id>/{candidate,build}.json` and the logs. */
export function createBuildStage(needs: BuildNeeds): Stage<Candidate, BuiltRef> {
  const once = createOnce<LayerOutcome>();
  const onceASuite = createOnce<Image>();
  // Read while nothing stands on it, since the engine gives files of an image away only all together.
  const suite = (recipe: Recipe, signal: AbortSignal) =>
    onceASuite(recipe.suite, async () => {
      const image = await needs.suite(recipe, signal);
      await ensureIndexes(image, needs, signal);
      return image;
    });
  return {
    name: 'build',
    version: [version, ...needs.stacks.map((stack) => `${stack.name}${stack.version}`)].join('+'),
    key: contentHash,
    label: ({ id }) => id,
    output: BuiltRef,
    async work(candidate, signal) {
      await using removals = createBackground();
      const runtime = withLateRemoval(needs.runtime, removals);
      const tryNeeds = { ...needs, runtime, bed: { ...needs.bed, runtime }, suite, once };
      const job: Job = { candidate, needs, tryNeeds, startMs: needs.now() };
      const month = await buildAsOf(toDependencyDate(candidate.baseCommittedAt, job.startMs), job, signal);
      // A release of the project itself may be among its dependencies: one of the rest of the month can hold the fix, one of before the commit cannot.
      if (!month.isTooNew) return month.outcome;
      return (await buildAsOf(candidate.baseCommittedAt, job, signal)).outcome;
    },
  };
}

interface Job {
  readonly candidate: Candidate;
  readonly needs: BuildNeeds;
  readonly tryNeeds: Omit<TryNeeds, 'keepLog'>;
  readonly startMs: number;
}

interface Made {
  readonly outcome: Outcome<BuiltRef>;
  /** Whether an image holds the fix whose dependencies are those of a date after the commit. */
  readonly isTooNew: boolean;
}

/** By the first recipe that works and holds nothing of the fix, with the versions of `date` where nothing in the tree fixes them. */
async function buildAsOf(date: string, job: Job, signal: AbortSignal): Promise<Made> {
  const { candidate, needs, tryNeeds, startMs } = job;
  const proposed = await propose({ candidate, date }, needs, signal);
  if (proposed.kind === 'rejected') return { outcome: proposed, isTooNew: false };
  await using snapshot = await proposed.repository.snapshot(candidate.baseCommit, signal);
  const tried: Tried[] = [];
  for (const recipe of proposed.recipes.slice(0, needs.maxRecipes)) {
    const manifests = await readManifests(recipe.manifests, proposed);
    const source: DependencySource = { candidate, recipe, snapshot, manifests, date: recipe.isPinned ? null : date };
    const keepLog = (name: string, text: string) =>
      needs.artifacts.writeFile(`${candidate.id}/logs/${recipe.variant}-${name}`, text);
    const one = await tryRecipe(source, { ...tryNeeds, keepLog }, signal);
    tried.push(one);
    if (one.built === undefined) continue;
    const attempts = tried.map(({ attempt }) => attempt);
    const finished = { source, attempts, built: one.built, startMs, basePaths: proposed.project.paths };
    const kept = await keepImage(finished, needs, signal);
    if (kept.kind === 'kept') return { outcome: kept, isTooNew: false };
    tried.splice(-1, 1, toLeaked(one, kept.detail));
    // Other recipes are no older: the same one comes first as of the commit.
    if (!recipe.isPinned && date !== candidate.baseCommittedAt) return { outcome: toRejection(tried), isTooNew: true };
  }
  return { outcome: toRejection(tried), isTooNew: false };
}

function toLeaked({ attempt }: Tried, detail: string): Tried {
  return { attempt: { ...attempt, outcome: 'leak', detail }, reason: 'leak' };
}

async function readManifests(
  paths: readonly string[],
  { project }: Proposed,
): Promise<Readonly<Record<string, string | null>>> {
  const texts = paths.toSorted().map(async (path) => [path, (await project.read(path)) ?? null] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** The recipe that came furthest gives the reason. */
function toRejection(tried: readonly Tried[]): BuildRejection {
  const order: readonly BuildReason[] = [
    'toolchain-failed',
    'dependencies-failed',
    'step-limit',
    'build-failed',
    'no-tests-ran',
    'leak',
  ];
  const rank = ({ reason }: Tried) => (reason ? order.indexOf(reason) : -1);
  const furthest = tried.toSorted((a, b) => rank(b) - rank(a))[0];
  const detail = tried.map(({ attempt }) => `${attempt.variant}: ${attempt.detail}`).join('\n');
  return { kind: 'rejected', reason: furthest?.reason ?? 'build-failed', detail };
}
