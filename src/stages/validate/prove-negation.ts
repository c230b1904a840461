import type { Negation } from '../../domain/instance.ts';
import { idsWith } from '../../engine/junit/ids-with.ts';
import { negateTests, type TestText } from '../../engine/negate/index.ts';
import { type Gradable, type GradeNeeds, runAnswer } from '../../testbed/grade.ts';

/** Negates the tests of the test patch, and finds out which of them fail with the gold patch then. Null where none does. */
export async function proveNegation(
  subject: Gradable,
  { tests, ...needs }: GradeNeeds & { readonly tests: readonly TestText[] },
  signal: AbortSignal,
): Promise<Negation | null> {
  const answer = { patch: subject.goldPatch };
  for (const patch of negateTests(tests)) {
    const { outcome } = await runAnswer(subject, { ...needs, answer, negation: patch }, signal);
    if (outcome?.kind !== 'ran' || outcome.run.end !== 'exited') continue;
    const failed = idsWith(outcome.run.report, 'fail', 'error');
    const failing = subject.expected.failToPass.filter((id) => failed.has(id));
    if (failing.length > 0) return { patch, failing };
  }
  return null;
}
