import {
  CANARY_WORD,
  type CanaryTemplate,
  type Control,
  type Instance,
  type InstanceRef,
} from '../../domain/instance.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { isOnlyAbsent } from '../../engine/transitions/judge.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import { toGradable } from '../../testbed/grade.ts';
import type { OpenNeeds } from '../../testbed/open-project.ts';
import { testFoldersOf } from '../../testbed/protect.ts';
import { withSpare } from '../../testbed/spare.ts';
import type { Canary, Project, Stack } from '../../testbed/stack.ts';
import { toTimeLimit } from '../../testbed/time-limit.ts';
import { canonicalJson, contentHash } from '../../util/canonical-json.ts';
import { isBreach, runControls } from './controls.ts';
import { narrow } from './narrow.ts';
import { measureWholeSuite, probeClock } from './probes.ts';
import { proveNegation } from './prove-negation.ts';
import { readTests } from './read-tests.ts';
import type { ValidateRejection } from './reasons.ts';
import { type Observed, observe, type RunNeeds, type Subject } from './state-runs.ts';

export interface ProofNeeds extends OpenNeeds, Omit<RunNeeds, 'keepLog' | 'tests'> {
  readonly stacks: readonly Stack[];
  readonly artifacts: Artifacts;
  /** How many hunks of the gold patch are left out, one at a time. */
  readonly maxHunks: number;
  readonly now: () => number;
}

export interface Context {
  readonly needs: ProofNeeds;
  readonly stack: Stack;
  readonly project: Project;
  readonly startMs: number;
}

/** Runs, judges, attacks and measures; writes the instance where nothing speaks against it. */
export async function proveInstance(
  subject: Subject,
  context: Context,
  signal: AbortSignal,
): Promise<Outcome<InstanceRef>> {
  const { needs, stack, project, startMs } = context;
  const { artifacts, maxHunks, scope, repeats } = needs;
  await using runtime = withSpare(needs.bed.runtime);
  const bed = { ...needs.bed, runtime };
  const { id } = subject.candidate;
  const keepLog = (name: string, text: string) => artifacts.writeFile(`${id}/logs/${name}.txt`, text);
  const tests = await readTests(project, subject.candidate.testPatch);
  const runNeeds: RunNeeds = { ...needs, bed, keepLog, tests };
  const observed = await observe(subject, runNeeds, signal);
  if (observed.kind === 'rejected') return observed;
  const { transitions } = observed;
  await artifacts.writeFile(`${id}/runs.jsonl`, observed.runs.map((run) => `${canonicalJson(run)}\n`).join(''));
  const [reason] = observed.reasons;
  if (reason !== undefined) return { kind: 'rejected', reason, detail: describe(observed) };

  const { recipe } = subject.build;
  const canary = toTemplate(await stack.canary?.(CANARY_WORD, { project, recipe }));
  const testFolders = testFoldersOf(project.paths);
  const attacks = await stack.attacks({ project, recipe, failToPass: transitions.failToPass.map(({ raw }) => raw) });
  // What hangs before the fix says nothing of how long the fix takes.
  const goldMs = observed.runs.filter(({ state }) => state === 'gold').map(({ ms }) => ms);
  const graded = { ...bed, timeoutMs: toTimeLimit(goldMs, bed.timeoutMs) };
  const known = { id, ...subject, scope, canary, testFolders, transitions };
  const grading = { bed: graded, stack, tests };
  const whole = toGradable({ ...known, negation: null });
  const narrowed = await narrow(whole, grading, signal);
  const negation = await proveNegation(narrowed ?? whole, grading, signal);
  const draft = { ...known, negation };
  const controlling = { bed: graded, stack, attacks, maxHunks, narrowed, keepLog };
  const controls = await runControls(toGradable(draft), controlling, signal);
  await artifacts.writeFile(`${id}/controls.json`, `${canonicalJson(controls)}\n`);
  const refused = judgeControls(controls);
  if (refused) return refused;
  const instance: Instance = {
    format: 'envmint.instance/1',
    ...draft,
    repeats,
    isOnlyAbsent: isOnlyAbsent(transitions),
    controls,
    isWeaklyTested: controls.some(({ control, score }) => control === 'gold-less-hunk' && score === 1),
    wholeSuite: await measureWholeSuite(subject, runNeeds, signal),
    // What hangs under another clock says so after the time of a graded run.
    clock: await probeClock(subject, { bed: graded, scope, transitions }, signal),
    network: 'none',
    ms: needs.now() - startMs,
  };
  const path = `${id}/instance.json`;
  await artifacts.writeFile(path, `${canonicalJson(instance)}\n`);
  return { kind: 'kept', output: { id, path, hash: contentHash(instance) } };
}

function toTemplate(canary: Canary | undefined): CanaryTemplate | null {
  if (canary === undefined) return null;
  const { passing, failing } = canary;
  const places = Object.entries(canary.files).map(([path, text]) => `${path}\n${text}`);
  if (![passing, failing, ...places].every((text) => text.includes(CANARY_WORD))) {
    throw new Error('a canary has the nonce whole in its names and files: else they are the same in every run');
  }
  const files = Object.entries(canary.files).flatMap(([path, text]) => (text === null ? [] : [[path, text] as const]));
  return { files: Object.fromEntries(files), args: [...canary.args], passing, failing };
}

function judgeControls(controls: readonly Control[]): ValidateRejection | undefined {
  const gold = controls.find(({ control }) => control === 'gold');
  if (gold?.score !== 1) {
    return { kind: 'rejected', reason: 'gold-not-accepted', detail: gold?.reasons.join(', ') ?? '' };
  }
  const breaches = controls.filter(isBreach).map(({ control, detail }) => `${control} (${detail})`);
  return breaches.length === 0
    ? undefined
    : { kind: 'rejected', reason: 'control-passed', detail: breaches.join('; ') };
}

/** What decided, in numbers and with some names. */
function describe({ transitions, reasons, runs }: Observed): string {
  const some = (ids: readonly string[]) => `${ids.length}${ids.length > 0 ? ` (${ids.slice(0, 3).join('; ')})` : ''}`;
  const { failToPass, passToPass, passToFail, passToSkip, passToAbsent, flaky } = transitions;
  const problems = [
    ...new Set(runs.flatMap(({ state, report }) => report.problems.map(({ kind }) => `${state} ${kind}`))),
  ];
  const ends = [...new Set(runs.filter(({ end }) => end !== 'exited').map(({ state, end }) => `${state} ${end}`))];
  const counts = [
    `fail-to-pass ${failToPass.length}`,
    `pass-to-pass ${passToPass.length}`,
    `pass-to-fail ${some(passToFail)}`,
    `pass-to-skip ${some(passToSkip)}`,
    `pass-to-absent ${some(passToAbsent)}`,
    `flaky ${some(flaky.map(({ id }) => id))}`,
  ];
  return [reasons.join(', '), counts.join(', '), ...problems, ...ends].join('; ');
}
