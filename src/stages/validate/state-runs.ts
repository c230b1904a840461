import type { BuiltImage } from '../../domain/built-image.ts';
import type { Candidate } from '../../domain/candidate.ts';
import type { Scope } from '../../domain/recipe.ts';
import type { MeasuredStateRun } from '../../domain/test-run.ts';
import { RUN_STATES, type RunState, type Transitions } from '../../domain/transitions.ts';
import type { PatchedText } from '../../engine/patch/patched-text.ts';
import { compareRuns } from '../../engine/transitions/compare.ts';
import { judgeTransitions, type TransitionPolicy, type TransitionReason } from '../../engine/transitions/judge.ts';
import { createRewritten } from '../../engine/transitions/rewritten.ts';
import { createBoundedLog } from '../../testbed/bounded-log.ts';
import { runTests, type TestBed } from '../../testbed/run-tests.ts';
import { allTogether } from '../../util/all-together.ts';
import type { ValidateRejection } from './reasons.ts';

export interface Subject {
  readonly candidate: Candidate;
  readonly build: BuiltImage;
}

export interface RunNeeds {
  readonly bed: TestBed;
  readonly scope: Scope;
  readonly repeats: number;
  readonly policy: TransitionPolicy;
  /** The files of the test patch. */
  readonly tests: readonly PatchedText[];
  /** Takes what a run printed, once it has ended. */
  keepLog(name: string, text: string): Promise<void>;
}

export interface Observed {
  readonly kind: 'observed';
  readonly runs: readonly MeasuredStateRun[];
  readonly transitions: Transitions;
  readonly reasons: readonly TransitionReason[];
}

/** Reasons that further repeats cannot take back. */
const final: readonly TransitionReason[] = ['no-tests-ran', 'gold-fails', 'baseline-broken', 'no-fail-to-pass'];

/**
 * Three states, `repeats` times, each in a container of its own, as many at once as there is room for; ends after the first round where that settles it.
 * The base is run again only where it speaks for tests of which the runs with the test patch say nothing.
 */
export async function observe(
  subject: Subject,
  needs: RunNeeds,
  signal: AbortSignal,
): Promise<Observed | ValidateRejection> {
  const first = await runRounds(subject, { from: 1, to: 1, states: RUN_STATES, needs }, signal);
  if ('kind' in first) return first;
  const seen = look(subject, first, needs);
  if (needs.repeats === 1 || seen.reasons.some((reason) => final.includes(reason))) return seen;
  const states = RUN_STATES.filter((state) => state !== 'base' || seen.transitions.isComparedWithBase);
  const further = await runRounds(subject, { from: 2, to: needs.repeats, states, needs }, signal);
  return 'kind' in further ? further : look(subject, [...first, ...further], needs);
}

interface Rounds {
  readonly from: number;
  readonly to: number;
  readonly states: readonly RunState[];
  readonly needs: RunNeeds;
}

/** By repeat, then in the order of the states. */
async function runRounds(
  subject: Subject,
  { from, to, states, needs }: Rounds,
  signal: AbortSignal,
): Promise<MeasuredStateRun[] | ValidateRejection> {
  const repeats = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const runs = await allTogether(
    repeats.flatMap((repeat) => states.map((state) => (either) => runState(subject, { state, repeat, needs }, either))),
    signal,
  );
  const refused = runs.find((run): run is ValidateRejection => 'kind' in run);
  return refused ?? runs.filter((run): run is MeasuredStateRun => !('kind' in run));
}

function look(subject: Subject, runs: readonly MeasuredStateRun[], { policy, tests }: RunNeeds): Observed {
  const changed = subject.candidate.files.filter((file) => file.class === 'test' || file.class === 'test-support');
  const paths = changed.map(({ path }) => path);
  const transitions = compareRuns(runs, { paths, isRewritten: createRewritten(tests) });
  return { kind: 'observed', runs, transitions, reasons: judgeTransitions(transitions, runs, policy) };
}

interface StateNeeds {
  readonly state: RunState;
  readonly repeat: number;
  readonly needs: RunNeeds;
}

async function runState(
  { candidate, build }: Subject,
  { state, repeat, needs }: StateNeeds,
  signal: AbortSignal,
): Promise<MeasuredStateRun | ValidateRejection> {
  const { goldPatch, testPatch } = candidate;
  const patches = { base: [], tests: [testPatch], gold: [goldPatch, testPatch] }[state];
  const log = createBoundedLog();
  const command = { image: build.image, recipe: build.recipe, scope: needs.scope, laying: { patches }, log };
  const outcome = await runTests(needs.bed, command, signal);
  await needs.keepLog(`${state}-${repeat}`, log.text());
  if (outcome.kind === 'patch-refused') {
    return { kind: 'rejected', reason: 'patch-refused', detail: `${state}: ${outcome.message}` };
  }
  return { ...outcome.run, state, repeat };
}
