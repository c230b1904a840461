import { CANARY_WORD, type CanaryTemplate, type Instance } from '../domain/instance.ts';
import type { Expected, Grade } from '../engine/transitions/grade.ts';
import { gradeRun } from '../engine/transitions/grade.ts';
import { type Answer, createProtection, filterAnswer, protectedGold } from './protect.ts';
import { runTests, type TestBed } from './run-tests.ts';
import type { Canary, Stack } from './stack.ts';

/** Of an instance, what a verdict rests on. */
export type Gradable = Pick<Instance, 'id' | 'scope' | 'canary' | 'testFolders'> & {
  readonly image: string;
  readonly recipe: Instance['build']['recipe'];
  readonly goldPatch: string;
  readonly testPatch: string;
  readonly expected: Expected;
};

export interface GradeVerdict extends Omit<Grade, 'reasons'> {
  readonly verdict: 'pass' | 'fail';
  readonly reasons: readonly (Grade['reasons'][number] | 'no-patch' | 'patch-refused')[];
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

type Proven = 'id' | 'scope' | 'canary' | 'testFolders' | 'build' | 'candidate' | 'transitions';

export function toGradable(instance: Pick<Instance, Proven>): Gradable {
  const { id, scope, canary, testFolders, build, candidate, transitions } = instance;
  const failToPass = transitions.failToPass.map((one) => one.id);
  const { passToPass, goldProblems } = transitions;
  const { goldPatch, testPatch } = candidate;
  const expected = { failToPass, passToPass, goldProblems };
  return { id, scope, canary, testFolders, image: build.image, recipe: build.recipe, goldPatch, testPatch, expected };
}

/**
 * Judges an answer in a fresh container: what it changes about tests and their runner is dropped, and what the gold patch changes there holds; then
 * the answer, then the test patch, then canary tests under names that nobody knew. Throws BoundaryError('container').
 */
export async function gradeAnswer(
  subject: Gradable,
  { answer, bed, stack, log }: GradeNeeds & Submission,
  signal: AbortSignal,
): Promise<GradeVerdict> {
  const protection = createProtection(subject, stack);
  const filtered = filterAnswer(answer, protection);
  if (filtered === undefined) return refuse('no-patch', 'not a patch as git writes it', []);
  const canary = subject.canary && withNonce(subject.canary, bed.nonce());
  const outcome = await runTests(
    bed,
    {
      image: subject.image,
      recipe: subject.recipe,
      scope: subject.scope,
      laying: {
        patches: [protectedGold(subject.goldPatch, protection), filtered.patch, subject.testPatch],
        overlay: { ...filtered.overlay, ...canary?.files },
      },
      args: canary?.args ?? [],
      ...(log && { log }),
    },
    signal,
  );
  if (outcome.kind === 'patch-refused') return refuse('patch-refused', outcome.message, filtered.dropped);
  const { score, ...grade } = gradeRun(outcome.run, subject.expected, canary ?? undefined);
  const { dropped } = filtered;
  const { end, ms } = outcome.run;
  const detail = end === 'exited' ? '' : `${end} after ${Math.round(ms / 1000)} s`;
  return { ...grade, score, verdict: score === 1 ? 'pass' : 'fail', detail, dropped, ms };
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
