import { CANARY_WORD, type CanaryTemplate, type Instance } from '../domain/instance.ts';
import { idsWith } from '../engine/junit/ids-with.ts';
import { negateAlike } from '../engine/negate/index.ts';
import { parsePatch } from '../engine/patch/parse-patch.ts';
import type { Expected, Grade } from '../engine/transitions/grade.ts';
import { gradeRun } from '../engine/transitions/grade.ts';
import { type Answer, createProtection, filterAnswer, protectedGold } from './protect.ts';
import { runTests, type TestBed, type TestOutcome } from './run-tests.ts';
import type { Canary, Overlay, Stack } from './stack.ts';

/** Of an instance, what a verdict rests on. */
export type Gradable = Pick<Instance, 'id' | 'scope' | 'canary' | 'negation' | 'testFolders'> & {
  readonly image: string;
  readonly recipe: Instance['build']['recipe'];
  readonly goldPatch: string;
  readonly testPatch: string;
  readonly expected: Expected;
};

export interface GradeVerdict extends Omit<Grade, 'reasons'> {
  readonly verdict: 'pass' | 'fail';
  readonly reasons: readonly (Grade['reasons'][number] | 'no-patch' | 'patch-refused' | 'negation-passes')[];
  readonly detail: string;
  /** Paths whose changes were not taken over. */
  readonly dropped: readonly string[];
  readonly ms: number;
}

export interface Submission {
  readonly answer: Answer;
  readonly log?: { write(chunk: Uint8Array): void };
}

export interface GradeNeeds {
  readonly bed: TestBed;
  readonly stack: Stack;
}

type Proven = 'id' | 'scope' | 'canary' | 'negation' | 'testFolders' | 'build' | 'candidate' | 'transitions';

export function toGradable(instance: Pick<Instance, Proven>): Gradable {
  const { id, scope, canary, negation, testFolders, build, candidate, transitions } = instance;
  const failToPass = transitions.failToPass.map((one) => one.id);
  const { passToPass, goldProblems } = transitions;
  const { goldPatch, testPatch } = candidate;
  const expected = { failToPass, passToPass, goldProblems };
  const { image, recipe } = build;
  return { id, scope, canary, negation, testFolders, image, recipe, goldPatch, testPatch, expected };
}

/**
 * Judges an answer in fresh containers: what it changes about tests and their runner is dropped, and what the gold patch changes there holds; then
 * the answer, then the test patch, then canary tests under names that nobody knew. What passes is run again with negated tests, which must not pass: an
 * answer that decides about tests in another way than by what it does cannot tell the two runs apart. Throws BoundaryError('container').
 */
export async function gradeAnswer(
  subject: Gradable,
  { log, ...needs }: GradeNeeds & Submission,
  signal: AbortSignal,
): Promise<GradeVerdict> {
  const verdict = await gradeOnce(subject, { ...needs, ...(log && { log }) }, signal);
  if (verdict.score === 0 || subject.negation === null) return verdict;
  // The kernel is shared: an answer may find out that it has been run before, but not whether with these tests again or with negated ones.
  const again = needs.bed.toss() ? await gradeOnce(subject, needs, signal) : undefined;
  const total = { ...(again ?? verdict), ms: verdict.ms + (again?.ms ?? 0) };
  if (total.score === 0) return total;
  const { outcome } = await runAnswer(subject, { ...needs, negation: subject.negation.patch }, signal);
  // It applied the first time: what refuses it now is not to be believed.
  const run = outcome?.kind === 'ran' ? outcome.run : undefined;
  const passed = run && idsWith(run.report, 'pass');
  const passing = subject.negation.failing.filter((id) => passed?.has(id) ?? true);
  const ms = total.ms + (run?.ms ?? 0);
  if (passing.length === 0) return { ...total, ms };
  const detail = passing.join('; ');
  return { ...total, verdict: 'fail', score: 0, dense: 0, reasons: ['negation-passes'], detail, ms };
}

async function gradeOnce(
  subject: Gradable,
  needs: GradeNeeds & Submission,
  signal: AbortSignal,
): Promise<GradeVerdict> {
  const { canary, outcome, dropped } = await runAnswer(subject, needs, signal);
  if (outcome === undefined) return refuse('no-patch', 'not a patch as git writes it', []);
  if (outcome.kind === 'patch-refused') return refuse('patch-refused', outcome.message, dropped);
  const { score, ...grade } = gradeRun(outcome.run, subject.expected, canary);
  const { end, ms } = outcome.run;
  const detail = end === 'exited' ? '' : `${end} after ${Math.round(ms / 1000)} s`;
  return { ...grade, score, verdict: score === 1 ? 'pass' : 'fail', detail, dropped, ms };
}

/** One run of an answer with the tests of the instance, or with those that a patch makes of them. There is no outcome of what is no patch. */
export async function runAnswer(
  subject: Gradable,
  { answer, bed, stack, log, negation }: GradeNeeds & Submission & { readonly negation?: string },
  signal: AbortSignal,
): Promise<{ canary: Canary | undefined; dropped: readonly string[]; outcome: TestOutcome | undefined }> {
  const protection = createProtection(subject, stack);
  const filtered = filterAnswer(answer, protection);
  const canary = subject.canary ? withNonce(subject.canary, bed.nonce()) : undefined;
  if (filtered === undefined) return { canary, dropped: [], outcome: undefined };
  const { image, recipe, scope, goldPatch, testPatch } = subject;
  // In one patch with the tests: a program more would be seen by the numbers of all later ones.
  const patches = [protectedGold(goldPatch, protection), filtered.patch, `${testPatch}${negation ?? ''}`];
  // The canary's files stand in for files of tests as well.
  const overlay = { ...filtered.overlay, ...negateCanary(canary?.files ?? {}, negation ?? '') };
  const args = canary?.args ?? [];
  const command = { image, recipe, scope, laying: { patches, overlay }, args, ...(log && { log }) };
  return { canary, dropped: filtered.dropped, outcome: await runTests(bed, command, signal) };
}

function negateCanary(files: Overlay, negation: string): Overlay {
  const negated = new Map(parsePatch(negation).map((file) => [file.path, file]));
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      const file = negated.get(path);
      return [path, file && text !== null ? negateAlike(text, file) : text];
    }),
  );
}

/** The canary of one run. */
export function withNonce(template: CanaryTemplate, nonce: string): Canary {
  const fill = (text: string) => text.replaceAll(CANARY_WORD, nonce);
  return {
    files: Object.fromEntries(Object.entries(template.files).map(([path, text]) => [fill(path), fill(text)])),
    args: template.args.map(fill),
    passing: fill(template.passing),
    failing: fill(template.failing),
  };
}

function refuse(reason: 'no-patch' | 'patch-refused', detail: string, dropped: readonly string[]): GradeVerdict {
  return {
    verdict: 'fail',
    score: 0,
    dense: 0,
    reasons: [reason],
    tests: [],
    contradiction: undefined,
    detail,
    dropped,
    ms: 0,
  };
}
