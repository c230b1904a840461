import { idsWith } from '../../engine/junit/ids-with.ts';
import { gradeRun } from '../../engine/transitions/grade.ts';
import { type Gradable, type GradeNeeds, runAnswer } from '../../testbed/grade.ts';

/**
 * The instance with the tests of the changed files alone: what fails there fails with all the others as well, in less time. Undefined where that is the
 * same command, or where the gold patch does not pass it. For answers of our own only: one of somebody else's could tell from the tests that run what
 * they are run for.
 */
export async function narrow(subject: Gradable, needs: GradeNeeds, signal: AbortSignal): Promise<Gradable | undefined> {
  const { scope, recipe, goldPatch, expected } = subject;
  if (recipe.test.files === recipe.test[scope]) return undefined;
  const narrowed = { ...subject, scope: 'files', negation: null } as const;
  const { canary, outcome } = await runAnswer(narrowed, { ...needs, answer: { patch: goldPatch } }, signal);
  if (outcome?.kind !== 'ran') return undefined;
  const passing = idsWith(outcome.run.report, 'pass');
  const seen = { ...expected, passToPass: expected.passToPass.filter((id) => passing.has(id)) };
  return gradeRun(outcome.run, seen, canary).score === 1 ? { ...narrowed, expected: seen } : undefined;
}
